package io.bursar.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A column of a list.
 *
 * @param path of the value in an element of the list, names with dots between them
 * @param title its name in a table
 * @param isNumber whether its values are aligned at their ends
 */
public record Column(String path, String title, boolean isNumber) {
    /** A column of text. */
    public static Column text(String path) {
        return new Column(path, titleOf(path), false);
    }

    /** A column of numbers. */
    public static Column number(String path) {
        return new Column(path, titleOf(path), true);
    }

    /** The same column under another name, where that of its path says too little. */
    public Column titled(String other) {
        return new Column(path, other, isNumber);
    }

    /** {@code LIMIT PRICE} of {@code limitPrice}. */
    private static String titleOf(String path) {
        return path.substring(path.lastIndexOf('.') + 1)
                .replaceAll("([A-Z])", " $1")
                .toUpperCase(Locale.ROOT);
    }

    /** The value in an element; empty when it has none. */
    String of(JsonNode element) {
        return textOf(element.at("/" + path.replace('.', '/')));
    }

    private static String textOf(JsonNode value) {
        if (value.isContainerNode()) {
            var between = value.isArray() ? ", " : " ";
            return StreamSupport.stream(value.spliterator(), false)
                    .map(Column::textOf)
                    .collect(Collectors.joining(between));
        }
        return value.asText("");
    }
}
