package io.bursar.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Fill;
import io.bursar.schemas.OrderCommand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaRegistryClientTest {
    @RegisterExtension
    static final RegistryProcess.Shared REGISTRY = new RegistryProcess.Shared();

    private SchemaRegistryClient client;
    private String subject;

    @BeforeEach
    void connect(TestInfo test) {
        client = newClient(Map.of());
        subject = test.getTestMethod().orElseThrow().getName() + "-value";
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void a_registered_schema_is_found_by_its_id() {
        int id = client.register(subject, Fill.SCHEMA$);

        assertThat(client.register(subject, Fill.SCHEMA$)).isEqualTo(id);
        try (var other = newClient(Map.of())) {
            assertThat(other.isCached(id)).isFalse();
            other.resolve(id);
            assertThat(other.isCached(id)).isTrue();
            assertThat(other.schema(id)).hasToString(SchemaText.of(Fill.SCHEMA$));
            assertThat(other.register(subject, Fill.SCHEMA$)).isEqualTo(id);
        }
    }

    @Test
    void other_languages_get_the_same_id_for_the_published_schema() throws Exception {
        var published = Files.readString(Path.of("src/main/avro/account-command.avsc"));
        int theirs = registerAs(subject, published);

        assertThat(client.register(subject, AccountCommand.SCHEMA$)).isEqualTo(theirs);
        assertThat(client.lookUp(subject, AccountCommand.SCHEMA$)).isEqualTo(theirs);
    }

    @Test
    void an_incompatible_change_is_refused_with_subject_and_reason() {
        var before = schema("{'name':'a','type':'string'}");
        var incompatible = schema("{'name':'a','type':'string'},{'name':'added','type':'long'}");
        var compatible = schema("{'name':'a','type':'string'},{'name':'added','type':'long','default':0}");
        int id = client.register(subject, before);

        assertThatThrownBy(() -> client.register(subject, incompatible))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageStartingWith("The schema registry refuses test.Sample under subject " + subject + ": ")
                .hasMessageContaining("added")
                .hasMessageNotContaining("Exception")
                .message()
                .doesNotContain("\n");
        assertThat(client.register(subject, compatible)).isNotEqualTo(id);
    }

    @Test
    void compatibility_becomes_backward_where_it_was_none() {
        assertThat(client.compatibility(subject)).isEqualTo("NONE");
        int unused = client.register(subject, Fill.SCHEMA$);
        assertThat(client.compatibility(subject)).isEqualTo("BACKWARD");
    }

    @Test
    void a_level_that_somebody_chose_stays() {
        client.setCompatibility(subject, "FULL");
        int unused = client.register(subject, Fill.SCHEMA$);
        assertThat(client.compatibility(subject)).isEqualTo("FULL");
    }

    @Test
    void without_auto_registration_a_missing_schema_is_not_registered() {
        try (var reader = newClient(Map.of("auto.register.schemas", "false"))) {
            assertThatThrownBy(() -> reader.idOf(subject, Fill.SCHEMA$))
                    .isInstanceOf(UnknownSchemaException.class)
                    .hasMessageContaining("io.bursar.schemas.Fill under subject " + subject);
            int id = client.idOf(subject, Fill.SCHEMA$);
            assertThat(reader.idOf(subject, Fill.SCHEMA$)).isEqualTo(id);
        }
    }

    @Test
    void an_id_that_the_registry_does_not_have_is_unknown() {
        assertThatThrownBy(() -> client.schema(2_000_000_000))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("2000000000");
        assertThat(client.isCached(2_000_000_000)).isFalse();
    }

    @Test
    void types_registered_under_other_subjects_are_found() throws Exception {
        int unused = registerAs(subject + "-side", json("{'type':'enum','name':'test.Side','symbols':['A','B']}"));
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("schema", json("{'type':'record','name':'test.R','fields':[{'name':'s','type':'test.Side'}]}"));
        body.putArray("references")
                .addObject()
                .put("name", "test.Side")
                .put("subject", subject + "-side")
                .put("version", 1);
        int id = post(subject, body.toString());

        assertThat(client.schema(id).getField("s").schema().getEnumSymbols()).containsExactly("A", "B");
    }

    @Test
    void instances_that_start_at_the_same_moment_get_the_same_id() throws Exception {
        try (var instances = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 10; i++) {
                var raced = subject + i;
                Callable<Integer> instance = () -> {
                    try (var own = newClient(Map.of())) {
                        return own.register(raced, OrderCommand.SCHEMA$);
                    }
                };
                var ids = new HashSet<Integer>();
                for (var id : instances.invokeAll(Collections.nCopies(8, instance))) {
                    ids.add(id.get());
                }
                assertThat(ids).hasSize(1);
                assertThat(client.compatibility(raced)).isEqualTo("BACKWARD");
            }
        }
    }

    @Test
    void subjects_may_have_any_characters() {
        int id = client.register("a/b c?ü%-value", Fill.SCHEMA$);
        assertThat(client.lookUp("a/b c?ü%-value", Fill.SCHEMA$)).isEqualTo(id);
    }

    private static SchemaRegistryClient newClient(Map<String, String> more) {
        var settings = new HashMap<String, String>(more);
        settings.put("schema.registry.url", REGISTRY.url());
        return new SchemaRegistryClient(settings);
    }

    private static Schema schema(String fields) {
        return new Schema.Parser().parse(json("{'type':'record','name':'test.Sample','fields':[" + fields + "]}"));
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    /** What a client in another language does. */
    private static int registerAs(String subject, String schema) throws Exception {
        return post(
                subject,
                JsonNodeFactory.instance.objectNode().put("schema", schema).toString());
    }

    private static int post(String subject, String body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(REGISTRY.url() + "/subjects/" + subject + "/versions"))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            var response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return new ObjectMapper().readTree(response.body()).path("id").intValue();
        }
    }
}
