package io.bursar.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One request, built up; what is {@code null} is left out of it. For one thread only. */
public final class ApiRequest {
    private static final String BASE = "/api/v1/";

    private final String method;
    private final String path;
    private final StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    private final JsonNode body;
    private String idempotencyKey;

    private ApiRequest(String method, String path, JsonNode body) {
        this.method = method;
        this.path = path;
        this.body = body;
    }

    /** @param path the segments after {@code /api/v1}, as they are */
    public static ApiRequest get(String... path) {
        return new ApiRequest("GET", BASE + encoded(path), null);
    }

    /** A request for what is not under {@code /api/v1}. */
    public static ApiRequest getRoot(String... path) {
        return new ApiRequest("GET", "/" + encoded(path), null);
    }

    /** @param path as of {@link #get} */
    public static ApiRequest delete(String... path) {
        return new ApiRequest("DELETE", BASE + encoded(path), null);
    }

    /** @param path as of {@link #get} */
    public static ApiRequest post(String... path) {
        return new ApiRequest("POST", BASE + encoded(path), JsonNodeFactory.instance.objectNode());
    }

    /**
     * A request with a list as its body, to which no fields can be added.
     *
     * @param path as of {@link #get}
     */
    public static ApiRequest post(ArrayNode list, String... path) {
        return new ApiRequest("POST", BASE + encoded(path), list);
    }

    /** @param path as of {@link #get} */
    public static ApiRequest put(String... path) {
        return new ApiRequest("PUT", BASE + encoded(path), JsonNodeFactory.instance.objectNode());
    }

    /** @param path as of {@link #get} */
    public static ApiRequest patch(String... path) {
        return new ApiRequest("PATCH", BASE + encoded(path), JsonNodeFactory.instance.objectNode());
    }

    /** Adds a parameter to the query. */
    public ApiRequest query(String name, Object value) {
        if (value != null) {
            query.add(name + "=" + encoded(value.toString()));
        }
        return this;
    }

    /** Adds text to the body: also amounts, of which no digit may get lost. */
    public ApiRequest with(String name, String value) {
        return withNode(name, value == null ? null : JsonNodeFactory.instance.textNode(value));
    }

    /** Adds the name of a constant to the body. */
    public ApiRequest with(String name, Enum<?> value) {
        return with(name, value == null ? null : value.name());
    }

    /** Adds a whole number to the body. */
    public ApiRequest with(String name, Integer value) {
        return withNode(name, value == null ? null : JsonNodeFactory.instance.numberNode(value.intValue()));
    }

    /** Adds a truth to the body. */
    public ApiRequest with(String name, Boolean value) {
        return withNode(name, value == null ? null : JsonNodeFactory.instance.booleanNode(value));
    }

    /** Adds a list of text to the body. */
    public ApiRequest with(String name, Collection<String> values) {
        if (values != null) {
            values.forEach(fields().putArray(name)::add);
        }
        return this;
    }

    /**
     * Adds a list of amounts to the body, an object for each.
     *
     * @param amounts what they are of, with the amount
     */
    public ApiRequest with(String name, Map<String, String> amounts, String ofName, String amountName) {
        if (amounts != null) {
            var list = fields().putArray(name);
            amounts.forEach((of, amount) -> list.addObject().put(ofName, of).put(amountName, amount));
        }
        return this;
    }

    /** Adds an object of text to the body, a member for each value. */
    public ApiRequest withMembers(String name, Map<String, String> values) {
        if (values != null) {
            values.forEach(fields().putObject(name)::put);
        }
        return this;
    }

    private ApiRequest withNode(String name, JsonNode value) {
        if (value != null) {
            fields().set(name, value);
        }
        return this;
    }

    private ObjectNode fields() {
        return (ObjectNode) body;
    }

    /** Names the command, so that a repeat of it is recognised. */
    public ApiRequest idempotent(String key) {
        idempotencyKey = key;
        return this;
    }

    String method() {
        return method;
    }

    Optional<String> idempotencyKey() {
        return Optional.ofNullable(idempotencyKey);
    }

    /** With the query. */
    String path() {
        return path + query;
    }

    Optional<String> body() {
        return Optional.ofNullable(body).map(JsonNode::toString);
    }

    private static String encoded(String... segments) {
        return Stream.of(segments).map(ApiRequest::encoded).collect(Collectors.joining("/"));
    }

    /** Colons are in ids, and are allowed. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }
}
