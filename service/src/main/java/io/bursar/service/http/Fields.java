package io.bursar.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fields of a JSON object, read one by one. What is missing, does not fit, or is never asked for ends the request with
 * 400, by name, value and rule. A field that is null counts as absent. For one thread only.
 */
public final class Fields {
    /** Of names and other texts that are kept with an account. */
    public static final int MAX_TEXT = 256;

    /** Of people's reasons. */
    public static final int MAX_REASON = 4_000;

    /** More would not fit in 64 bits whatever the scale. */
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,19}(\\.[0-9]{1,18})?");

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final JsonNode object;
    /** Of this object in the request, with a dot at its end; empty for the whole. */
    private final String path;

    private final Set<String> asked = new HashSet<>();

    private Fields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** Of a request's body. */
    public static Fields of(JsonNode body) {
        if (!body.isObject()) {
            throw invalid("body", body.toString(), "a JSON object");
        }
        return new Fields(body, "");
    }

    /** That no other field is there: a slip in a name must not go unnoticed. */
    public void requireNoOthers() {
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                throw new ProblemException(Problem.unknownField(path + name, asked));
            }
        });
    }

    /** That at least one of the fields asked for is there. */
    public void requireAny() {
        if (asked.stream().noneMatch(object::hasNonNull)) {
            throw new ProblemException(Problem.missingField(String.join(", ", new TreeSet<>(asked))));
        }
    }

    public boolean has(String name) {
        return optional(name) != null;
    }

    public String id(String name) {
        return id(name, required(name), Ids.MAX_LENGTH);
    }

    public String id(String name, int maxLength) {
        return id(name, required(name), maxLength);
    }

    public String optionalId(String name) {
        var value = optional(name);
        return value == null ? null : id(name, value, Ids.MAX_LENGTH);
    }

    private String id(String name, JsonNode value, int maxLength) {
        var text = text(name, value);
        if (!Ids.isValid(text, maxLength)) {
            throw invalid(path + name, text, Ids.rule(maxLength));
        }
        return text;
    }

    /** Ids in a list, each once. */
    public List<String> ids(String name, int atMost) {
        return texts(name, atMost, id -> Ids.isValid(id, Ids.MAX_LENGTH), Ids.rule(Ids.MAX_LENGTH));
    }

    /**
     * Texts in a list, each once; none when it is absent.
     *
     * @param rule what fits, in words
     */
    public List<String> texts(String name, int atMost, Predicate<String> fits, String rule) {
        var texts = new ArrayList<String>();
        for (var item : items(name, atMost)) {
            var text = text(name, item);
            if (!fits.test(text)) {
                throw invalid(path + name, text, rule);
            }
            if (texts.contains(text)) {
                throw invalid(path + name, text, "a list that names each once");
            }
            texts.add(text);
        }
        return texts;
    }

    public String text(String name, int maxLength) {
        return bounded(name, text(name, required(name)), maxLength);
    }

    public String optionalText(String name, int maxLength) {
        var value = optional(name);
        return value == null ? null : bounded(name, text(name, value), maxLength);
    }

    private String bounded(String name, String text, int maxLength) {
        if (text.length() > maxLength) {
            throw invalid(path + name, text, "at most " + maxLength + " characters");
        }
        return text;
    }

    /** An amount in units of {@code 10^-scale}. */
    public long amount(String name, int scale) {
        return units(name, required(name), scale);
    }

    public Long optionalAmount(String name, int scale) {
        var value = optional(name);
        return value == null ? null : units(name, value, scale);
    }

    private long units(String name, JsonNode value, int scale) {
        if (!value.isTextual() || !DECIMAL.matcher(value.textValue()).matches()) {
            throw invalid(
                    path + name,
                    value.isTextual() ? value.textValue() : value.toString(),
                    "decimal text in whole units, such as \"12.5\"");
        }
        var given = value.textValue();
        try {
            return new BigDecimal(given).setScale(scale).unscaledValue().longValueExact();
        } catch (ArithmeticException tooFineOrTooLarge) {
            var largest = BigDecimal.valueOf(Long.MAX_VALUE, scale).toPlainString();
            throw invalid(path + name, given, "at most " + largest + ", with at most " + scale + " decimals");
        }
    }

    /** A whole number; a JSON number. */
    public int whole(String name, int least, int most) {
        return (int) whole(name, required(name), least, most);
    }

    public Integer optionalWhole(String name, int least, int most) {
        var value = optional(name);
        return value == null ? null : (int) whole(name, value, least, most);
    }

    private long whole(String name, JsonNode value, long least, long most) {
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw invalid(path + name, value.toString(), "a whole number from " + least + " to " + most);
        }
        return value.longValue();
    }

    public boolean flag(String name) {
        var value = optional(name);
        if (value != null && !value.isBoolean()) {
            throw invalid(path + name, value.toString(), "true or false");
        }
        return value != null && value.booleanValue();
    }

    public <E extends Enum<E>> E symbol(String name, Class<E> type) {
        return symbol(name, required(name), type);
    }

    public <E extends Enum<E>> E symbol(String name, Class<E> type, E whenAbsent) {
        var value = optional(name);
        return value == null ? whenAbsent : symbol(name, value, type);
    }

    private <E extends Enum<E>> E symbol(String name, JsonNode value, Class<E> type) {
        return symbol(path + name, value.isTextual() ? value.textValue() : value.toString(), type);
    }

    /** A symbol that stands elsewhere, such as in a query. */
    public static <E extends Enum<E>> E symbol(String field, String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(symbol -> symbol.name().equals(text))
                .findAny()
                .orElseThrow(() -> invalid(
                        field,
                        text,
                        "one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))));
    }

    public Instant instant(String name) {
        return instant(name, required(name));
    }

    public Instant optionalInstant(String name) {
        var value = optional(name);
        return value == null ? null : instant(name, value);
    }

    private Instant instant(String name, JsonNode value) {
        var text = value.isTextual() ? value.textValue() : value.toString();
        try {
            var instant = Instant.parse(text);
            if (!instant.isBefore(EARLIEST)
                    && !instant.isAfter(LATEST)
                    && instant.truncatedTo(ChronoUnit.MICROS).equals(instant)) {
                return instant;
            }
        } catch (DateTimeException notAnInstant) {
            // Said below, as what else is wrong with it.
        }
        throw invalid(
                path + name,
                text,
                "an instant between 1970 and 9999, with at most six decimals, such as 2026-03-02T12:00:00.5Z");
    }

    /** An object; one without fields when it is absent. */
    public Fields object(String name) {
        var value = optional(name);
        if (value == null) {
            return new Fields(JsonNodeFactory.instance.objectNode(), path + name + ".");
        }
        if (!value.isObject()) {
            throw invalid(path + name, value.toString(), "an object");
        }
        return new Fields(value, path + name + ".");
    }

    /** The members of an object, whatever their names; none when it is absent. */
    public Map<String, JsonNode> members(String name, int atMost) {
        var value = optional(name);
        if (value == null) {
            return Map.of();
        }
        if (!value.isObject() || value.size() > atMost) {
            // Not with what was given: it may hold secrets.
            throw invalid(path + name, "", "an object with at most " + atMost + " members");
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    /** Objects in a list; none when it is absent. */
    public List<Fields> objects(String name, int atMost) {
        var objects = new ArrayList<Fields>();
        for (var item : items(name, atMost)) {
            if (!item.isObject()) {
                throw invalid(path + name, item.toString(), "a list of objects");
            }
            objects.add(new Fields(item, path + name + "."));
        }
        return objects;
    }

    private JsonNode items(String name, int atMost) {
        var list = optional(name);
        if (list == null) {
            return JsonNodeFactory.instance.arrayNode();
        }
        if (!list.isArray() || list.size() > atMost) {
            throw invalid(path + name, list.toString(), "a list of at most " + atMost);
        }
        return list;
    }

    private String text(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw invalid(path + name, value.toString(), "text");
        }
        return value.textValue();
    }

    private JsonNode required(String name) {
        var value = optional(name);
        if (value == null) {
            throw new ProblemException(Problem.missingField(path + name));
        }
        return value;
    }

    private JsonNode optional(String name) {
        asked.add(name);
        var value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    public static ProblemException invalid(String field, String given, String rule) {
        return new ProblemException(Problem.invalidField(field, given, rule));
    }
}
