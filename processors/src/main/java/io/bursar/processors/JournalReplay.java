package io.bursar.processors;

import com.codahale.metrics.MetricRegistry;
import io.bursar.ledger.LedgerRules;
import io.bursar.processors.store.CommittedStores;
import io.bursar.schemas.JournalEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Makes the rows of the ledger store from the journal, by the same code as the running ledger: in a RocksDB of its own, so
 * that memory does not grow with the journal. For one thread only.
 */
public final class JournalReplay implements AutoCloseable {
    /** Entries that are committed at once. */
    private static final int ENTRIES_PER_COMMIT = 1_000;

    private static final long ROCKSDB_BYTES = 256L << 20;

    /** One slice of the sweeper ends by rows, not by time. */
    private static final Duration LONG_ENOUGH = Duration.ofHours(1);

    /** An order is forgotten before its executions in rows of their own, and what is left of its row after them. */
    private static final int PASSES = 3;

    private final KeyValueStore<Bytes, byte[]> rows;
    private final LedgerStore store;
    private final LedgerRules rules;
    private long entries;

    /** Takes a row. */
    @FunctionalInterface
    public interface RowTaker {
        /** @param accountId whose row it is */
        void take(String accountId, Bytes key, byte[] value);
    }

    /**
     * Has no rows yet.
     *
     * @param folder empty or missing, for the RocksDB; the caller's to delete afterwards
     * @param rules by which is forgotten what no repeat needs any more
     */
    public JournalReplay(Path folder, LedgerRules rules) {
        this.rows = new CommittedStores(Nodes.LEDGER_STORE, new RowIndex()).openAlone(folder, ROCKSDB_BYTES);
        this.store = new LedgerStore(rows, 1);
        this.rules = rules;
    }

    /**
     * Takes the next entry. Entries of one account come in their order; accounts may be interleaved.
     *
     * @throws IllegalStateException when another entry of its account comes next
     */
    public void apply(JournalEntry entry) {
        store.account(entry.getAccountId()).replay(entry);
        entries++;
        if (entries % ENTRIES_PER_COMMIT == 0) {
            commit();
        }
    }

    /** Deletes what is past its memory, as the running ledger does by and by. */
    public void forget() {
        commit();
        var sweeper = new Sweeper(store, rules, new LedgerMetrics(new MetricRegistry()));
        for (int pass = 0; pass < PASSES; pass++) {
            do {
                sweeper.sweep(System.nanoTime() + LONG_ENOUGH.toNanos());
                commit();
            } while (!sweeper.isAtBeginning());
        }
    }

    /** Gives all rows that belong into the changelog, by ascending key; those that the store makes itself do not. */
    public void forEachRow(RowTaker taker) {
        commit();
        try (var all = rows.range(RowKeys.FIRST_ACCOUNT, null)) {
            while (all.hasNext()) {
                var row = all.next();
                if (RowKeys.kind(row.key) != RowKeys.DEADLINE) {
                    taker.take(RowKeys.accountId(row.key), row.key, row.value);
                }
            }
        }
    }

    /** All rows, those included that the store makes itself. */
    ReadOnlyKeyValueStore<Bytes, byte[]> rows() {
        commit();
        return rows;
    }

    private void commit() {
        rows.commit(Map.of());
    }

    @Override
    public void close() {
        rows.close();
    }
}
