package io.bursar.cli.verify;

import io.bursar.cli.clients.BursarHttp;
import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.InputLag;
import io.bursar.cli.progress.Text;
import io.bursar.cli.sinks.SinkTarget;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Verifies the books of a running Bursar from its journal, read from the beginning: every hash is that of its entry,
 * entries follow each other without gap, nothing came from nowhere, and the stores hold exactly what the journal adds up
 * to. The system may be at work. Runs once, on one thread; {@link #progress} is for any thread.
 */
public final class Verification {
    private final Connection connection;
    private final List<URI> instances;
    private final Optional<String> apiKey;
    private final SinkTarget sinks;
    private final int mostFaults;
    private final List<String> findings = new ArrayList<>();
    private final List<String> ofCopies = new ArrayList<>();
    private volatile Supplier<String> progress = () -> "looking for the end of the journal";

    /**
     * Has verified nothing yet.
     *
     * @param instances whose HTTP API is asked: one when they know of each other by {@code application.server}, else all;
     *     none for the journal and the sinks alone
     * @param apiKey for these; empty when they ask for none
     * @param sinks that are compared as well
     * @param mostFaults of each kind that are told; further ones are counted
     */
    public Verification(
            Connection connection, List<URI> instances, Optional<String> apiKey, SinkTarget sinks, int mostFaults) {
        this.connection = connection;
        this.instances = List.copyOf(instances);
        this.apiKey = apiKey;
        this.sinks = sinks;
        this.mostFaults = mostFaults;
    }

    /**
     * Reads and compares everything.
     *
     * @return what is wrong, in sentences; empty when nothing is
     * @throws CommandException when journal or stores cannot be read
     */
    public List<String> run() throws InterruptedException {
        try (var http = new BursarHttp(instances, apiKey);
                var journal = new JournalReading(connection, mostFaults)) {
            http.requireAnswers();
            progress = () -> "journal entries read %s, offsets left %s"
                    .formatted(Text.count(journal.entries()), Text.count(journal.left()));
            journal.readToEnd(entry -> {});
            var differences = new ArrayList<String>();
            if (!instances.isEmpty()) {
                differences.addAll(compare(new HttpStoreReader(http), journal));
            }
            differences.addAll(compareSinks(journal));
            var imbalances = imbalances(journal);
            // Asked last: what was read while accounts were compared counts as well.
            var faults = new ArrayList<>(journal.checker().faults());
            find(journal, faults.isEmpty(), imbalances);
            faults.addAll(imbalances);
            faults.addAll(differences);
            return faults;
        }
    }

    /** Sinks come later than the stores: what the journal has by now they may not have yet. */
    private List<String> compareSinks(JournalReading journal) throws InterruptedException {
        var differences = new ArrayList<String>();
        var database = sinks.database();
        if (database.isPresent()) {
            try (var connections = database.get()) {
                var reader = new PostgresReader(connections, SinkTarget.SCHEMA);
                differences.addAll(compare(reader, journal));
                ofCopies.addAll(reader.trialBalance());
            }
        }
        var redis = sinks.connection();
        if (redis.isPresent()) {
            try (var connection = redis.get()) {
                differences.addAll(compare(new RedisReader(connection), journal));
            }
        }
        return differences;
    }

    private List<String> compare(StoreReader reader, JournalReading journal) throws InterruptedException {
        var audit = journal.checker().audit();
        var comparison = new StoreComparison(reader, audit, journal::readToEnd, mostFaults);
        int accounts = audit.accounts().size();
        progress = () -> "accounts compared with %s %s of %s"
                .formatted(reader.name(), Text.count(comparison.compared()), Text.count(accounts));
        comparison.run();
        var faults = comparison.faults();
        if (faults.isEmpty()) {
            ofCopies.add("%s: %s accounts equal to the folded journal"
                    .formatted(reader.name(), Text.count(comparison.compared())));
        }
        return faults;
    }

    /**
     * Of a trade, one leg may have come while the other is on its way: through the inputs, where it is a trade first and a
     * fill then. What is left of the trades once all that has been processed is wrong.
     */
    private List<String> imbalances(JournalReading journal) throws InterruptedException {
        var audit = journal.checker().audit();
        var before = new HashSet<>(audit.unfinishedTrades());
        if (!before.isEmpty()) {
            progress = () -> "waiting for the other legs of %s trades".formatted(Text.count(before.size()));
            try {
                var lag = new InputLag(connection);
                lag.awaitNone();
                lag.awaitNone();
                journal.readToEnd(entry -> {});
            } catch (CommandException e) {
                findings.add("trades: of %s only one leg has come so far, which may be right. %s"
                        .formatted(Text.count(before.size()), e.getMessage()));
                before.clear();
            }
        }
        var trades = new HashSet<>(audit.unfinishedTrades());
        var lasting = new Sentences(mostFaults);
        audit.imbalances().stream()
                .filter(sentence -> before.contains(sentence) || !trades.contains(sentence))
                .forEach(sentence -> lasting.add(sentence + "."));
        return lasting.list("imbalances");
    }

    private void find(JournalReading journal, boolean journalIsSound, List<String> imbalances) {
        var audit = journal.checker().audit();
        if (journalIsSound) {
            findings.add("journal: %s entries of %s accounts, numbered without gap, chained by valid hashes"
                    .formatted(
                            Text.count(audit.entries()),
                            Text.count(audit.accounts().size())));
        }
        if (imbalances.isEmpty()) {
            findings.add("trial balance: zero for every asset");
        }
        findings.addAll(ofCopies);
    }

    /** What it is at, in a few words. */
    public String progress() {
        return progress.get();
    }

    /** What was found to be right, one line each. */
    public List<String> findings() {
        return List.copyOf(findings);
    }
}
