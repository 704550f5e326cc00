package io.bursar.schemas.serde;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Stands in front of the registry: counts, goes down and comes up, fails, lies, hangs, wants credentials or certificates. */
final class RegistryProxy implements AutoCloseable {
    final AtomicInteger requests = new AtomicInteger();
    volatile int failWithStatus;
    volatile String fixedAnswer;
    volatile String requiredAuthorization;
    volatile long delayMs;

    private final URI target;
    private final SSLContext tls;
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private int port;

    RegistryProxy(String targetUrl) throws IOException {
        this(targetUrl, null);
    }

    /** @param tls makes it an HTTPS server that wants a client certificate; null: plain HTTP */
    RegistryProxy(String targetUrl, SSLContext tls) throws IOException {
        this.target = URI.create(targetUrl);
        this.tls = tls;
        start();
    }

    String url() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port + target.getPath();
    }

    /** Comes up, after {@link #stop} at the same address as before. */
    void start() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        server = tls == null ? HttpServer.create(address, 0) : httpsServer(address);
        server.createContext("/", this::forward);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        port = server.getAddress().getPort();
    }

    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        stop();
        http.shutdownNow();
    }

    private HttpsServer httpsServer(InetSocketAddress address) throws IOException {
        var https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        return https;
    }

    private void forward(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            Thread.sleep(delayMs);
            if (failWithStatus != 0) {
                respond(
                        exchange,
                        failWithStatus,
                        "<html>not from the registry</html>".getBytes(StandardCharsets.UTF_8));
            } else if (fixedAnswer != null) {
                respond(exchange, 200, fixedAnswer.getBytes(StandardCharsets.UTF_8));
            } else if (requiredAuthorization != null
                    && !requiredAuthorization.equals(
                            exchange.getRequestHeaders().getFirst("Authorization"))) {
                respond(exchange, 401, new byte[0]);
            } else {
                var request = HttpRequest.newBuilder(
                                target.resolve(exchange.getRequestURI().toString()))
                        .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                        .method(
                                exchange.getRequestMethod(),
                                BodyPublishers.ofByteArray(
                                        exchange.getRequestBody().readAllBytes()));
                var response = http.send(request.build(), BodyHandlers.ofByteArray());
                respond(exchange, response.statusCode(), response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
