package io.bursar.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Resident memory of other processes. */
final class ProcessMemory {
    private static final long BYTES_PER_KB = 1024;

    private ProcessMemory() {}

    /** In bytes; empty when the process has ended or this system does not tell. */
    static OptionalLong residentBytes(long pid) {
        var status = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.exists(status) ? fromProc(status) : fromPs(pid);
        } catch (IOException e) {
            // It ended between the question and the answer, or there is no ps here.
            return OptionalLong.empty();
        }
    }

    private static OptionalLong fromProc(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_KB)
                .findFirst();
    }

    private static OptionalLong fromPs(long pid) throws IOException {
        var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        try (var output = ps.getInputStream()) {
            var kilobytes = new String(output.readAllBytes(), StandardCharsets.US_ASCII).strip();
            return kilobytes.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(kilobytes) * BYTES_PER_KB);
        }
    }
}
