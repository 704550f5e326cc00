package io.bursar.connect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
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
    private final Set<Integer> inDoubt = new HashSet<>();

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
        inDoubt.removeAll(offsets.keySet());
    }

    boolean isClaimed(int partition) {
        return next.containsKey(partition);
    }

    /** The partitions are somebody else's now. */
    void forget(Collection<Integer> partitions) {
        next.keySet().removeAll(partitions);
        inDoubt.removeAll(partitions);
    }

    void forgetAll() {
        next.clear();
        inDoubt.clear();
    }

    /** Where to go on, as far as is known here. */
    long next(int partition) {
        return next.get(partition);
    }

    /**
     * Locks the rows of partitions for the rest of the transaction and compares them with what is known here, first of
     * all that the transaction does. A writer that was replaced without noticing stops here.
     *
     * @return false when the tables were replaced by others, of which nobody is the owner yet
     * @throws SinkConflictException when another writer owns a partition, or its offset was moved by somebody else
     */
    boolean lock(Connection connection, Set<Integer> partitions) throws SQLException {
        var rows = rows(connection, partitions);
        for (int partition : partitions) {
            var row = rows.get(partition);
            if (row == null || row.owner() == null) {
                return false;
            }
            checkOwner(partition, row.owner());
            checkOffset(partition, row.nextOffset());
        }
        return true;
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

    /** A commit that broke off may have taken effect; anything else that differs is none of ours. */
    private void checkOffset(int partition, long found) {
        long known = next.get(partition);
        if (found != known && !inDoubt.contains(partition)) {
            throw new SinkConflictException("Partition " + partition + " of " + topic + ": the tables go up to offset "
                    + found + ", where this writer left them at " + known + ": somebody has changed sink_offsets");
        }
        next.put(partition, found);
    }

    /**
     * Whether the tables have an offset already because a commit took effect whose answer was lost.
     *
     * @throws SinkConflictException when they have it for another reason
     */
    boolean isWritten(int partition, long offset) {
        long known = next.get(partition);
        if (offset >= known) {
            return false;
        }
        if (!inDoubt.contains(partition)) {
            throw new SinkConflictException("Partition " + partition + " of " + topic + ": a record at offset " + offset
                    + " came, where the tables already go up to " + known
                    + ": this topic is not the one that the tables were filled from");
        }
        return true;
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
        inDoubt.removeAll(to.keySet());
    }

    /** The transaction may be committed, or may not. */
    void doubt(Set<Integer> partitions) {
        inDoubt.addAll(Objects.requireNonNull(partitions));
    }
}
