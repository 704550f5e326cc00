package io.bursar.processors;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** An encoded reply and the partition that its sender reads: the way from the processor to the sink. */
public final class AddressedReply {
    private final int partition;
    private final byte[] value;

    AddressedReply(int partition, byte[] value) {
        this.partition = partition;
        this.value = value;
    }

    /** Writes the reply without its address. */
    public static Serializer<AddressedReply> serializer() {
        return (topic, reply) -> reply.value;
    }

    /** Sends the reply to its address. */
    public static StreamPartitioner<byte[], AddressedReply> partitioner() {
        return (topic, key, reply, partitions) -> Optional.of(Set.of(reply.partition));
    }
}
