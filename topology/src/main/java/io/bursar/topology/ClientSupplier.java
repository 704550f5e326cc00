package io.bursar.topology;

import io.bursar.processors.store.StoreProducer;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka's own clients, but for the consumers of the inputs and the producers of the stream threads; the admin client is
 * also asked where the inputs end.
 */
final class ClientSupplier extends DefaultKafkaClientSupplier {
    private final InputGate gate;
    private final InputEnds ends;
    private final GroupContact contact;

    ClientSupplier(InputGate gate, InputEnds ends, GroupContact contact) {
        this.gate = gate;
        this.ends = ends;
        this.contact = contact;
    }

    /** Kafka Streams makes it before any consumer, and closes it after all of them. */
    @Override
    public Admin getAdmin(Map<String, Object> config) {
        var admin = super.getAdmin(config);
        ends.ask(admin);
        return admin;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new GatedConsumer(config, gate, ends, contact);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new StoreProducer(config);
    }
}
