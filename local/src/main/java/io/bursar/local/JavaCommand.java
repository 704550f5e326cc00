package io.bursar.local;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for JVMs like this one. */
final class JavaCommand {
    private final List<String> flags = new ArrayList<>();
    private String classPath = System.getProperty("java.class.path");

    /** A small JVM that starts fast: one collector thread, and no compiler threads that fight over two cores. */
    JavaCommand heapMb(int initial, int maximum) {
        return flags("-Xms" + initial + "m", "-Xmx" + maximum + "m", "-XX:+UseSerialGC");
    }

    JavaCommand flags(String... more) {
        return flags(List.of(more));
    }

    JavaCommand flags(List<String> more) {
        flags.addAll(more);
        return this;
    }

    /** In place of this process's own class path. */
    JavaCommand classPath(String path) {
        classPath = path;
        return this;
    }

    JavaCommand property(String name, Object value) {
        return flags("-D" + name + "=" + value);
    }

    /** Gives the property the value that it has in this process, if it has one. */
    JavaCommand inheritProperty(String name) {
        var value = System.getProperty(name);
        return value == null ? this : property(name, value);
    }

    /** The command that runs {@code mainClass} tethered to the process that starts it. */
    List<String> tethered(String mainClass, List<String> arguments) {
        var tail = new ArrayList<String>();
        tail.add(mainClass);
        tail.addAll(arguments);
        return main(Tethered.class.getName(), tail);
    }

    List<String> main(String mainClass, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** The jar or folder that this module was loaded from. */
    static Path codeLocation() {
        try {
            return Path.of(JavaCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("This class was loaded from a place that is no path", e);
        }
    }
}
