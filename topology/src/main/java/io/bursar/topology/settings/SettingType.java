package io.bursar.topology.settings;

import java.util.Optional;
import java.util.function.Function;

/**
 * How the text of a setting becomes a value.
 *
 * @param rule what is allowed, worded to follow "must be"
 * @param parser gives the value, or empty when the text breaks the rule; throws nothing
 */
public record SettingType<T>(String rule, Function<String, Optional<T>> parser) {

    /** The same, where empty text means that the setting is not set. */
    public SettingType<Optional<T>> orNone() {
        return new SettingType<>(rule, text -> {
            Optional<T> value = text.isEmpty() ? Optional.empty() : parser.apply(text);
            return text.isEmpty() || value.isPresent() ? Optional.of(value) : Optional.empty();
        });
    }
}
