package io.bursar.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.bursar.stack.RunningStack;
import io.bursar.stack.SharedStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Requests, most of them wrong in some way, to a running system: each is answered, and as a client can use. A build sends
 * some; {@code -Dhostile.requests=10000 -Dhostile.seed=7} more, and others.
 */
@ExtendWith(SharedStack.class)
class HostileRequestsTest {
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 2_000);
    private static final long SEED = Long.getLong("hostile.seed", 1);
    private static final int THREADS = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    /** What was asked for is not there yet, or needs a database that there is none of: nothing has failed. */
    private static final Set<String> NO_FAILURES = Set.of("503 sequence_not_reached", "501 no_database");

    /** What only a program knows: frames of a stack trace, names of classes. */
    private static final Pattern INSIDES =
            Pattern.compile("\\tat |\\.java:\\d|Exception|(io\\.bursar|com\\.fasterxml|org\\.apache|java\\.lang)\\.");

    private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    @Test
    void whatever_is_sent_is_answered_without_a_failure_and_without_a_word_of_the_insides(RunningStack stack)
            throws Exception {
        var document = new YAMLMapper()
                .readTree(client.send(
                                HttpRequest.newBuilder(URI.create(stack.httpUrl() + "/openapi.yaml"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
        var clients = new ArrayList<Callable<Void>>();
        for (int number = 0; number < THREADS; number++) {
            var requests = new RandomRequests(document, SEED + number);
            clients.add(() -> {
                for (int i = 0; i < REQUESTS / THREADS; i++) {
                    check(stack.httpUrl(), requests.next());
                }
                return null;
            });
        }
        try (var executor = Executors.newFixedThreadPool(THREADS)) {
            for (var done : executor.invokeAll(clients)) {
                done.get();
            }
        }

        System.out.println("[hostile requests] answers by status: " + new TreeMap<>(statuses));
        assertThat(statuses.keySet()).contains(200, 201, 400, 404, 415, 422);
    }

    /** Once more when nothing came: the server may close a connection just when the client takes it up again. */
    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException closed) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private void check(String url, RandomRequests.Request request) throws IOException, InterruptedException {
        var builder = HttpRequest.newBuilder(URI.create(url + request.target()))
                .timeout(TIMEOUT)
                .method(
                        request.method(),
                        request.body() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach(builder::header);
        var answer = send(builder.build());

        statuses.computeIfAbsent(answer.statusCode(), status -> new LongAdder()).increment();
        if (answer.statusCode() >= SERVER_ERROR) {
            var reason =
                    new ObjectMapper().readTree(answer.body()).path("reason").asText();
            assertThat(NO_FAILURES).as("%s → %s", request, answer.body()).contains(answer.statusCode() + " " + reason);
        }
        if (answer.statusCode() >= BAD_REQUEST) {
            assertThat(answer.headers().firstValue("Content-Type"))
                    .as("%s", request)
                    .hasValue("application/problem+json");
            var problem = new ObjectMapper().readTree(answer.body());
            assertThat(problem.path("status").intValue()).as("%s", request).isEqualTo(answer.statusCode());
            assertThat(problem.path("reason").asText()).as("%s", request).isNotEmpty();
            var ours = answer.body()
                    .replace(problem.path("value").asText(), "")
                    .replace(problem.path("field").asText(), "");
            assertThat(INSIDES.matcher(ours).find())
                    .as("%s → %s", request, answer.body())
                    .isFalse();
        }
    }
}
