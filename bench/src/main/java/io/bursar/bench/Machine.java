package io.bursar.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the figures were measured on.
 *
 * @param cores that the JVM may use
 * @param memoryBytes of the machine or the container
 * @param cpu its model, empty where the system does not tell
 * @param os name, version and architecture
 * @param jdk vendor and version
 * @param jvmFlags of the JVM in which Bursar ran for throughput, latency and queries
 */
public record Machine(int cores, long memoryBytes, String cpu, String os, String jdk, List<String> jvmFlags) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                memory(),
                cpuModel(),
                property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                property("java.vm.vendor") + " " + property("java.vm.version"),
                // Paths say nothing about speed.
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> !flag.startsWith("-D"))
                        .toList());
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    private static String cpuModel() {
        if (!Files.isReadable(CPU_INFO)) {
            return "";
        }
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }
}
