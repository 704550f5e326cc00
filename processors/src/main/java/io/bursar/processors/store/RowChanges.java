package io.bursar.processors.store;

import org.apache.kafka.common.utils.Bytes;

/** Where changes of rows are gathered. */
interface RowChanges {
    void put(Bytes key, byte[] value);

    void delete(Bytes key);
}
