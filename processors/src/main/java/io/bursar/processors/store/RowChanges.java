package io.bursar.processors.store;

import org.apache.kafka.common.utils.Bytes;

/** Where changes of rows are gathered. */
interface RowChanges {
    /** An index row says all that it says with its key. */
    byte[] INDEX_VALUE = {};

    void put(Bytes key, byte[] value);

    /** Puts an index row where there is none. */
    void putIndex(Bytes key);

    void delete(Bytes key);
}
