package io.bursar.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of Bursar's HTTP service. For any thread. */
public final class BursarHttp {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    private final String base;

    /** @param base of the API, such as {@code http://127.0.0.1:18080} */
    public BursarHttp(String base) {
        this.base = base;
    }

    /** An answer as it came. */
    public record Answer(int status, String body) {
        /** The body, which has to be JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException("no JSON: " + body, e);
            }
        }
    }

    /** Asks for a path that begins with a slash. */
    public Answer get(String path) {
        var request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT).build();
        try {
            var response = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to GET " + base + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for " + path, e);
        }
    }

    /**
     * Asks for what has to be there.
     *
     * @throws AssertionError when the answer is not 200
     */
    public JsonNode json(String path) {
        var answer = get(path);
        if (answer.status() != OK) {
            throw new AssertionError("GET " + path + " answers " + answer.status() + ": " + answer.body());
        }
        return answer.json();
    }
}
