package io.bursar.connect.postgres;

import static io.bursar.connect.postgres.JournalRows.JOURNAL;
import static io.bursar.connect.postgres.JournalRows.POSTINGS;
import static io.bursar.connect.postgres.JournalRows.TRADES;

import io.bursar.connect.JournalRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * The journal's tables, and the one way into them: batches of entries, each in one transaction together with the offsets
 * from which to go on. Knows neither Kafka nor Connect. For one thread only; any number of them may write different
 * partitions of the topic to the same tables.
 */
public final class JournalTables {
    private final DataSource database;
    private final SinkOffsets offsets;
    private final MonthPartitions months;
    private final AccountRows accounts;
    private final StateWriter state;
    private final Schema schema;
    private final Bytes buffer = new Bytes();
    private long rowsWritten;

    private PGConnection session;

    /** What is being done, for the message when it fails. */
    private String step = "";

    /**
     * Opens no connection yet.
     *
     * @param database gives connections without auto-commit; one at a time is in use
     * @param schema holds tables that {@link Migrations} made
     * @param topic the journal's
     */
    public JournalTables(DataSource database, Schema schema, String topic) {
        this.database = database;
        this.schema = schema;
        this.offsets = new SinkOffsets(schema, topic);
        this.months = new MonthPartitions(schema);
        this.accounts = new AccountRows(schema);
        this.state = new StateWriter(schema);
    }

    /**
     * Makes partitions of the topic this writer's. Another writer that had them stops when it tries to write.
     *
     * @return for each of them the offset from which to go on
     */
    public Map<Integer, Long> claim(Collection<Integer> partitions) throws SQLException {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        // Others may have written to accounts of these partitions.
        accounts.forget();
        months.forget();
        try (var connection = database.getConnection()) {
            var claimed = offsets.claim(connection, new TreeSet<>(partitions));
            connection.commit();
            offsets.claimed(claimed);
            return claimed;
        }
    }

    /** Whether the partition was claimed, and neither released nor lost since. */
    public boolean isClaimed(int partition) {
        return offsets.isClaimed(partition);
    }

    /** The partitions are no longer this writer's business; nothing is written. */
    public void release(Collection<Integer> partitions) {
        offsets.forget(partitions);
    }

    /** The offset from which a claimed partition goes on. */
    public long nextOffset(int partition) {
        return offsets.next(partition);
    }

    /** How many rows were written or deleted since this was made, those of batches that failed included. */
    public long rowsWritten() {
        return rowsWritten;
    }

    /**
     * Writes entries, all or none. When this throws, the same batch may be given again.
     *
     * @param batch of claimed partitions, ascending within each; gaps between offsets are all right
     * @return false when the tables end elsewhere than was known, because a commit took effect whose answer was lost, or
     *     other tables or another server are in the place of these: nothing was written. What is not {@link #isClaimed
     *     claimed} any more is to be claimed, and then all partitions go on from {@link #nextOffset}
     * @throws SQLException when the database fails; its message begins with what was being done
     * @throws SinkConflictException when the entries do not follow those in the tables, or another writer owns the
     *     partitions: nothing was written
     */
    public boolean write(List<JournalRecord> batch) throws SQLException {
        if (batch.isEmpty()) {
            return true;
        }
        step = "connecting";
        try (var connection = database.getConnection()) {
            noticeSession(connection);
            return write(connection, batch, ends(batch));
        } catch (SQLException e) {
            throw new SQLException(step + ": " + e.getMessage(), e.getSQLState(), e);
        }
    }

    /** What was known is certain only as long as the session lasts in which it was written. */
    private void noticeSession(Connection connection) throws SQLException {
        var current = connection.unwrap(PGConnection.class);
        if (!current.equals(session)) {
            session = current;
            offsets.doubt();
            accounts.forget();
            months.forget();
        }
    }

    private boolean write(Connection connection, List<JournalRecord> batch, Map<Integer, Long> ends)
            throws SQLException {
        boolean isWritten = false;
        try {
            step = "making tables for months";
            months.ensure(connection, batch);
            isWritten = lockAndWrite(connection, batch, ends);
            if (isWritten) {
                step = "committing";
                connection.commit();
            }
        } catch (SQLException | RuntimeException e) {
            accounts.forget();
            rollback(connection);
            throw e;
        }
        if (isWritten) {
            offsets.committed(ends);
            accounts.commit();
        } else {
            accounts.forget();
            rollback(connection);
        }
        return isWritten;
    }

    private boolean lockAndWrite(Connection connection, List<JournalRecord> batch, Map<Integer, Long> ends)
            throws SQLException {
        step = "sink_offsets";
        switch (offsets.lock(connection, ends.keySet())) {
            case REPLACED -> {
                offsets.forgetAll();
                return false;
            }
            case MOVED -> {
                return false;
            }
            case AS_KNOWN -> batch.forEach(record -> offsets.checkNew(record.partition(), record.offset()));
        }
        // What contradicts the tables is found before anything is written.
        step = "reading accounts";
        accounts.apply(connection, batch);
        step = "sink_offsets";
        offsets.advance(connection, ends);
        // What lies together in the tables and their indexes is written together; the order within an account stays.
        var records = new ArrayList<>(batch);
        records.sort(Comparator.comparing(record -> record.entry().getAccountId()));
        copy(connection, JOURNAL, records, JournalRows::journal);
        copy(connection, POSTINGS, records, (row, record) -> JournalRows.postings(row, record.entry()));
        var trades = records.stream()
                .filter(record -> JournalRows.isTrade(record.entry()))
                .toList();
        if (!trades.isEmpty()) {
            copy(connection, TRADES, trades, (row, record) -> JournalRows.trade(row, record.entry()));
        }
        step = "what is the case now";
        rowsWritten += state.write(connection, accounts, changes(records));
        return true;
    }

    private void copy(
            Connection connection,
            Table table,
            List<JournalRecord> records,
            BiConsumer<RowWriter, JournalRecord> rowsOf)
            throws SQLException {
        step = table.name();
        try (var rows = new CopyRows(connection, table, schema, buffer)) {
            for (var record : records) {
                rowsOf.accept(rows, record);
                rows.sendIfMuch();
            }
            rowsWritten += rows.finish();
        }
    }

    private static Changes changes(List<JournalRecord> records) {
        var changes = new Changes();
        for (var record : records) {
            changes.add(record.entry());
        }
        return changes;
    }

    /** By partition, the offset after the last record. */
    private static Map<Integer, Long> ends(List<JournalRecord> batch) {
        var ends = new TreeMap<Integer, Long>();
        for (var record : batch) {
            ends.merge(record.partition(), record.offset() + 1, Math::max);
        }
        return ends;
    }

    /** A connection that is lost rolls back by itself. */
    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            // Whoever sees to the failure that led here has the better message.
        }
    }
}
