package io.bursar.cli.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the HTTP API of a running Bursar, whichever of its instances has the account. Safe for use by several threads. */
public final class BursarHttp implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int REDIRECT = 307;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final int MOST_REDIRECTS = 3;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final List<URI> instances;
    private final Optional<String> apiKey;

    /** The account's partition moves or is being restored, or its instance is away; a later try may succeed. */
    public static final class NotReadyException extends Exception {
        NotReadyException(String sentence) {
            super(sentence);
        }
    }

    /**
     * @param instances such as {@code http://127.0.0.1:18080}; of those that do not know of each other, all
     * @param apiKey that is sent along; empty when they ask for none
     */
    public BursarHttp(List<URI> instances, Optional<String> apiKey) {
        this.instances = List.copyOf(instances);
        this.apiKey = apiKey;
    }

    /**
     * Says early what would fail for every account.
     *
     * @throws CommandException when an instance does not answer
     */
    public void requireAnswers() throws InterruptedException {
        for (var instance : instances) {
            var live = uri(instance, "/health/live");
            try {
                var answer = send(live);
                if (answer.statusCode() != OK) {
                    throw new CommandException(describe(live, answer) + ". Is that Bursar's HTTP API?");
                }
            } catch (IOException e) {
                throw new CommandException(
                        "No instance of Bursar answers at %s (%s): --http names the HTTP API of a running one."
                                .formatted(instance, e),
                        e);
            }
        }
    }

    /**
     * The answer to GET; empty when what is asked for is not there.
     *
     * @param path from the first slash on, encoded
     * @throws NotReadyException when it cannot be read now
     * @throws IOException when there is no usable answer; the message says what was answered to what
     */
    public Optional<JsonNode> get(String path) throws NotReadyException, IOException, InterruptedException {
        var whyNot = new ArrayList<String>();
        for (var instance : instances) {
            var uri = uri(instance, path);
            try {
                var response = send(uri);
                switch (response.statusCode()) {
                    case OK -> {
                        return Optional.of(json.readTree(response.body()));
                    }
                    case NOT_FOUND -> {
                        return Optional.empty();
                    }
                    case UNAUTHORIZED ->
                        throw new IOException(describe(uri, response)
                                + "; the environment variable BURSAR_API_KEY is the key to send");
                    case UNAVAILABLE -> whyNot.add(describe(uri, response));
                    default -> throw new IOException(describe(uri, response));
                }
            } catch (ConnectException | HttpTimeoutException e) {
                whyNot.add("GET %s: %s".formatted(uri, e));
            }
        }
        throw new NotReadyException(String.join("; ", whyNot));
    }

    /** Instances that know of each other send a query on to the one that has the account. */
    private HttpResponse<byte[]> send(URI uri) throws IOException, InterruptedException {
        var response = sendOnce(uri);
        for (int i = 0; i < MOST_REDIRECTS && response.statusCode() == REDIRECT; i++) {
            var next = response.headers().firstValue("Location");
            if (next.isEmpty()) {
                break;
            }
            response = sendOnce(response.uri().resolve(next.get()));
        }
        return response;
    }

    /** The JDK's client follows redirects without the key. */
    private HttpResponse<byte[]> sendOnce(URI uri) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
        apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static URI uri(URI instance, String path) {
        var base = instance.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private static String describe(URI uri, HttpResponse<byte[]> response) {
        var body = new String(response.body(), StandardCharsets.UTF_8).strip();
        return "GET %s was answered with %d: %s".formatted(uri, response.statusCode(), body);
    }

    @Override
    public void close() {
        http.close();
    }
}
