package io.bursar.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The API's description, held against what is really sent and answered. */
final class Contract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode DOCUMENT = document();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final int BAD_REQUEST = 400;

    private Contract() {}

    private static JsonNode document() {
        try (var in = Contract.class.getResourceAsStream("/openapi/openapi.yaml")) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode paths() {
        return DOCUMENT.get("paths");
    }

    /**
     * Fails when the request was taken and is not described, or when the answer is not as described. What is served at no
     * described path has to be a problem.
     */
    static void check(String method, String target, String body, HttpResponse<String> response) {
        var contentType = response.headers().firstValue("Content-Type").orElse("");
        check(method, target, body, response.statusCode(), contentType, response.body());
    }

    static void check(String method, String target, String body, int status, String contentType, String answerBody) {
        var path = target.split("\\?", 2)[0];
        var operation = operation(method.equals("HEAD") ? "GET" : method, path);
        if (operation.isEmpty()) {
            require(status >= BAD_REQUEST, method + " " + path + " is served and not described");
            return;
        }
        if (method.equals("HEAD")) {
            return;
        }
        var described = operation.get();
        if (status < BAD_REQUEST && isOneObject(body)) {
            var content = resolve(described.path("requestBody")).path("content");
            require(content.has("application/json"), method + " " + path + " takes a body and does not say so");
            validate("the request " + method + " " + target, content.at("/application~1json/schema"), parse(body));
        }
        var responses = described.get("responses");
        var code = Integer.toString(status);
        var answer = resolve(responses.has(code) ? responses.get(code) : responses.path("default"));
        require(!answer.isMissingNode(), method + " " + path + " answers " + status + ", which is not described");
        var type = contentType.split(";", 2)[0];
        var content = answer.path("content").path(type);
        require(
                !content.isMissingNode(),
                method + " " + path + " answers " + status + " with " + type + ", which is not described");
        if (type.endsWith("json") && !type.contains("ndjson")) {
            validate("the answer to " + method + " " + target, content.get("schema"), parse(answerBody));
        }
    }

    private static boolean isOneObject(String body) {
        return body.startsWith("{") && !body.strip().contains("\n{");
    }

    /** The operation that a request goes to, by the templates of the paths. */
    private static Optional<JsonNode> operation(String method, String path) {
        for (Map.Entry<String, JsonNode> described : paths().properties()) {
            var pattern = described.getKey().replaceAll("\\{[^}]+}", "[^/]+");
            var operation = described.getValue().get(method.toLowerCase(Locale.ROOT));
            if (operation != null && path.matches(pattern)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").textValue().substring(1)) : node;
    }

    private static void validate(String what, JsonNode schema, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", DOCUMENT.get("components"));
        var errors = SCHEMAS.getSchema(whole).validate(value);
        require(errors.isEmpty(), what + " is not as described: " + errors + System.lineSeparator() + value);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
