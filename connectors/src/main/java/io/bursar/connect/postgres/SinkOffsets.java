package io.bursar.connect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How far each partition of the topic is in the tables, and who may write it. The rows are the truth; what is in memory
 * here is what this writer last knew. For one thread only.
 */
final class SinkOffsets {
    private final String topic;
    private final UUID owner = UUID.randomUUID();
    private final String claim;
    private final String lock;
    private final String advance;
    private final Map<Integer, Long> next = new HashMap<>();
    private boolean isInDoubt;

    private record Row(long nextOffset, UUID owner) {}

    SinkOffsets(Schema schema, String topic) {
        var table = schema.table("sink_offsets");
        this.topic = topic;
        this.claim = "INSERT INTO " + table + " AS o (topic, partition, next_offset, owner, updated_at)"
                + " SELECT ?, partition, 0, ?, now() FROM unnest(?) AS given (partition) ORDER BY partition"
                + " ON CONFLICT (topic, partition) DO UPDATE SET owner = excluded.owner, updated_at = now()"
                + " RETURNING partition, next_offset";
        this.lock = "SELECT partition, next_offset, owner FROM " + table
                + " WHERE topic = ? AND partition = ANY (?) ORDER BY partition FOR UPDATE";
        this.advance = "UPDATE " + table + " o SET next_offset = given.next_offset, updated_at = now()"
                + " FROM unnest(?::integer[], ?::bigint[]) AS given (partition, next_offset)"
                + " WHERE o.topic = ? AND o.partition = given.partition";
    }

    /** Makes partitions this writer's, whoever had them before; takes effect here with {@link #claimed}. */
    Map<Integer, Long> claim(Connection connection, Collection<Integer> partitions) throws SQLException {
        var claimed = new HashMap<Integer, Long>();
        try (var statement = connection.prepareStatement(claim)) {
            statement.setString(1, topic);
            statement.setObject(2, owner);
            statement.setArray(3, connection.createArrayOf("integer", partitions.toArray()));
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    claimed.put(result.getInt(1), result.getLong(2));
                }
            }
        }
        return claimed;
    }

    /** The claim is in the database. */
    void claimed(Map<Integer, Long> offsets) {
        next.putAll(offsets);
    }

    boolean isClaimed(int partition) {
        return next.containsKey(partition);
    }

    /** The partitions are somebody else's now. */
    void forget(Collection<Integer> partitions) {
        next.keySet().removeAll(partitions);
    }

    void forgetAll() {
        next.clear();
    }

    /** Where to go on, as far as is known here. */
    long next(int partition) {
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
    Found lock(Connection connection, Set<Integer> partitions) throws SQLException {
        var rows = rows(connection, partitions);
        var found = Found.AS_KNOWN;
        for (int partition : partitions) {
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

    private Map<Integer, Row> rows(Connection connection, Set<Integer> partitions) throws SQLException {
        var rows = new HashMap<Integer, Row>();
        try (var statement = connection.prepareStatement(lock)) {
            statement.setString(1, topic);
            statement.setArray(2, connection.createArrayOf("integer", partitions.toArray()));
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    rows.put(result.getInt(1), new Row(result.getLong(2), result.getObject(3, UUID.class)));
                }
            }
        }
        return rows;
    }

    private void checkOwner(int partition, UUID found) {
        if (!found.equals(owner)) {
            throw new SinkConflictException("Partition " + partition + " of " + topic + " belongs to writer " + found
                    + " now, and this is writer " + owner + ", which had it before: it stops, and wrote nothing more."
                    + " After a rebalance that is as it should be; otherwise two connectors write to the same tables");
        }
    }

    private void checkDoubt(int partition, long found) {
        if (!isInDoubt) {
            throw new SinkConflictException("Partition " + partition + " of " + topic + ": the tables go up to offset "
                    + found + ", where this writer left them at " + next.get(partition)
                    + ": somebody has changed sink_offsets");
        }
    }

    /** @throws SinkConflictException when the tables have an offset already */
    void checkNew(int partition, long offset) {
        long known = next.get(partition);
        if (offset < known) {
            throw new SinkConflictException("Partition " + partition + " of " + topic + ": a record at offset " + offset
                    + " came, where the tables already go up to " + known
                    + ": this topic is not the one that the tables were filled from");
        }
    }

    /** Moves the rows, in the transaction that writes up to there; takes effect here with {@link #committed}. */
    void advance(Connection connection, Map<Integer, Long> to) throws SQLException {
        try (var statement = connection.prepareStatement(advance)) {
            statement.setArray(
                    1, connection.createArrayOf("integer", to.keySet().toArray()));
            statement.setArray(2, connection.createArrayOf("bigint", to.values().toArray()));
            statement.setString(3, topic);
            int moved = statement.executeUpdate();
            if (moved != to.size()) {
                throw new IllegalStateException(moved + " of " + to.size() + " locked rows were found again");
            }
        }
    }

    /** The transaction is committed. */
    void committed(Map<Integer, Long> to) {
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
}
