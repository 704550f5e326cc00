package io.bursar.cli;

import io.bursar.topology.settings.Memory;
import io.bursar.topology.settings.Profile;
import io.bursar.topology.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Options of the JVM that runs Bursar. Those of a profile are in {@code resources/jvm}, each with what it buys and costs.
 */
public final class JvmOptions {
    private static final Predicate<String> CHOOSES_COLLECTOR =
            Pattern.compile("-XX:\\+Use[A-Za-z0-9]+GC").asMatchPredicate();

    private static final String OWN = "BURSAR_JAVA_OPTS";

    /** Variables from which a JVM takes options. */
    private static final List<String> OF_EVERY_JVM = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private JvmOptions() {}

    /** Those for {@code bursar run} with these settings. */
    public static List<String> of(Settings settings) {
        var options = new ArrayList<>(of(settings.get(Settings.PROFILE)));
        settings.get(Settings.MEMORY_MB)
                .map(Memory::new)
                .ifPresent(memory -> options.add("-Xmx" + memory.heapMb() + "m"));
        var folder = settings.get(Settings.STATE_DIR);
        // The JVM would end with an error if there were no place for it.
        if (Files.isDirectory(folder)) {
            options.addAll(archiveOfClasses(folder.resolve("classes.jsa")));
        }
        return options;
    }

    /**
     * A start takes a third less time with it. It is written when the JVM is first stopped, which takes some seconds and
     * 50 MB, and again when another version of Bursar or of the JVM finds it.
     */
    private static List<String> archiveOfClasses(Path file) {
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + file,
                // It would list every class that it leaves out.
                "-Xlog:cds*=off");
    }

    /** Those that are in the profile's file. */
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
    public static List<String> withOwn(Collection<String> options, Map<String, String> environment) {
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

    static boolean choosesCollector(String option) {
        return CHOOSES_COLLECTOR.test(option);
    }

    private static Stream<String> words(Map<String, String> environment, String name) {
        return Stream.of(environment.getOrDefault(name, "").split("\\s+")).filter(word -> !word.isEmpty());
    }
}
