package io.bursar.brokers;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on loopback that answers as it is told, also as no server should. Thread-safe. */
public final class StubServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Reply> next = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private volatile Reply usual;

    /** What was asked. */
    public record Request(String path, Headers headers, String body) {}

    /** How a request is answered. */
    public interface Reply {
        void to(Request request, HttpExchange exchange) throws IOException, InterruptedException;
    }

    private StubServer(Reply usual) {
        this.usual = usual;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no port for a stub", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public static StubServer start(Reply usual) {
        return new StubServer(usual);
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** How the next requests are answered, in this order, before the usual answer again. */
    public void next(Reply... replies) {
        next.addAll(List.of(replies));
    }

    /** How requests are answered from now on. */
    public void usually(Reply reply) {
        usual = reply;
    }

    /** Everything that was asked, in order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The largest number of requests that were under way at the same time. */
    public int mostUnderWay() {
        return mostUnderWay.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = new Request(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body);
            requests.add(request);
            var told = next.poll();
            (told == null ? usual : told).to(request, exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.decrementAndGet();
        }
    }

    /** JSON with a status. */
    public static Reply json(int status, String json) {
        return body(status, "application/json", json);
    }

    public static Reply body(int status, String contentType, String body) {
        return (request, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            write(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        };
    }

    /** No body, and one header. */
    public static Reply status(int status, String header, String value) {
        return (request, exchange) -> {
            exchange.getResponseHeaders().set(header, value);
            write(exchange, status, new byte[0]);
        };
    }

    public static Reply status(int status) {
        return (request, exchange) -> write(exchange, status, new byte[0]);
    }

    /** Answers, but not at once. */
    public static Reply late(Duration wait, Reply reply) {
        return (request, exchange) -> {
            Thread.sleep(wait);
            reply.to(request, exchange);
        };
    }

    /** Takes the request and says nothing. */
    public static Reply never() {
        return (request, exchange) -> Thread.sleep(Duration.ofMinutes(10));
    }

    /** Begins to answer, and sends a byte now and then, for minutes. */
    public static Reply drip() {
        return (request, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 10_000);
            for (var sent = 0; sent < 10_000; sent++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(50);
            }
        };
    }

    /** Closes the connection instead of answering. */
    public static Reply hangUp() {
        return (request, exchange) -> exchange.close();
    }

    /** A body of so many spaces. */
    public static Reply spaces(int length) {
        return body(200, "application/json", " ".repeat(length));
    }

    static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
