package io.bursar.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An HTTP server that gives the answers it was told, one after the other, and keeps what it was asked. */
public final class FakeApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** What a client has asked; {@code body} is empty without one. */
    public record Asked(String method, String path, Map<String, List<String>> headers, String body) {
        /** Method and path. */
        public String line() {
            return method + " " + path;
        }

        /** Empty when it was not given. */
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findAny()
                    .orElse("");
        }

        /** The body as JSON. */
        public JsonNode json() {
            return FakeApi.json(body);
        }
    }

    /** How one request is answered. */
    @FunctionalInterface
    public interface Answer {
        /** The exchange is closed afterwards, whatever is missing. */
        void give(HttpExchange exchange) throws IOException;
    }

    public FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            answers.remove().give(exchange);
        }
    }

    /** Answers the next request that has no answer yet. */
    public FakeApi answer(Answer answer) {
        answers.add(answer);
        return this;
    }

    /**
     * Answers the next request with JSON.
     *
     * @param headers names and values in turn
     */
    public FakeApi answer(int status, String json, String... headers) {
        return answer(exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            give(exchange, status, json);
        });
    }

    /** Answers an exchange with JSON, or with nothing when that is empty. */
    public static void give(HttpExchange exchange, int status, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** All that was asked so far. */
    public List<Asked> asked() {
        return asked;
    }

    /** The last request. */
    public Asked last() {
        return asked.getLast();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** JSON with ' for ", which is easier to read in Java. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
