package io.bursar.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A log of bounded size: past the limit it becomes {@code <name>.1}, which replaces the one before. Thread-safe. */
final class LogFile extends OutputStream {
    private static final long LIMIT_BYTES = 16L * 1024 * 1024;

    private final Path file;
    private final long limitBytes;
    private OutputStream out;
    private long sizeBytes;

    LogFile(Path file) throws IOException {
        this(file, LIMIT_BYTES);
    }

    LogFile(Path file, long limitBytes) throws IOException {
        this.file = file;
        this.limitBytes = limitBytes;
        open();
    }

    private void open() throws IOException {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        sizeBytes = Files.size(file);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        sizeBytes += length;
        // Between lines, so that no line is torn between two files.
        if (sizeBytes >= limitBytes && length > 0 && bytes[offset + length - 1] == '\n') {
            rotate();
        }
    }

    private void rotate() throws IOException {
        out.close();
        Files.move(file, rotated(file), StandardCopyOption.REPLACE_EXISTING);
        open();
    }

    static Path rotated(Path file) {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
