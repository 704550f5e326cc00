package io.bursar.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.FirstKey;
import io.bursar.schemas.AuditEvent;
import io.bursar.schemas.serde.AvroDeserializer;
import io.bursar.service.HttpService;
import io.bursar.stack.RunningStack;
import io.bursar.stack.Wait;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Keys of two instances on one broker: what one of them does, the other one knows. */
@TestInstance(Lifecycle.PER_CLASS)
class ApiKeysTest {
    private static final String KEYS = "/api/v1/keys";
    private static final Duration SOON = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private RunningStack stack;
    private Connection connection;
    private HttpService other;
    private String admin;

    @BeforeAll
    void start() throws InterruptedException {
        stack = RunningStack.start("api-keys", Optional.empty(), "--http.auth=keys");
        var settings = Settings.load(SettingsSource.flags(Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "schema.registry.url",
                stack.registryUrl(),
                "replication.factor",
                "1",
                "http.port",
                "0")));
        connection = new Connection(settings);
        assertThat(FirstKey.isThere(connection)).isFalse();
        admin = FirstKey.make(connection, "test").text();
        assertThat(FirstKey.isThere(connection)).isTrue();
        // Without an application: who is let in does not depend on one.
        other = new HttpService(settings, new MetricRegistry(), Optional.empty());
        other.start();
    }

    @AfterAll
    void stop() {
        other.close();
        connection.close();
        client.close();
        stack.close();
    }

    @Test
    void a_key_is_known_and_its_revocation_holds_at_the_other_instance_within_two_seconds() throws Exception {
        awaitStatus(first(), admin, 200);
        awaitStatus(second(), admin, 200);
        var made = json(send("POST", first() + KEYS, "{\"name\": \"desk\", \"scopes\": [\"admin:read\"]}", admin), 201);
        var key = made.get("key").textValue();
        var path = KEYS + "/" + made.get("id").textValue();
        assertThat(status(first(), key)).isEqualTo(200);
        say("known", awaitStatus(second(), key, 200));
        Wait.until(
                "the use at the other instance",
                SOON,
                () -> json(send("GET", first() + path, "", admin), 200).has("lastUsedAt")
                        ? Optional.empty()
                        : Optional.of("it is not known"));

        assertThat(send("DELETE", first() + path, "", admin).statusCode()).isEqualTo(200);
        assertThat(status(first(), key)).isEqualTo(401);
        say("refused", awaitStatus(second(), key, 401));
        assertThat(json(send("GET", second() + path, "", admin), 200)
                        .get("status")
                        .textValue())
                .isEqualTo("REVOKED");
        requireAudit(
                List.of("key.bootstrap", "POST /api/v1/keys", "access.refused", "DELETE /api/v1/keys/{keyId}"), key);
    }

    /** How long it took. */
    private Duration awaitStatus(String base, String key, int status) {
        long begin = System.nanoTime();
        Wait.until(base + " answers " + status, SOON, () -> {
            int found = status(base, key);
            return found == status ? Optional.empty() : Optional.of("it answers " + found);
        });
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void requireAudit(List<String> actions, String secret) {
        var found = new ArrayList<String>();
        try (var reader = stack.read(List.of(stack.topics().audit()));
                var events = new AvroDeserializer<>(AuditEvent.class, stack.registry())) {
            Wait.until("the audit", Duration.ofSeconds(10), () -> {
                reader.poll().forEach(record -> {
                    var event = events.deserialize(record.topic(), record.value());
                    assertThat(event.toString()).doesNotContain(secret.substring(17));
                    found.add(event.getAction());
                });
                return found.containsAll(actions) ? Optional.empty() : Optional.of("it has " + found);
            });
        }
    }

    private String first() {
        return stack.httpUrl();
    }

    private String second() {
        return "http://127.0.0.1:" + other.port();
    }

    private int status(String base, String key) {
        return send("GET", base + KEYS, "", key).statusCode();
    }

    private HttpResponse<String> send(String method, String uri, String body, String key) {
        var request = HttpRequest.newBuilder(URI.create(uri))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10));
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + response.body(), e);
        }
    }

    private static void say(String what, Duration after) {
        System.out.printf("a key is %s at the other instance after %d ms%n", what, after.toMillis());
    }
}
