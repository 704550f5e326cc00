package io.bursar.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A step of a scenario: a verb with fields, or with a single value, which is then the field of the verb's own name. A field
 * that nobody asks for is a mistake of the scenario, as it would be played without it.
 */
final class Step {
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

    private final JsonNode node;
    private final String verb;
    private final Map<String, JsonNode> fields = new LinkedHashMap<>();
    private final Set<String> unread;

    private Step(JsonNode node) {
        this.node = node;
        verb = node.fieldNames().next();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        if (node.get(verb).isObject()) {
            fields.remove(verb).properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        }
        unread = new LinkedHashSet<>(fields.keySet());
    }

    static List<Step> listOf(JsonNode steps) {
        var list = new ArrayList<Step>();
        steps.forEach(step -> list.add(new Step(step)));
        return list;
    }

    String verb() {
        return verb;
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    String text(String field) {
        return require(field).asText();
    }

    String text(String field, String otherwise) {
        return has(field) ? text(field) : otherwise;
    }

    /** One text, or several. */
    List<String> texts(String field) {
        var given = require(field);
        var texts = new ArrayList<String>();
        if (given.isArray()) {
            given.forEach(text -> texts.add(text.asText()));
        } else {
            texts.add(given.asText());
        }
        return texts;
    }

    boolean isMap(String field) {
        return require(field).isObject();
    }

    /** Empty without the field. */
    Map<String, String> map(String field) {
        return mapped(field, JsonNode::asText);
    }

    /** Empty without the field. */
    Map<String, Integer> counts(String field) {
        return mapped(field, JsonNode::intValue);
    }

    private <T> Map<String, T> mapped(String field, Function<JsonNode, T> value) {
        var map = new TreeMap<String, T>();
        if (has(field)) {
            require(field).properties().forEach(entry -> map.put(entry.getKey(), value.apply(entry.getValue())));
        }
        return map;
    }

    int number(String field) {
        return require(field).intValue();
    }

    /** False without the field. */
    boolean flag(String field) {
        return has(field) && require(field).booleanValue();
    }

    Duration duration(String field) {
        var text = text(field);
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no duration such as 200ms, 5s, 10m or 23h: " + this);
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    <E extends Enum<E>> Optional<E> symbol(String field, Class<E> type) {
        return has(field) ? Optional.of(Enum.valueOf(type, text(field))) : Optional.empty();
    }

    /** None without the field. */
    List<Step> steps(String field) {
        return has(field) ? listOf(require(field)) : List.of();
    }

    /** The fields that nobody has asked for. */
    List<String> unread() {
        return List.copyOf(unread);
    }

    void requireAllRead() {
        if (!unread.isEmpty()) {
            throw new IllegalArgumentException("a step " + verb + " has no " + unread + ": " + this);
        }
    }

    private JsonNode require(String field) {
        var value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException("the field " + field + " is missing: " + this);
        }
        unread.remove(field);
        return value;
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
