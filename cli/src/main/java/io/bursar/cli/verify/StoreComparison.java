package io.bursar.cli.verify;

import io.bursar.cli.clients.BursarHttp.NotReadyException;
import io.bursar.cli.clients.CommandException;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.JournalAudit;
import io.bursar.schemas.JournalEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Compares what a reader finds of every account, such as the stores have it, with its folded journal, each at a journal entry, so that it makes no difference whether
 * the system works meanwhile. The stores' picture of an account says of which entry it is. Is it ahead of the journal as
 * far as that was read, the picture waits, and is compared when the journal has been read up to exactly that entry. Used by
 * one thread, except for {@link #compared}.
 */
final class StoreComparison {
    /** Of accounts that could not be read; a restart or a move to another instance may take some seconds. */
    private static final int ROUNDS = 60;

    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(500);

    /** Pictures that wait are held in memory, some kilobytes each; and the journal is read on after each batch. */
    private static final int ACCOUNTS_AT_A_TIME = 2_000;

    /** More would only queue up in the service that answers. */
    private static final int REQUESTS_AT_A_TIME = 16;

    private final StoreReader stores;
    private final JournalAudit journal;
    private final Consumer<Consumer<JournalEntry>> readOn;
    private final Sentences faults;
    private final Map<String, AccountPicture> waiting = new HashMap<>();
    private final AtomicLong compared = new AtomicLong();

    /** What came of asking for one account. */
    private sealed interface Answer {
        record Read(AccountPicture picture) implements Answer {}

        record NotRead(String why) implements Answer {}
    }

    /**
     * Has compared nothing yet.
     *
     * @param journal as far as it was read
     * @param readOn reads on to the journal's present end and gives each entry to its argument once it is folded
     * @param mostFaults that are told
     */
    StoreComparison(StoreReader stores, JournalAudit journal, Consumer<Consumer<JournalEntry>> readOn, int mostFaults) {
        this.stores = stores;
        this.journal = journal;
        this.readOn = readOn;
        this.faults = new Sentences(mostFaults);
    }

    /** Compares all accounts that the journal knows by now, and reads on in it as needed. */
    void run() throws InterruptedException {
        var accounts = journal.accounts().stream()
                .map(account -> account.account().getAccountId())
                .sorted()
                .toList();
        Map<String, String> notYet = new TreeMap<>();
        for (int from = 0; from < accounts.size(); from += ACCOUNTS_AT_A_TIME) {
            notYet.putAll(compare(accounts.subList(from, Math.min(accounts.size(), from + ACCOUNTS_AT_A_TIME))));
        }
        for (int round = 1; round < ROUNDS && !(notYet.isEmpty() && waiting.isEmpty()); round++) {
            Thread.sleep(BETWEEN_ROUNDS);
            notYet = compare(List.copyOf(notYet.keySet()));
        }
        notYet.forEach((account, why) -> faults.add("account %s: %s.".formatted(account, why)));
        waiting.forEach(
                (account, picture) -> faults.add("account %s: %s are at entry %d, but its journal ends with entry %d."
                        .formatted(account, stores.name(), picture.sequence(), sequence(account))));
    }

    /** How many accounts have been compared so far; for any thread. */
    long compared() {
        return compared.get();
    }

    /** What differs, in sentences; the first of them. */
    List<String> faults() {
        return faults.list("accounts that differ");
    }

    /** Returns the accounts that could not be compared and must be asked for again, with the reasons. */
    private Map<String, String> compare(List<String> accounts) throws InterruptedException {
        Map<String, String> notYet = new TreeMap<>();
        ask(accounts).forEach((account, answer) -> {
            switch (answer) {
                case Answer.NotRead notRead -> notYet.put(account, notRead.why());
                case Answer.Read read -> {
                    var picture = read.picture();
                    if (picture.sequence() < sequence(account)) {
                        notYet.put(
                                account,
                                "%s are at entry %d, but its journal goes on to entry %d"
                                        .formatted(stores.name(), picture.sequence(), sequence(account)));
                    } else if (picture.sequence() == sequence(account)) {
                        compare(account, picture);
                    } else {
                        waiting.put(account, picture);
                    }
                }
            }
        });
        readOn.accept(this::compareWaiting);
        return notYet;
    }

    /** The entry has been folded. */
    private void compareWaiting(JournalEntry entry) {
        var picture = waiting.get(entry.getAccountId());
        if (picture != null && picture.sequence() == entry.getSequence()) {
            waiting.remove(entry.getAccountId());
            compare(entry.getAccountId(), picture);
        }
    }

    private void compare(String account, AccountPicture stored) {
        var differences = FoldedPicture.of(folded(account)).only(stores::keeps).differencesOf(stored, stores.name());
        if (!differences.isEmpty()) {
            faults.add("account %s at entry %d: %s."
                    .formatted(account, stored.sequence(), String.join("; ", differences)));
        }
        compared.incrementAndGet();
    }

    private long sequence(String account) {
        return folded(account).account().getSequence();
    }

    private FoldedAccount folded(String account) {
        return journal.account(account);
    }

    private Map<String, Answer> ask(Collection<String> accounts) throws InterruptedException {
        var permits = new Semaphore(REQUESTS_AT_A_TIME);
        var asked = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var account : accounts) {
                permits.acquire();
                asked.add(threads.submit(() -> {
                    try {
                        return ask(account);
                    } finally {
                        permits.release();
                    }
                }));
            }
            var answers = new TreeMap<String, Answer>();
            var names = accounts.iterator();
            for (var answer : asked) {
                answers.put(names.next(), answer.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException
                    ? new CommandException(
                            "Accounts cannot be read: " + e.getCause().getMessage(), e.getCause())
                    : new IllegalStateException("comparing accounts failed", e.getCause());
        }
    }

    private Answer ask(String account) throws IOException, InterruptedException {
        try {
            return new Answer.Read(stores.read(account));
        } catch (NotReadyException e) {
            return new Answer.NotRead(e.getMessage());
        }
    }
}
