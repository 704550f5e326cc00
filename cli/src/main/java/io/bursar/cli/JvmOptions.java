package io.bursar.cli;

import io.bursar.topology.settings.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Options of the JVM that runs Bursar. Those of a profile are in {@code resources/jvm}, each with what it buys and costs;
 * the {@code bursar} script reads the same files.
 */
public final class JvmOptions {
    private static final Predicate<String> CHOOSES_COLLECTOR =
            Pattern.compile("-XX:\\+Use[A-Za-z0-9]+GC").asMatchPredicate();

    private static final String OWN = "BURSAR_JAVA_OPTS";

    /** Variables from which a JVM takes options. */
    private static final List<String> OF_EVERY_JVM = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private JvmOptions() {}

    /** Those that the profile stands for. */
    public static List<String> of(Profile profile) {
        var file = "/jvm/" + profile.text() + ".options";
        try (var content = JvmOptions.class.getResourceAsStream(file)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /**
     * These and then the user's own, so that those win. A collector that the user chooses takes the place of the one among
     * these: a JVM that is given two does not start.
     *
     * @param environment usually {@link System#getenv()}
     */
    static List<String> withOwn(Collection<String> options, Map<String, String> environment) {
        var own = words(environment, OWN).toList();
        var hasCollector = Stream.concat(own.stream(), OF_EVERY_JVM.stream().flatMap(name -> words(environment, name)))
                .anyMatch(CHOOSES_COLLECTOR);
        var all = new ArrayList<>(options);
        if (hasCollector) {
            all.removeIf(CHOOSES_COLLECTOR);
        }
        all.addAll(own);
        return all;
    }

    private static Stream<String> words(Map<String, String> environment, String name) {
        return Stream.of(environment.getOrDefault(name, "").split("\\s+")).filter(word -> !word.isEmpty());
    }
}
