package io.bursar.topology;

import io.bursar.processors.AddressedReply;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/** Nodes as ledger and desk have them: values are bytes all the way. */
final class TopologyNodes {
    private TopologyNodes() {}

    /** In memory: a persistent global store can crash-loop under exactly-once after an unclean stop (KAFKA-21034). */
    static void addGlobal(
            Topology topology, String store, String topic, ProcessorSupplier<Bytes, byte[], Void, Void> processor) {
        var builder = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(store), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled();
        topology.addGlobalStore(
                builder,
                store + "-source",
                new BytesDeserializer(),
                new ByteArrayDeserializer(),
                topic,
                store + "-processor",
                processor);
    }

    static void addSource(Topology topology, String name, String... topicNames) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                new BrokerTimestamp(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topicNames);
    }

    static void addSink(Topology topology, String name, String topic, String parent) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parent);
    }

    /** For {@link AddressedReply}s, each on the partition that its sender reads. */
    static void addReplies(Topology topology, String name, String topic, String parent) {
        topology.addSink(
                name,
                topic,
                new ByteArraySerializer(),
                AddressedReply.serializer(),
                AddressedReply.partitioner(),
                parent);
    }
}
