package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The description of the HTTP API, as far as it says which names a request may have. */
public final class ApiDocument {
    private static final JsonNode ROOT = read();

    private ApiDocument() {}

    /** Fails for a path, a parameter or a field that the API does not know, and for a field that it asks for. */
    public static void assertAllows(FakeApi.Asked request) {
        int query = request.path().indexOf('?');
        var path = query < 0 ? request.path() : request.path().substring(0, query);
        var template = template(path);
        var operation = template.path(request.method().toLowerCase(Locale.ROOT));
        assertThat(operation.isObject()).as(request.line()).isTrue();
        if (query >= 0) {
            var parameters = new ArrayList<String>();
            operation
                    .path("parameters")
                    .forEach(parameter ->
                            parameters.add(resolved(parameter).path("name").asText()));
            for (var part : List.of(request.path().substring(query + 1).split("&", -1))) {
                assertThat(parameters).as(request.line()).contains(part.substring(0, part.indexOf('=')));
            }
        }
        if (!request.body().isEmpty()) {
            var schema = operation.at("/requestBody/content/application~1json/schema");
            var body = request.json();
            if (body.isArray()) {
                body.forEach(item -> assertFields(request.line(), schema.path("items"), item));
            } else {
                assertFields(request.line(), schema, body);
            }
        }
    }

    private static void assertFields(String line, JsonNode schema, JsonNode body) {
        var properties = new HashMap<String, JsonNode>();
        var required = new ArrayList<String>();
        collect(schema, properties, required);
        assertThat(properties.keySet()).as("fields of " + line).containsAll(namesOf(body));
        assertThat(namesOf(body)).as("fields of " + line).containsAll(required);
        body.properties().stream()
                .filter(field -> field.getValue().path(0).isObject())
                .forEach(field -> field.getValue()
                        .forEach(item -> assertFields(
                                line + " " + field.getKey(),
                                resolved(properties.get(field.getKey())).path("items"),
                                item)));
    }

    /** Also of what the schema refers to, beside its own. */
    private static void collect(JsonNode schema, Map<String, JsonNode> properties, List<String> required) {
        schema.path("properties").properties().forEach(field -> properties.put(field.getKey(), field.getValue()));
        schema.path("required").forEach(name -> required.add(name.asText()));
        if (schema.has("$ref")) {
            collect(ROOT.at(schema.path("$ref").asText().substring(1)), properties, required);
        }
    }

    private static List<String> namesOf(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static JsonNode template(String path) {
        for (var entry : ROOT.path("paths").properties()) {
            if (path.matches(entry.getKey().replaceAll("\\{[^}]+}", "[^/]+"))) {
                return entry.getValue();
            }
        }
        throw new AssertionError("The API has no path " + path);
    }

    private static JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : resolved(ROOT.at(reference.substring(1)));
    }

    private static JsonNode read() {
        try (var document = ApiDocument.class.getResourceAsStream("/openapi/openapi.yaml")) {
            return new YAMLMapper().readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
