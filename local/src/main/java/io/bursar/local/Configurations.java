package io.bursar.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Configurations of components, as Java's properties files. */
final class Configurations {
    private Configurations() {}

    static void write(Path file, Map<String, String> properties) {
        var text = properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new StackException("The configuration " + file + " cannot be written.", e);
        }
    }
}
