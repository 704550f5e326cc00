package io.bursar.connect.postgres;

import static io.bursar.connect.postgres.JournalRows.JOURNAL;
import static io.bursar.connect.postgres.JournalRows.POSTINGS;
import static io.bursar.connect.postgres.JournalRows.TRADES;

import io.bursar.connect.JournalRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/** The journal's tables, and what the entries of a batch leave in them. For one thread only. */
public final class JournalTables extends SinkTables<JournalRecord> {
    /** What sink_offsets calls the sink of the journal. */
    static final String SINK = "journal";

    private final Schema schema;
    private final String topic;
    private final Map<Integer, TopicPartition> partitions = new HashMap<>();
    private final MonthPartitions months;
    private final AccountRows accounts;
    private final StateWriter state;
    private final Bytes buffer = new Bytes();
    private long rowsWritten;

    /**
     * Opens no connection yet.
     *
     * @param database gives connections without auto-commit; one at a time is in use
     * @param schema holds tables that {@link Migrations} made
     * @param topic the journal's
     */
    public JournalTables(DataSource database, Schema schema, String topic) {
        super(database, schema, SINK);
        this.schema = schema;
        this.topic = topic;
        this.months = new MonthPartitions(schema);
        this.accounts = new AccountRows(schema);
        this.state = new StateWriter(schema);
    }

    /** How many rows were written or deleted since this was made, those of batches that failed included. */
    public long rowsWritten() {
        return rowsWritten;
    }

    @Override
    TopicPartition partition(JournalRecord written) {
        return partitions.computeIfAbsent(written.partition(), partition -> new TopicPartition(topic, partition));
    }

    @Override
    long offset(JournalRecord written) {
        return written.offset();
    }

    @Override
    void forget() {
        accounts.forget();
        months.forget();
    }

    @Override
    void prepare(Connection connection, List<JournalRecord> batch) throws SQLException {
        during("making tables for months");
        months.ensure(connection, batch);
    }

    @Override
    void check(Connection connection, List<JournalRecord> batch) throws SQLException {
        during("reading accounts");
        accounts.apply(connection, batch);
    }

    @Override
    void writeRows(Connection connection, List<JournalRecord> batch) throws SQLException {
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
        during("what is the case now");
        rowsWritten += state.write(connection, accounts, changes(records));
    }

    @Override
    void committed() {
        accounts.commit();
    }

    @Override
    void rolledBack() {
        accounts.forget();
    }

    private void copy(
            Connection connection,
            Table table,
            List<JournalRecord> records,
            BiConsumer<RowWriter, JournalRecord> rowsOf)
            throws SQLException {
        during(table.name());
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
}
