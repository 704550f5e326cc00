package io.bursar.processors.desk;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * An encoded attempt on its way to the workers. Each offer of an account goes to the next partition, so that one whose
 * worker is gone comes to another worker before the group has noticed.
 */
public final class OfferedCall {
    private final long offer;
    private final byte[] value;

    /** @param offer counts the offers of the account */
    OfferedCall(long offer, byte[] value) {
        this.offer = offer;
        this.value = value;
    }

    /** Writes the attempt alone. */
    public static Serializer<OfferedCall> serializer() {
        return (topic, call) -> call.value;
    }

    /** Begins where Java clients put the key, and goes on from there. */
    public static StreamPartitioner<byte[], OfferedCall> partitioner() {
        return (topic, key, call, partitions) -> {
            long first = Utils.toPositive(Utils.murmur2(key));
            return Optional.of(Set.of((int) ((first + call.offer) % partitions)));
        };
    }
}
