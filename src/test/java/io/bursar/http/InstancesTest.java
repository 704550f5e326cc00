package io.bursar.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bursar.local.ComponentName;
import io.bursar.stack.BursarHttp;
import io.bursar.stack.RunningStack;
import io.bursar.stack.Wait;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Instances that share the accounts, written to and read through any of them by several clients at once, while one is
 * killed and comes back. A client that gets no decision asks again under the same id, wherever it is answered.
 */
class InstancesTest {
    private static final int INSTANCES = 2;
    private static final int CLIENTS = 4;
    private static final int ACCOUNTS = 12;
    private static final int DEPOSITS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ACCEPTED = 201;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger next = new AtomicInteger();

    /** By command id: every sequence that a decision about it was told with. */
    private final Map<String, List<Long>> told = new ConcurrentHashMap<>();

    @Test
    void no_accepted_command_is_lost_and_no_answer_changes_though_an_instance_is_killed() throws Exception {
        try (var stack = RunningStack.startInstances("instances", INSTANCES);
                var executor = Executors.newFixedThreadPool(CLIENTS)) {
            var urls = stack.httpUrls();
            decided(urls, "PUT", "/assets/IUSD", "{\"scale\": 2}", "a", 200);
            for (var url : urls) {
                assertThat(read(new BursarHttp(url), "/assets/IUSD", 404)
                                .get("scale")
                                .intValue())
                        .isEqualTo(2);
            }
            for (int account = 0; account < ACCOUNTS; account++) {
                var body = "{\"accountId\": \"%s\", \"owner\": \"o\", \"name\": \"n\"}".formatted(id(account));
                decided(urls, "POST", "/accounts", body, "open-" + account, ACCEPTED);
            }
            var clients = new ArrayList<Future<?>>();
            for (int number = 0; number < CLIENTS; number++) {
                int client = number;
                clients.add(executor.submit(() -> deposit(urls, client)));
            }
            Thread.sleep(1_000);
            long killed = stack.kill(ComponentName.BURSAR_2);
            for (var client : clients) {
                client.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            stack.awaitAfter(ComponentName.BURSAR_2, killed);

            assertThat(told).hasSize(ACCOUNTS * DEPOSITS);
            assertThat(told.values())
                    .allSatisfy(sequences ->
                            assertThat(sequences.stream().distinct()).hasSize(1));
            for (var url : urls) {
                for (int account = 0; account < ACCOUNTS; account++) {
                    var balances = read(new BursarHttp(url), "/accounts/" + id(account) + "/balances", 503);
                    assertThat(balances.get("sequence").longValue()).isEqualTo(1 + DEPOSITS);
                    assertThat(balances.get("balances").get(0).get("total").textValue())
                            .isEqualTo("%d.00".formatted(DEPOSITS));
                }
            }
        }
    }

    /** Each command is asked for twice, so that some are answered again, by whichever instance comes next. */
    private Void deposit(List<String> urls, int client) throws Exception {
        for (int number = client; number < ACCOUNTS * DEPOSITS; number += CLIENTS) {
            var path = "/accounts/" + id(number % ACCOUNTS) + "/deposits";
            var commandId = "d-" + number;
            for (int time = 0; time < 2; time++) {
                var decision =
                        decided(urls, "POST", path, "{\"asset\": \"IUSD\", \"amount\": \"1.00\"}", commandId, ACCEPTED);
                told.computeIfAbsent(commandId, id -> new ArrayList<>())
                        .add(decision.get("sequence").longValue());
            }
        }
        return null;
    }

    private static String id(int account) {
        return "inst-" + account;
    }

    /** Asks one instance after the other until one says how the command was decided. */
    private JsonNode decided(List<String> urls, String method, String path, String body, String key, int expected)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var last = "";
        while (System.nanoTime() < deadline) {
            var url = urls.get(next.getAndIncrement() % urls.size());
            var request = HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            try {
                var answer = client.send(request, BodyHandlers.ofString());
                last = answer.statusCode() + " " + answer.body();
                if (answer.statusCode() == expected) {
                    return json.readTree(answer.body());
                }
                assertThat(answer.statusCode()).as(last).isIn(202, 503);
            } catch (IOException away) {
                last = away.toString();
                Thread.sleep(100);
            }
        }
        throw new AssertionError(method + " " + path + " under " + key + " was never decided: " + last);
    }

    /** What an instance answers once it can; until then it answers with this status, and with no other. */
    private static JsonNode read(BursarHttp instance, String path, int notYet) {
        var found = new AtomicReference<JsonNode>();
        Wait.until("GET " + path, PATIENCE, () -> {
            var answer = instance.get("/api/v1" + path);
            if (answer.status() == 200) {
                found.set(answer.json());
                return Optional.empty();
            }
            assertThat(answer.status()).as(answer.body()).isEqualTo(notYet);
            return Optional.of(answer.body());
        });
        return found.get();
    }
}
