package io.bursar.cli.demo.proof;

import io.bursar.cli.demo.flow.Text;
import io.bursar.cli.demo.stack.Connection;
import io.bursar.cli.demo.stack.DemoException;
import io.bursar.cli.demo.stack.InputLag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Proves the books of a running Bursar from its journal, read from the beginning: every hash is that of its entry, entries
 * follow each other without gap, nothing came from nowhere, and the stores hold exactly what the journal adds up to. Runs
 * once, on one thread; {@link #progress} is for any thread.
 */
public final class Proof {
    private final Connection connection;
    private final List<String> findings = new ArrayList<>();
    private volatile Supplier<String> progress = () -> "waiting until all inputs are processed";

    public Proof(Connection connection) {
        this.connection = connection;
    }

    /**
     * Reads and compares everything.
     *
     * @return what is wrong, in sentences; empty when nothing is
     * @throws DemoException when journal or stores cannot be read
     */
    public List<String> run() throws InterruptedException {
        new InputLag(connection).awaitNone();
        var faults = new ArrayList<String>();
        try (var journal = new JournalReading(connection);
                var stores = new HttpStoreReader(connection.httpUrl())) {
            progress = () -> "journal entries read %s, offsets left %s"
                    .formatted(Text.count(journal.entries()), Text.count(journal.left()));
            journal.readToEnd();
            var comparison = new StoreComparison(stores, journal);
            int accounts = journal.audit().accounts().size();
            progress = () -> "accounts compared with the stores %s of %s"
                    .formatted(Text.count(comparison.compared()), Text.count(accounts));
            comparison.run();
            // Asked last: what was read while accounts were compared counts as well.
            faults.addAll(journal.faults());
            faults.addAll(comparison.faults());
            find(journal, comparison);
        }
        return faults;
    }

    private void find(JournalReading journal, StoreComparison comparison) {
        var audit = journal.audit();
        if (journal.faults().isEmpty()) {
            findings.add("journal: %s entries of %s accounts, numbered without gap, chained by valid hashes"
                    .formatted(
                            Text.count(audit.entries()),
                            Text.count(audit.accounts().size())));
            findings.add("trial balance: zero for every asset");
        }
        if (comparison.faults().isEmpty()) {
            findings.add(
                    "stores: %s accounts equal to the folded journal".formatted(Text.count(comparison.compared())));
        }
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
