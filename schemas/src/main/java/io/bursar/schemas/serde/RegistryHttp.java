package io.bursar.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bursar.schemas.serde.RegistrySettings.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registry over HTTP. Every address is tried once per question, beginning with the one that answered last; all
 * questions may be asked twice without harm. Thread-safe.
 */
final class RegistryHttp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REGISTRY_JSON = "application/vnd.schemaregistry.v1+json";

    /** What a registry said: a result (status 200) or a reasoned refusal (404, 409, 422). */
    record Answer(String url, int status, JsonNode body) {
        boolean isOk() {
            return status == 200;
        }

        /** The registry's reason for a refusal, on one line and without the exception class that some prepend. */
        String reason() {
            String text = body.path("message").asText("no reason given").strip().replaceAll("\\s+", " ");
            String bare = text.replaceFirst("^(?:[a-z]\\w*\\.)+\\w+(?:Exception|Error): ", "");
            return bare.length() <= MAX_REASON_CHARS ? bare : bare.substring(0, MAX_REASON_CHARS) + " …";
        }
    }

    /** Some registries append whole schemas to their reasons. */
    private static final int MAX_REASON_CHARS = 500;

    private final List<Endpoint> endpoints;
    private final Duration timeout;
    private final HttpClient http;
    private volatile int preferred;

    RegistryHttp(RegistrySettings settings) {
        this.endpoints = settings.endpoints();
        this.timeout = settings.connectTimeout().plus(settings.readTimeout());
        // HTTP/1.1: an upgrade to HTTP/2 without TLS confuses some proxies, and would gain nothing here.
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(settings.connectTimeout());
        settings.ssl().ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /** @throws RegistryUnavailableException when no address gives a usable answer */
    Answer get(String path) {
        return ask("GET", path, BodyPublishers.noBody());
    }

    /** @throws RegistryUnavailableException when no address gives a usable answer */
    Answer send(String method, String path, JsonNode body) {
        return ask(method, path, BodyPublishers.ofString(body.toString()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private Answer ask(String method, String path, HttpRequest.BodyPublisher body) {
        int first = preferred;
        var failures = new ArrayList<RegistryUnavailableException>();
        for (int i = 0; i < endpoints.size(); i++) {
            int index = (first + i) % endpoints.size();
            Endpoint endpoint = endpoints.get(index);
            try {
                Answer answer = exchange(endpoint, method, path, body);
                if (index != first) {
                    LOG.warn("The schema registry at {} answers in place of {}", endpoint, endpoints.get(first));
                    preferred = index;
                }
                return answer;
            } catch (RegistryUnavailableException e) {
                failures.add(e);
            }
        }
        throw allOf(failures);
    }

    private static RegistryUnavailableException allOf(List<RegistryUnavailableException> failures) {
        if (failures.size() == 1) {
            return failures.getFirst();
        }
        var messages = failures.stream().map(Throwable::getMessage).toList();
        var all = new RegistryUnavailableException(String.join("; ", messages));
        failures.forEach(all::addSuppressed);
        return all;
    }

    private Answer exchange(Endpoint endpoint, String method, String path, HttpRequest.BodyPublisher body) {
        var request = HttpRequest.newBuilder(URI.create(endpoint.url() + path))
                .header("Accept", REGISTRY_JSON + ", application/json")
                .header("Content-Type", REGISTRY_JSON)
                .method(method, body);
        endpoint.authorization().ifPresent(value -> request.header("Authorization", value));
        try {
            return usable(endpoint, method + " " + path, respond(request.build()));
        } catch (ExecutionException e) {
            throw unavailable(endpoint, "cannot be reached: " + Causes.describe(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(endpoint, "did not answer within " + timeout.toMillis() + " ms", e);
        }
    }

    /** Bounds the whole exchange; the client's own time-out would end with the response's headers. */
    private HttpResponse<byte[]> respond(HttpRequest request) throws ExecutionException, TimeoutException {
        var pending = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            pending.cancel(true);
        }
    }

    private static Answer usable(Endpoint endpoint, String question, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        JsonNode body = json(response.body());
        boolean conclusive = switch (status) {
            case 200 -> body.isObject();
            // Only the registry itself adds a code like 40403; any other 404 comes from a wrong path or a proxy.
            case 404 -> body.path("error_code").asInt() / 100 == 404;
            case 409, 422 -> true;
            default -> false;
        };
        if (conclusive) {
            return new Answer(endpoint.url(), status, body);
        }
        throw unavailable(
                endpoint,
                switch (status) {
                    case 200 -> "answered " + question + " with something else than JSON";
                    case 401, 403 -> "refuses the credentials for " + question + ": status " + status;
                    case 404 -> "does not know " + question + ": is the path in schema.registry.url right?";
                    default -> "failed on " + question + ": status " + status;
                },
                null);
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            LOG.debug("Not JSON", e);
            return JSON.missingNode();
        }
    }

    private static RegistryUnavailableException unavailable(Endpoint endpoint, String what, Throwable cause) {
        return new RegistryUnavailableException("The schema registry at " + endpoint + " " + what, cause);
    }
}
