package io.bursar.bench.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.kafka.clients.admin.Admin;

/** How much room things take. */
public final class Footprint {
    private static final int BYTES_PER_KB = 1024;

    private Footprint() {}

    /** Resident memory of a process, in bytes; 0 where the system has no /proc. */
    public static long residentBytes(long pid) {
        var status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum()
                    * BYTES_PER_KB;
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " has ended", e);
        }
    }

    /** The bytes of all files under a folder, which may change meanwhile. */
    public static long folderBytes(Path folder) {
        if (Files.notExists(folder)) {
            return 0;
        }
        try (var files = Files.walk(folder)) {
            return files.mapToLong(Footprint::fileBytes).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }

    private static long fileBytes(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            // RocksDB has merged it into another one since it was listed.
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** What a topic takes on the broker, in bytes, compressed as it is. */
    public static long topicBytes(Admin admin, String topic) throws InterruptedException {
        var nodes = KafkaAnswers.await(admin.describeCluster().nodes());
        var ids = nodes.stream().map(node -> node.id()).toList();
        return KafkaAnswers.await(admin.describeLogDirs(ids).allDescriptions()).values().stream()
                .flatMap(folders -> folders.values().stream())
                .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().equals(topic))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }

    /** Removes a folder with all it holds; it need not be there. */
    public static void remove(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            // What is in a folder comes after it, so from the end nothing that is removed holds anything.
            for (var file : files.toList().reversed()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be removed", e);
        }
    }
}
