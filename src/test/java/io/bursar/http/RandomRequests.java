package io.bursar.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Requests made from the API's description: some as it says, most with something wrong in them. For one thread only. */
final class RandomRequests {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final List<String> IDS =
            List.of("fuzz-1", "fuzz-2", "FUZZ", "FUZZ-USD", "USD", "o1", "e1", "1", "9999");
    private static final List<String> HOSTILE_TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a/b",
            "..",
            "%2e%2e%2f",
            "'; DROP TABLE bursar.journal; --",
            "<script>alert(1)</script>",
            "${jndi:ldap://x}",
            "é".repeat(70),
            "\ud800",
            "x".repeat(5_000),
            "-0",
            "NaN",
            "1e400",
            "99999999999999999999",
            "9223372036854775807",
            "-9223372036854775808",
            "0.0000000000000000001",
            "2026-02-30T00:00:00Z",
            "+1000000000-01-01T00:00:00Z");

    private final JsonNode document;
    private final Random random;
    private final List<Operation> operations = new ArrayList<>();

    /** @param body null for none */
    record Request(String method, String target, Map<String, String> headers, String body) {}

    private record Operation(String method, String path, JsonNode shared, JsonNode described) {}

    RandomRequests(JsonNode document, long seed) {
        this.document = document;
        this.random = new Random(seed);
        document.get("paths")
                .properties()
                .forEach(path -> METHODS.stream()
                        .filter(path.getValue()::has)
                        .filter(method -> !isEndless(path.getKey()))
                        .forEach(method -> operations.add(new Operation(
                                method,
                                path.getKey(),
                                path.getValue().path("parameters"),
                                path.getValue().get(method)))));
    }

    /** A stream of events is answered for as long as somebody listens. */
    private static boolean isEndless(String path) {
        return path.endsWith("/events");
    }

    Request next() {
        var operation = operations.get(random.nextInt(operations.size()));
        var query = new StringBuilder();
        var headers = new HashMap<String, String>();
        var path = operation.path();
        var parameters = new ArrayList<JsonNode>();
        operation.shared().forEach(parameters::add);
        operation.described().path("parameters").forEach(parameters::add);
        for (var reference : parameters) {
            var parameter = resolve(reference);
            var name = parameter.get("name").textValue();
            var value = text(parameter.path("schema"));
            switch (parameter.get("in").textValue()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value));
                case "query" -> {
                    // It is waited for, so a few have to do.
                    if (chance(name.equals("min-sequence") ? 200 : 2)) {
                        query.append(query.isEmpty() ? "?" : "&")
                                .append(name)
                                .append('=')
                                .append(encoded(value));
                    }
                }
                default -> {
                    if (chance(2)) {
                        headers.put(name, printable(value));
                    }
                }
            }
        }
        if (chance(20)) {
            query.append(query.isEmpty() ? "?" : "&").append("surplus=1");
        }
        var body = operation.described().has("requestBody") || chance(30) ? body(operation) : null;
        if (body != null) {
            headers.put("Content-Type", chance(30) ? "text/plain" : "application/json");
        }
        return new Request(operation.method().toUpperCase(Locale.ROOT), path + query, headers, body);
    }

    private String body(Operation operation) {
        if (chance(30)) {
            return pick(List.of(
                    "{", "[]", "null", "0", "\"x\"", "{\"a\":1}{\"b\":2}", "[".repeat(2_000), "\u0000", "{\"a\":NaN}"));
        }
        var schema = resolve(operation.described().path("requestBody")).at("/content/application~1json/schema");
        var value = value(schema);
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException unpairedSurrogate) {
            return "{}";
        }
    }

    private JsonNode value(JsonNode reference) {
        var schema = resolve(reference);
        if (chance(15)) {
            return wrong();
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        return switch (schema.path("type").asText(schema.has("properties") ? "object" : "")) {
            case "object" -> object(schema);
            case "array" -> {
                var array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(schema.get("items")));
                }
                yield array;
            }
            case "integer" -> JSON.numberNode(chance(3) ? random.nextLong() : random.nextInt(-2, 20));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "string" -> JSON.textNode(text(schema));
            default -> wrong();
        };
    }

    private JsonNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        schema.path("properties").properties().forEach(property -> {
            boolean isRequired = schema.path("required").toString().contains('"' + property.getKey() + '"');
            if (isRequired ? !chance(15) : chance(3)) {
                object.set(property.getKey(), value(property.getValue()));
            }
        });
        if (chance(15)) {
            object.put(pick(List.of("surplus", "__proto__", "class", "")), 1);
        }
        return object;
    }

    private String text(JsonNode reference) {
        var schema = resolve(reference);
        if (chance(6)) {
            return pick(HOSTILE_TEXTS);
        }
        if (schema.has("enum")) {
            return schema.get("enum")
                    .get(random.nextInt(schema.get("enum").size()))
                    .asText();
        }
        var pattern = schema.path("pattern").asText("");
        if (pattern.startsWith("^-?[0-9]")) {
            return pick(List.of("0", "1", "1.5", "-1", "0.01", "10000", "123456789.12"));
        }
        if (schema.path("format").asText("").equals("date-time")) {
            return pick(List.of("2026-03-02T12:00:00Z", "2030-01-01T00:00:00.123456Z", "1969-12-31T23:59:59Z"));
        }
        return schema.path("type").asText("").equals("integer")
                ? Integer.toString(random.nextInt(-1, 12_000))
                : pick(IDS);
    }

    private JsonNode wrong() {
        return switch (random.nextInt(6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(1.5);
            case 2 -> JSON.arrayNode().add(JSON.arrayNode().add(JSON.objectNode()));
            case 3 -> JSON.objectNode().put("x", 1);
            case 4 -> JSON.booleanNode(true);
            default -> JSON.textNode(pick(HOSTILE_TEXTS));
        };
    }

    private JsonNode resolve(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        var target = document.at(node.get("$ref").textValue().substring(1));
        var resolved = resolve(target);
        if (!node.has("properties") || !resolved.isObject()) {
            return resolved;
        }
        ObjectNode merged = resolved.deepCopy();
        merged.withObject("properties").setAll((ObjectNode) node.get("properties"));
        return merged;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The client itself refuses other characters in a header. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x21-\\x7e]", "_");
    }
}
