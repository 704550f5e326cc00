package io.bursar.topology.settings;

import java.util.Optional;

/**
 * The definition of one setting.
 *
 * @param name dotted, as in Kafka
 * @param type what its text means and what is allowed
 * @param defaultText the text that holds when nothing else is given; empty for a setting that is not set by default
 * @param secret whether its value must never be shown
 * @param doc what it does, and for a default that is not obvious what it buys and costs
 */
public record Setting<T>(String name, SettingType<T> type, String defaultText, boolean secret, String doc) {

    static <T> Setting<T> of(String name, SettingType<T> type, String defaultText, String doc) {
        return new Setting<>(name, type, defaultText, false, doc);
    }

    static <T> Setting<Optional<T>> optional(String name, SettingType<T> type, String doc) {
        return new Setting<>(name, type.orNone(), "", false, doc);
    }

    static Setting<Optional<String>> secret(String name, String doc) {
        return new Setting<>(name, SettingTypes.TEXT.orNone(), "", true, doc);
    }

    /** The environment variable that sets it: {@code commit.interval.ms} is {@code BURSAR_COMMIT_INTERVAL_MS}. */
    public String environmentVariable() {
        return EnvironmentVariables.variableOf(name);
    }

    Optional<T> parse(String text) {
        return type.parser().apply(text);
    }
}
