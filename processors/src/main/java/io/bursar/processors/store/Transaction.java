package io.bursar.processors.store;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The stores that the open transaction of a stream thread has written to. Under exactly-once a thread has one
 * transaction for all its tasks, and Kafka Streams 4.3.1 does not tell stores when it is committed: {@link StoreProducer}
 * does. Used by its own thread only.
 */
final class Transaction {
    private static final ThreadLocal<Transaction> OF_THREAD = ThreadLocal.withInitial(Transaction::new);

    private final Set<CommittedStore> stores = Collections.newSetFromMap(new IdentityHashMap<>());

    static Transaction ofThisThread() {
        return OF_THREAD.get();
    }

    void join(CommittedStore store) {
        stores.add(store);
    }

    void leave(CommittedStore store) {
        stores.remove(store);
    }

    /** All of it is committed; {@code offsets} are those of the last record of each changelog. */
    void committed(Map<TopicPartition, Long> offsets) {
        stores.forEach(store -> store.committed(offsets));
        stores.clear();
    }

    /** Nothing of it is, or ever will be. */
    void aborted() {
        stores.forEach(CommittedStore::aborted);
        stores.clear();
    }
}
