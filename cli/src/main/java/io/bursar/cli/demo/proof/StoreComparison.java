package io.bursar.cli.demo.proof;

import io.bursar.cli.demo.stack.DemoException;
import io.bursar.ledger.FoldedAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares every account's stores with its folded journal. The two are read at different moments, and a deadline may pass
 * in between: an account whose stores are at another entry than the journal that was read is compared again, after the
 * journal's tail has been read.
 */
final class StoreComparison {
    private static final int ROUNDS = 20;
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(250);

    /** More would only queue up in the one service that answers. */
    private static final int REQUESTS_AT_A_TIME = 16;

    private static final int EXAMPLES = 10;

    private final StoreReader stores;
    private final JournalReading journal;
    private final AtomicLong compared = new AtomicLong();
    private final List<String> faults = new ArrayList<>();
    private long faultyAccounts;

    /** What came of one account: compared, or not to be compared yet. */
    private sealed interface Result {
        record Compared(String accountId, List<String> differences) implements Result {}

        record NotYet(String accountId, String why) implements Result {}
    }

    StoreComparison(StoreReader stores, JournalReading journal) {
        this.stores = stores;
        this.journal = journal;
    }

    /** Compares all accounts that the journal knows, and reads on in it as needed. */
    void run() throws InterruptedException {
        var open = journal.audit().accounts().stream()
                .map(account -> account.account().getAccountId())
                .sorted()
                .toList();
        var notYet = round(open);
        for (int round = 1; !notYet.isEmpty() && round < ROUNDS; round++) {
            Thread.sleep(BETWEEN_ROUNDS);
            journal.readToEnd();
            notYet = round(notYet.stream().map(Result.NotYet::accountId).toList());
        }
        for (var account : notYet) {
            fault("account %s: %s, after %d tries".formatted(account.accountId(), account.why(), ROUNDS));
        }
    }

    /** How many accounts have been compared so far; for any thread. */
    long compared() {
        return compared.get();
    }

    /** What differs, in sentences; the first of them. */
    List<String> faults() {
        var all = new ArrayList<>(faults);
        if (faultyAccounts > EXAMPLES) {
            all.add("… and " + (faultyAccounts - EXAMPLES) + " more accounts.");
        }
        return all;
    }

    private List<Result.NotYet> round(List<String> accountIds) throws InterruptedException {
        var notYet = new ArrayList<Result.NotYet>();
        for (var result : compareAll(accountIds)) {
            switch (result) {
                case Result.NotYet later -> notYet.add(later);
                case Result.Compared done -> {
                    if (!done.differences().isEmpty()) {
                        fault("account %s: %s".formatted(done.accountId(), String.join("; ", done.differences())));
                    }
                }
            }
        }
        return notYet;
    }

    private List<Result> compareAll(List<String> accountIds) throws InterruptedException {
        var permits = new Semaphore(REQUESTS_AT_A_TIME);
        var futures = new ArrayList<Future<Result>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var accountId : accountIds) {
                // Nobody changes the audit while these threads read it.
                var folded = journal.audit().account(accountId);
                permits.acquire();
                futures.add(threads.submit(() -> {
                    try {
                        var result = compare(accountId, folded);
                        if (result instanceof Result.Compared) {
                            compared.incrementAndGet();
                        }
                        return result;
                    } finally {
                        permits.release();
                    }
                }));
            }
            var results = new ArrayList<Result>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException
                    ? new DemoException(
                            "The stores cannot be read: " + e.getCause().getMessage(), e.getCause())
                    : new IllegalStateException("comparing accounts failed", e.getCause());
        }
    }

    private Result compare(String accountId, FoldedAccount folded) throws IOException, InterruptedException {
        try {
            return stores.read(accountId)
                    .map(stored -> compare(accountId, folded, stored))
                    .orElseGet(() -> new Result.NotYet(accountId, "its stores changed whenever they were read"));
        } catch (StoreReader.NotReadyException e) {
            return new Result.NotYet(accountId, e.getMessage());
        }
    }

    private static Result compare(String accountId, FoldedAccount folded, AccountPicture stored) {
        var byJournal = FoldedPicture.of(folded);
        if (stored.sequence() == byJournal.sequence()) {
            return new Result.Compared(accountId, byJournal.differencesOf(stored));
        }
        return new Result.NotYet(
                accountId,
                "its stores are at entry %d, but its journal ends with entry %d"
                        .formatted(stored.sequence(), byJournal.sequence()));
    }

    private void fault(String sentence) {
        faultyAccounts++;
        if (faults.size() < EXAMPLES) {
            faults.add(sentence + ".");
        }
    }
}
