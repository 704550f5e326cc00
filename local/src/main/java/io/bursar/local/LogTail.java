package io.bursar.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the end of a stack's log, and from then on what is added to it, across rotations. Not thread-safe. */
public final class LogTail {
    /** Enough for some thousand lines, little enough to be read at once. */
    private static final int TAIL_BYTES = 1024 * 1024;

    private final Path file;
    private Object fileKey;
    private long offset;
    private String partialLine = "";

    /** @param file need not be there yet */
    public LogTail(Path file) {
        this.file = file;
    }

    /** The last lines of the log, at most {@code count}; none when there is no log. */
    static List<String> lastLines(Path file, int count) {
        return new LogTail(file).lastLines(count);
    }

    /**
     * The last lines of the log, at most {@code count}; {@link #newLines()} goes on after them.
     *
     * @throws StackException if the log cannot be read
     */
    public List<String> lastLines(int count) {
        try {
            fileKey = keyOf(file);
            var size = Files.size(file);
            offset = Math.max(0, size - TAIL_BYTES);
            var startsInsideLine = offset > 0;
            var lines = readLines(file);
            var whole = startsInsideLine && !lines.isEmpty() ? lines.subList(1, lines.size()) : lines;
            return whole.subList(Math.max(0, whole.size() - count), whole.size());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * The whole lines added since the last call; none when there are none or the log has been removed.
     *
     * @throws StackException if the log cannot be read
     */
    public List<String> newLines() {
        try {
            var key = keyOf(file);
            var lines = new ArrayList<String>();
            if (fileKey != null && !fileKey.equals(key)) {
                lines.addAll(readLines(LogFile.rotated(file)));
                offset = 0;
            }
            fileKey = key;
            lines.addAll(readLines(file));
            return lines;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Identifies the file itself whatever its name. */
    private static Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private List<String> readLines(Path from) throws IOException {
        try (var channel = FileChannel.open(from, StandardOpenOption.READ)) {
            var bytes = ByteBuffer.allocate((int) Math.min(channel.size() - offset, Integer.MAX_VALUE - 8));
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
                // Reads until the buffer is full or the file ends.
            }
            offset += bytes.position();
            return split(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
        }
    }

    private List<String> split(String text) {
        var pieces = (partialLine + text).split("\n", -1);
        partialLine = pieces[pieces.length - 1];
        return Arrays.asList(pieces).subList(0, pieces.length - 1);
    }

    private StackException unreadable(IOException e) {
        return new StackException("The log " + file + " cannot be read: " + e.getMessage() + ".", e);
    }
}
