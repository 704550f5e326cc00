package io.bursar.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.schemas.Fill;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.Samples;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AvroSerdeTest {
    @RegisterExtension
    static final RegistryProcess.Shared REGISTRY = new RegistryProcess.Shared();

    @Test
    void a_record_comes_back_as_it_was_written() {
        try (var serde = new AvroSerde<>(OrderCommand.class)) {
            serde.configure(settings(), false);
            byte[] value = serde.serializer().serialize("orders", Samples.order());
            var read = serde.deserializer().deserialize("orders", value);

            assertThat(read).isEqualTo(Samples.order());
            assertThat(read.get(0)).isInstanceOf(String.class);
            assertThat(value[0]).isZero();
        }
    }

    @Test
    void strings_are_java_strings_also_for_a_reader_that_got_the_schema_from_the_registry() {
        try (var writer = new AvroSerde<>(Fill.class);
                var reader = new AvroSerde<>(Fill.class)) {
            writer.configure(settings(), false);
            reader.configure(settings(), false);
            byte[] value = writer.serializer().serialize("strings", Samples.fill());
            var read = reader.deserializer().deserialize("strings", value);

            assertThat(read).isEqualTo(Samples.fill());
            assertThat(read.get("orderId")).isInstanceOf(String.class);
        }
    }

    @Test
    void each_topic_has_its_own_subject() {
        try (var serde = new AvroSerde<>(Fill.class);
                var client = new SchemaRegistryClient(settings())) {
            serde.configure(settings(), false);
            byte[] value = serde.serializer().serialize("fills-a", Samples.fill());
            assertThat(client.lookUp("fills-a-value", Fill.SCHEMA$)).isEqualTo(WireFormat.schemaId(value));
            assertThatThrownBy(() -> client.lookUp("fills-b-value", Fill.SCHEMA$))
                    .isInstanceOf(UnknownSchemaException.class);
        }
    }

    @Test
    void kafka_clients_can_make_them_from_settings_alone() {
        var settings = settings("specific.avro.value.type", "io.bursar.schemas.Fill");
        try (var serializer = new AvroSerializer<Fill>();
                var deserializer = new AvroDeserializer<Fill>()) {
            serializer.configure(settings, false);
            deserializer.configure(settings, false);
            assertThat(deserializer.deserialize("made", serializer.serialize("made", Samples.fill())))
                    .isEqualTo(Samples.fill());
        }
    }

    @Test
    void settings_that_cannot_work_are_refused() {
        try (var deserializer = new AvroDeserializer<Fill>()) {
            assertThatThrownBy(() -> deserializer.configure(settings(), false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("specific.avro.value.type");
            assertThatThrownBy(() ->
                            deserializer.configure(settings("specific.avro.value.type", "java.lang.String"), false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("java.lang.String");
            assertThatThrownBy(() -> deserializer.configure(settings(), true))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Keys are plain text");
        }
    }

    @Test
    void null_stays_null() {
        try (var serde = new AvroSerde<>(Fill.class)) {
            serde.configure(settings(), false);
            assertThat(serde.serializer().serialize("nulls", null)).isNull();
            assertThat(serde.deserializer().deserialize("nulls", null)).isNull();
        }
    }

    @Test
    void many_threads_may_share_one() {
        try (var serde = new AvroSerde<>(Fill.class)) {
            serde.configure(settings(), false);
            IntStream.range(0, 20_000).parallel().forEach(i -> {
                var fill = Fill.newBuilder(Samples.fill())
                        .setExecutionId("x".repeat(i % 60) + i)
                        .build();
                byte[] value = serde.serializer().serialize("shared", fill);
                assertThat(serde.deserializer().deserialize("shared", value)).isEqualTo(fill);
            });
        }
    }

    @Test
    void a_record_that_breaks_its_schema_is_refused_and_leaves_nothing_behind() {
        try (var serde = new AvroSerde<>(Fill.class)) {
            serde.configure(settings(), false);
            byte[] good = serde.serializer().serialize("broken", Samples.fill());
            var broken = Fill.newBuilder(Samples.fill()).build();
            broken.put("instrument", null);

            assertThatThrownBy(() -> serde.serializer().serialize("broken", broken))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("A Fill does not fit its schema")
                    .hasMessageContaining("instrument");
            assertThat(serde.serializer().serialize("broken", Samples.fill())).isEqualTo(good);
        }
    }

    private static Map<String, String> settings() {
        return Map.of("schema.registry.url", REGISTRY.url());
    }

    private static Map<String, String> settings(String name, String value) {
        return Map.of("schema.registry.url", REGISTRY.url(), name, value);
    }
}
