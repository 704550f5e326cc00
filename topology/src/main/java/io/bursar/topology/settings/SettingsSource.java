package io.bursar.topology.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A place from which settings come. It is read by {@link Settings#load}, not before. */
public final class SettingsSource {
    private final Supplier<Reading> reader;

    private SettingsSource(Supplier<Reading> reader) {
        this.reader = reader;
    }

    /** A properties file in UTF-8. That it does not exist is a fault. */
    public static SettingsSource file(Path file) {
        return new SettingsSource(() -> PropertiesFile.read(file));
    }

    /**
     * The variables that begin with {@code BURSAR_}; all others are ignored.
     *
     * @param variables usually {@link System#getenv()}
     */
    public static SettingsSource environment(Map<String, String> variables) {
        return new SettingsSource(() -> new Reading(EnvironmentVariables.read(variables), List.of()));
    }

    /** What the command line says, by name of the setting. */
    public static SettingsSource flags(Map<String, String> flags) {
        return named("flag", flags);
    }

    /**
     * Any other source.
     *
     * @param description names the source in error messages
     */
    public static SettingsSource named(String description, Map<String, String> settings) {
        var origin = new Origin(description, UnaryOperator.identity());
        return new SettingsSource(() -> new Reading(
                new TreeMap<>(settings)
                        .entrySet().stream()
                                .map(entry -> new RawSetting(entry.getKey(), entry.getValue(), origin))
                                .toList(),
                List.of()));
    }

    /** Never throws for bad input: that is a fault of the reading. */
    Reading read() {
        return reader.get();
    }

    /** What was read, and what could not be, one sentence each. */
    record Reading(List<RawSetting> settings, List<String> faults) {}
}
