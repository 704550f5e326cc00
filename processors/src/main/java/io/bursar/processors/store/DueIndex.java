package io.bursar.processors.store;

import org.apache.kafka.common.utils.Bytes;

/**
 * Where a store keeps the index of rows that something is to be done about at a time. Index rows follow from the rows
 * they lead to, so they are not in the changelog: the store writes them beside the row and makes them again when it is
 * restored. See {@link DueTime} for what such a row says of itself.
 */
public interface DueIndex {
    /** Whether rows with this key begin with a {@link DueTime}. */
    boolean isIndexed(Bytes key);

    /** The key of the index row that leads to the row with this key at this time, in microseconds since 1970. */
    Bytes keyOf(Bytes key, long dueMicros);
}
