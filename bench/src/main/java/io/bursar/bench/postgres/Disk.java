package io.bursar.bench.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** How fast a disk makes a write durable. */
final class Disk {
    private static final int PAGE_BYTES = 8_192;
    private static final Duration DURATION = Duration.ofSeconds(1);
    private static final double NANOS_PER_SECOND = 1e9;

    private Disk() {}

    /** Of one page after the other, by this thread. */
    static double fsyncsPerSecond(Path folder) throws IOException {
        var file = folder.resolve("fsync");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var page = ByteBuffer.allocate(PAGE_BYTES);
            long start = System.nanoTime();
            int count = 0;
            while (System.nanoTime() - start < DURATION.toNanos()) {
                page.clear();
                channel.write(page, 0);
                channel.force(false);
                count++;
            }
            return count * NANOS_PER_SECOND / (System.nanoTime() - start);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
