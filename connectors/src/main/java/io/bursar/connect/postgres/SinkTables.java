package io.bursar.connect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.postgresql.PGConnection;

/**
 * The tables of a sink, and the one way into them: batches, each in one transaction together with the offsets from which
 * to go on. Knows no consumer and nothing of Connect. For one thread only; any number of them may write different
 * partitions to the same tables.
 *
 * @param <R> what is written: a record and where it lies
 */
public abstract class SinkTables<R> {
    private final DataSource database;
    private final SinkOffsets offsets;

    private PGConnection session;

    /** What is being done, for the message when it fails. */
    private String step = "";

    /**
     * Opens no connection yet.
     *
     * @param database gives connections without auto-commit; one at a time is in use
     * @param schema holds tables that {@link Migrations} made
     * @param sink what sink_offsets calls this one
     */
    SinkTables(DataSource database, Schema schema, String sink) {
        this.database = database;
        this.offsets = new SinkOffsets(schema, sink);
    }

    abstract TopicPartition partition(R written);

    abstract long offset(R written);

    /** What was read from the tables, or is known to be made in them, may be otherwise now. */
    void forget() {}

    /** Makes what the batch needs, in a transaction of its own that this commits. */
    void prepare(Connection connection, List<R> batch) throws SQLException {}

    /**
     * Looks at the batch before anything is written.
     *
     * @throws SinkConflictException when it contradicts the tables
     */
    void check(Connection connection, List<R> batch) throws SQLException {}

    /** Writes the rows of a batch; its offsets are in the transaction already. */
    abstract void writeRows(Connection connection, List<R> batch) throws SQLException;

    /** The batch is in the database. */
    void committed() {}

    /** Nothing of the batch is in the database. */
    void rolledBack() {}

    /** From now on this is being done. */
    final void during(String next) {
        step = next;
    }

    /**
     * Makes partitions this writer's. Another writer that had them stops when it tries to write.
     *
     * @return for each of them the offset from which to go on
     */
    public final Map<TopicPartition, Long> claim(Collection<TopicPartition> partitions) throws SQLException {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        // Others may have written what these partitions hold.
        forget();
        try (var connection = database.getConnection()) {
            var claimed = offsets.claim(connection, partitions);
            connection.commit();
            offsets.claimed(claimed);
            return claimed;
        }
    }

    /** Whether the partition was claimed, and neither released nor lost since. */
    public final boolean isClaimed(TopicPartition partition) {
        return offsets.isClaimed(partition);
    }

    /** The partitions are no longer this writer's business; nothing is written. */
    public final void release(Collection<TopicPartition> partitions) {
        offsets.forget(partitions);
    }

    /** The offset from which a claimed partition goes on. */
    public final long nextOffset(TopicPartition partition) {
        return offsets.next(partition);
    }

    /**
     * Writes a batch, all of it or nothing. When this throws, the same batch may be given again.
     *
     * @param batch of claimed partitions, ascending within each; gaps between offsets are all right
     * @return false when the tables end elsewhere than was known, because a commit took effect whose answer was lost, or
     *     other tables or another server are in the place of these: nothing was written. What is not {@link #isClaimed
     *     claimed} any more is to be claimed, and then all partitions go on from {@link #nextOffset}
     * @throws SQLException when the database fails; its message begins with what was being done
     * @throws SinkConflictException when the batch does not follow what is in the tables, or another writer owns the
     *     partitions: nothing was written
     */
    public final boolean write(List<R> batch) throws SQLException {
        if (batch.isEmpty()) {
            return true;
        }
        during("connecting");
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
            forget();
        }
    }

    private boolean write(Connection connection, List<R> batch, Map<TopicPartition, Long> ends) throws SQLException {
        boolean isWritten = false;
        try {
            prepare(connection, batch);
            isWritten = lockAndWrite(connection, batch, ends);
            if (isWritten) {
                during("committing");
                connection.commit();
            }
        } catch (SQLException | RuntimeException e) {
            rolledBack();
            rollback(connection);
            throw e;
        }
        if (isWritten) {
            offsets.committed(ends);
            committed();
        } else {
            rolledBack();
            rollback(connection);
        }
        return isWritten;
    }

    private boolean lockAndWrite(Connection connection, List<R> batch, Map<TopicPartition, Long> ends)
            throws SQLException {
        during("sink_offsets");
        switch (offsets.lock(connection, ends.keySet())) {
            case REPLACED -> {
                offsets.forgetAll();
                return false;
            }
            case MOVED -> {
                return false;
            }
            case AS_KNOWN -> batch.forEach(each -> offsets.checkNew(partition(each), offset(each)));
        }
        check(connection, batch);
        during("sink_offsets");
        offsets.advance(connection, ends);
        writeRows(connection, batch);
        return true;
    }

    /** By partition, the offset after the last record. */
    private Map<TopicPartition, Long> ends(List<R> batch) {
        var ends = new HashMap<TopicPartition, Long>();
        for (var each : batch) {
            ends.merge(partition(each), offset(each) + 1, Math::max);
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
