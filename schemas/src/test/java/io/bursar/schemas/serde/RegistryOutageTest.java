package io.bursar.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.schemas.Fill;
import io.bursar.schemas.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryOutageTest {
    private static final int UNKNOWN_ID = 2_000_000_001;

    @RegisterExtension
    static final RegistryProcess.Shared REGISTRY = new RegistryProcess.Shared();

    private final AtomicLong nanos = new AtomicLong();
    private RegistryProxy proxy;
    private SchemaRegistryClient client;

    @BeforeEach
    void connect() throws IOException {
        proxy = new RegistryProxy(REGISTRY.url());
        client = clientOf(proxy.url());
    }

    @AfterEach
    void disconnect() {
        client.close();
        proxy.close();
    }

    @Test
    void what_is_cached_goes_on_working_while_the_registry_is_down() {
        try (var serde = new AvroSerde<>(Fill.class, client)) {
            byte[] value = serde.serializer().serialize("outage", Samples.fill());
            proxy.stop();

            assertThat(serde.serializer().serialize("outage", Samples.fill())).isEqualTo(value);
            assertThat(serde.deserializer().deserialize("outage", value)).isEqualTo(Samples.fill());
            assertThat(client.idOf("outage-value", Fill.SCHEMA$)).isEqualTo(WireFormat.schemaId(value));
        }
    }

    @Test
    void a_registry_that_is_down_at_start_is_used_as_soon_as_it_is_up() throws IOException {
        proxy.stop();
        assertThatThrownBy(() -> client.idOf("late-value", Fill.SCHEMA$))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageStartingWith(
                        "The schema registry at " + proxy.url() + " cannot be reached: ConnectException");
        assertThatThrownBy(() -> client.schema(1)).isInstanceOf(RegistryUnavailableException.class);

        proxy.start();
        int id = client.idOf("late-value", Fill.SCHEMA$);
        try (var other = clientOf(proxy.url())) {
            assertThat(other.schema(id).getFullName()).isEqualTo("io.bursar.schemas.Fill");
        }
    }

    @Test
    void a_host_that_does_not_exist_is_an_outage_that_says_so() {
        try (var lost = clientOf("http://registry.invalid:8081")) {
            assertThatThrownBy(() -> lost.schema(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessage("The schema registry at http://registry.invalid:8081 cannot be reached: "
                            + "ConnectException (UnresolvedAddressException)");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 401, 403, 404, 429, 500, 503})
    void an_answer_that_is_not_the_registry_s_says_nothing_about_a_schema(int status) {
        proxy.failWithStatus = status;
        assertThatThrownBy(() -> client.schema(UNKNOWN_ID))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(proxy.url());
        proxy.failWithStatus = 0;
        assertThatThrownBy(() -> client.schema(UNKNOWN_ID)).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void a_wrong_path_is_not_taken_for_an_unknown_schema() {
        try (var misled = clientOf(proxy.url().replace("/apis/ccompat/v7", ""))) {
            assertThatThrownBy(() -> misled.schema(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageEndingWith(
                            " does not know GET /schemas/ids/1: is the path in schema.registry.url right?");
        }
    }

    @Test
    void an_answer_without_a_schema_says_nothing_about_it() {
        proxy.fixedAnswer = "{\"status\":\"welcome\"}";
        assertThatThrownBy(() -> client.schema(1)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void a_schema_that_is_not_avro_is_unknown() {
        proxy.fixedAnswer = "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message Fill {}\"}";
        assertThatThrownBy(() -> client.schema(1))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessage("Schema 1 of the schema registry is PROTOBUF, not AVRO");
        proxy.fixedAnswer = "{\"schema\":\"{nonsense\"}";
        assertThatThrownBy(() -> client.schema(2))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageStartingWith("Schema 2 of the schema registry is not valid Avro: ");
    }

    @Test
    void what_only_java_finds_wrong_in_a_schema_does_not_matter() {
        proxy.fixedAnswer = """
                {"schema":"{'type':'record','name':'Lax','fields':[{'name':'x-y','type':'int','default':'text'}]}"}
                """.replace("'", "\\\"");
        assertThat(client.schema(1).getField("x-y")).isNotNull();
    }

    @Test
    void an_unknown_id_is_asked_for_once_in_ten_seconds() {
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> client.schema(UNKNOWN_ID)).isInstanceOf(UnknownSchemaException.class);
        }
        assertThat(proxy.requests).hasValue(1);

        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThatThrownBy(() -> client.schema(UNKNOWN_ID)).isInstanceOf(UnknownSchemaException.class);
        assertThat(proxy.requests).hasValue(2);
    }

    @Test
    void an_id_that_was_unknown_counts_as_such_when_the_registry_is_down_and_must_not_be_asked() {
        assertThatThrownBy(() -> client.resolve(UNKNOWN_ID)).isInstanceOf(UnknownSchemaException.class);
        proxy.stop();

        assertThat(client.refusal(UNKNOWN_ID).orElseThrow()).contains("/schemas/ids/" + UNKNOWN_ID);
        assertThatThrownBy(() -> client.cached().schema(UNKNOWN_ID))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessage(client.refusal(UNKNOWN_ID).orElseThrow());

        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(client.refusal(UNKNOWN_ID)).isEmpty();
        assertThatThrownBy(() -> client.cached().schema(UNKNOWN_ID))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessage("The schema registry did not know schema " + UNKNOWN_ID + " when it was asked");
        assertThatThrownBy(() -> client.schema(UNKNOWN_ID)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void a_cached_schema_is_there_without_asking() {
        int id = client.idOf("cached-value", Fill.SCHEMA$);
        proxy.stop();

        assertThat(client.cached().schema(id)).isEqualTo(Fill.SCHEMA$);
        assertThat(client.refusal(id)).isEmpty();
    }

    @Test
    void an_outage_is_not_remembered_as_an_unknown_id() {
        int id = client.idOf("remembered-value", Fill.SCHEMA$);
        try (var other = clientOf(proxy.url())) {
            proxy.failWithStatus = 503;
            assertThatThrownBy(() -> other.resolve(id)).isInstanceOf(RegistryUnavailableException.class);
            proxy.failWithStatus = 0;
            other.resolve(id);
            assertThat(other.isCached(id)).isTrue();
        }
    }

    @Test
    void the_next_address_answers_when_one_is_down_and_stays_first() throws IOException {
        try (var second = new RegistryProxy(REGISTRY.url());
                var both = clientOf(proxy.url() + "," + second.url())) {
            proxy.failWithStatus = 503;
            assertThatThrownBy(() -> both.schema(UNKNOWN_ID)).isInstanceOf(UnknownSchemaException.class);
            assertThatThrownBy(() -> both.schema(UNKNOWN_ID + 1)).isInstanceOf(UnknownSchemaException.class);
            assertThat(proxy.requests).hasValue(1);
            assertThat(second.requests).hasValue(2);

            second.stop();
            assertThatThrownBy(() -> both.schema(UNKNOWN_ID + 2))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(proxy.url() + " failed on GET /schemas/ids/")
                    .hasMessageContaining(second.url() + " cannot be reached");
        }
    }

    @Test
    void a_registry_that_hangs_is_given_up_in_time() {
        proxy.delayMs = 5_000;
        long start = System.nanoTime();
        assertThatThrownBy(() -> client.schema(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageEndingWith(" did not answer within 2000 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void an_interrupted_thread_gives_up_and_stays_interrupted() {
        proxy.delayMs = 5_000;
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> client.schema(1)).isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private SchemaRegistryClient clientOf(String url) {
        var settings =
                Map.of("schema.registry.url", url, "http.connect.timeout.ms", "500", "http.read.timeout.ms", "1500");
        return new SchemaRegistryClient(settings, nanos::get);
    }
}
