package io.bursar.connect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition of a sink's topics is in the tables, and who may write it. The rows are the truth; what is in memory
 * here is what this writer last knew. For one thread only.
 */
final class SinkOffsets {
    private final String sink;
    private final UUID owner = UUID.randomUUID();
    private final String claim;
    private final String lock;
    private final String advance;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private boolean isInDoubt;

    private record Row(long nextOffset, UUID owner) {}

    /** @param sink which of the sinks that write to the schema this is one of */
    SinkOffsets(Schema schema, String sink) {
        var table = schema.table("sink_offsets");
        this.sink = sink;
        this.claim = "INSERT INTO " + table + " AS o (sink, topic, partition, next_offset, owner, updated_at)"
                + " SELECT ?, topic, partition, 0, ?, now() FROM unnest(?::text[], ?::integer[])"
                + " AS given (topic, partition)"
                + " ORDER BY topic COLLATE \"C\", partition"
                + " ON CONFLICT (topic, partition) DO UPDATE SET owner = excluded.owner, updated_at = now()"
                + " RETURNING topic, partition, next_offset";
        this.lock = "SELECT topic, partition, next_offset, owner FROM " + table
                + " WHERE (topic, partition) IN (SELECT * FROM unnest(?::text[], ?::integer[]))"
                + " ORDER BY topic, partition FOR UPDATE";
        this.advance = "UPDATE " + table + " o SET next_offset = given.next_offset, updated_at = now()"
                + " FROM unnest(?::text[], ?::integer[], ?::bigint[]) AS given (topic, partition, next_offset)"
                + " WHERE o.topic = given.topic AND o.partition = given.partition";
    }

    /** Makes partitions this writer's, whoever had them before; takes effect here with {@link #claimed}. */
    Map<TopicPartition, Long> claim(Connection connection, Collection<TopicPartition> partitions) throws SQLException {
        var claimed = new HashMap<TopicPartition, Long>();
        try (var statement = connection.prepareStatement(claim)) {
            statement.setString(1, sink);
            statement.setObject(2, owner);
            setPartitions(statement, 3, List.copyOf(partitions));
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    claimed.put(partition(result), result.getLong(3));
                }
            }
        }
        return claimed;
    }

    /** The claim is in the database. */
    void claimed(Map<TopicPartition, Long> offsets) {
        next.putAll(offsets);
    }

    boolean isClaimed(TopicPartition partition) {
        return next.containsKey(partition);
    }

    /** The partitions are somebody else's now. */
    void forget(Collection<TopicPartition> partitions) {
        next.keySet().removeAll(partitions);
    }

    void forgetAll() {
        next.clear();
    }

    /** Where to go on, as far as is known here. */
    long next(TopicPartition partition) {
        return next.get(partition);
    }

    /** What the rows say of partitions that were claimed. */
    enum Found {
        /** They are this writer's, and as it left them. */
        AS_KNOWN,

        /** They are this writer's, but go up to another offset than it knew; it knows now. */
        MOVED,

        /** The tables were replaced by others, of which nobody is the owner yet. */
        REPLACED
    }

    /**
     * Locks the rows of partitions for the rest of the transaction and compares them with what is known here, first of
     * all that the transaction does. A writer that was replaced without noticing stops here.
     *
     * @throws SinkConflictException when another writer owns a partition, or its offset was moved by somebody else
     */
    Found lock(Connection connection, Set<TopicPartition> partitions) throws SQLException {
        var rows = rows(connection, partitions);
        var found = Found.AS_KNOWN;
        for (var partition : partitions) {
            var row = rows.get(partition);
            if (row == null || row.owner() == null) {
                return Found.REPLACED;
            }
            checkOwner(partition, row.owner());
            if (row.nextOffset() != next.get(partition)) {
                checkDoubt(partition, row.nextOffset());
                next.put(partition, row.nextOffset());
                found = Found.MOVED;
            }
        }
        return found;
    }

    private Map<TopicPartition, Row> rows(Connection connection, Set<TopicPartition> partitions) throws SQLException {
        var rows = new HashMap<TopicPartition, Row>();
        try (var statement = connection.prepareStatement(lock)) {
            setPartitions(statement, 1, List.copyOf(partitions));
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    rows.put(partition(result), new Row(result.getLong(3), result.getObject(4, UUID.class)));
                }
            }
        }
        return rows;
    }

    private static TopicPartition partition(ResultSet row) throws SQLException {
        return new TopicPartition(row.getString(1), row.getInt(2));
    }

    /** As two arrays. */
    private static void setPartitions(PreparedStatement statement, int first, List<TopicPartition> partitions)
            throws SQLException {
        var connection = statement.getConnection();
        statement.setArray(
                first,
                connection.createArrayOf(
                        "text", partitions.stream().map(TopicPartition::topic).toArray()));
        statement.setArray(
                first + 1,
                connection.createArrayOf(
                        "integer",
                        partitions.stream().map(TopicPartition::partition).toArray()));
    }

    private void checkOwner(TopicPartition partition, UUID found) {
        if (!found.equals(owner)) {
            throw new SinkConflictException(shown(partition) + " belongs to writer " + found
                    + " now, and this is writer " + owner + ", which had it before: it stops, and wrote nothing more."
                    + " After a rebalance that is as it should be; otherwise two connectors write to the same tables");
        }
    }

    private void checkDoubt(TopicPartition partition, long found) {
        if (!isInDoubt) {
            throw new SinkConflictException(shown(partition) + ": the tables go up to offset "
                    + found + ", where this writer left them at " + next.get(partition)
                    + ": somebody has changed sink_offsets");
        }
    }

    /** @throws SinkConflictException when the tables have an offset already */
    void checkNew(TopicPartition partition, long offset) {
        long known = next.get(partition);
        if (offset < known) {
            throw new SinkConflictException(shown(partition) + ": a record at offset " + offset
                    + " came, where the tables already go up to " + known
                    + ": this topic is not the one that the tables were filled from");
        }
    }

    /** Moves the rows, in the transaction that writes up to there; takes effect here with {@link #committed}. */
    void advance(Connection connection, Map<TopicPartition, Long> to) throws SQLException {
        var partitions = List.copyOf(to.keySet());
        try (var statement = connection.prepareStatement(advance)) {
            setPartitions(statement, 1, partitions);
            var offsets = new ArrayList<Long>();
            partitions.forEach(partition -> offsets.add(to.get(partition)));
            statement.setArray(3, connection.createArrayOf("bigint", offsets.toArray()));
            int moved = statement.executeUpdate();
            if (moved != to.size()) {
                throw new IllegalStateException(moved + " of " + to.size() + " locked rows were found again");
            }
        }
    }

    /** The transaction is committed. */
    void committed(Map<TopicPartition, Long> to) {
        next.putAll(to);
        isInDoubt = false;
    }

    /**
     * The rows may be others than this writer left: its last commit may have taken effect without an answer, or a replica
     * that is behind may have become the server.
     */
    void doubt() {
        isInDoubt = true;
    }

    private static String shown(TopicPartition partition) {
        return "Partition " + partition.partition() + " of " + partition.topic();
    }
}
