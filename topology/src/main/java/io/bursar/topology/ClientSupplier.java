package io.bursar.topology;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** Kafka's own clients, but for the consumers of the inputs. */
final class ClientSupplier extends DefaultKafkaClientSupplier {
    private final InputGate gate;
    private final InputEnds ends;

    ClientSupplier(InputGate gate, InputEnds ends) {
        this.gate = gate;
        this.ends = ends;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new GatedConsumer(config, gate, ends);
    }
}
