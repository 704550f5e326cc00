package io.bursar.desk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A broker's token endpoint for the client-credentials grant of OAuth 2.0: takes its time, and sees when a client asks again
 * before it was answered. Thread-safe.
 */
final class TokenIssuer implements AutoCloseable {
    private static final long CALL_MS = 150;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration life;
    private final AtomicInteger issued = new AtomicInteger();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Set<String> overlapping = ConcurrentHashMap.newKeySet();

    /** @param life of each token */
    TokenIssuer(Duration life) throws IOException {
        this.life = life;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/token", this::issue);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    /** How every token begins. */
    String mark() {
        return "issued-token-";
    }

    int issued() {
        return issued.get();
    }

    /** The clients that asked twice at once. */
    Set<String> overlapping() {
        return overlapping;
    }

    private void issue(HttpExchange exchange) throws IOException {
        try (exchange) {
            var basic = exchange.getRequestHeaders().getFirst("Authorization").substring("Basic ".length());
            var client = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8).split(":", 2)[0];
            if (!underWay.add(client)) {
                overlapping.add(client);
            }
            try {
                Thread.sleep(CALL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                underWay.remove(client);
            }
            var answer = "{\"access_token\": \"%s%d\", \"token_type\": \"Bearer\", \"expires_in\": %d}"
                    .formatted(mark(), issued.incrementAndGet(), life.toSeconds())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
