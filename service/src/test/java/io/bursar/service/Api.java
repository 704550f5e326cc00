package io.bursar.service;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bursar.service.desk.DeskService;
import io.bursar.service.security.InMemorySecurity;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The API on a free port of the loopback interface, and a client that follows no redirects and holds every request and
 * answer against the description.
 */
final class Api implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpService service;
    private final HttpClient client = HttpClient.newHttpClient();

    Api(Instance instance) {
        this(instance, new MetricRegistry());
    }

    Api(Instance instance, MetricRegistry metrics) {
        service = new HttpService(settings(0), metrics, instance, InMemorySecurity.open(metrics));
        service.start();
    }

    /** One that asks for keys. */
    Api(Instance instance, InMemorySecurity security) {
        service = new HttpService(settings(0), new MetricRegistry(), instance, security.security());
        service.start();
    }

    /** One that has a desk and asks for keys; the service of the desk stays the caller's. */
    Api(Instance instance, InMemorySecurity security, DeskService desk) {
        var settings = settings(0);
        service = new HttpService(settings, instance, security.security(), new MetricRegistry(), Optional.of(desk));
        service.start();
    }

    /** One that asks for keys, and knows a database. */
    Api(Instance instance, InMemorySecurity security, String postgresUrl) {
        var settings = Settings.load(SettingsSource.flags(
                Map.of("http.port", "0", "postgres.url", postgresUrl, "postgres.user", "postgres")));
        service = new HttpService(settings, instance, security.security(), new MetricRegistry(), Optional.empty());
        service.start();
    }

    static Settings settings(int port) {
        return Settings.load(SettingsSource.flags(Map.of("http.port", Integer.toString(port), "http.auth", "none")));
    }

    HttpService service() {
        return service;
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    /** @param headers names and values in turn */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            Contract.check(method, path, body, response);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        service.close();
        client.close();
    }
}
