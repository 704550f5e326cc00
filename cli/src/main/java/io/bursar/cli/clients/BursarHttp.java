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
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            // Instances that know of each other send a query on to the one that has the account.
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final List<URI> instances;

    /** The account's partition moves or is being restored, or its instance is away; a later try may succeed. */
    public static final class NotReadyException extends Exception {
        NotReadyException(String sentence) {
            super(sentence);
        }
    }

    /** @param instances such as {@code http://127.0.0.1:18080}; of those that do not know of each other, all */
    public BursarHttp(List<URI> instances) {
        this.instances = List.copyOf(instances);
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
                    case UNAVAILABLE -> whyNot.add(describe(uri, response));
                    default -> throw new IOException(describe(uri, response));
                }
            } catch (ConnectException | HttpTimeoutException e) {
                whyNot.add("GET %s: %s".formatted(uri, e));
            }
        }
        throw new NotReadyException(String.join("; ", whyNot));
    }

    private HttpResponse<byte[]> send(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
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
