package io.bursar.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
    @TempDir
    private Path temporary;

    @Test
    void a_log_keeps_at_most_two_files_of_its_limit() throws IOException {
        var file = temporary.resolve("broker.log");
        try (var log = new LogFile(file, 100)) {
            for (var line = 0; line < 1000; line++) {
                write(log, "line " + line + "\n");
            }
        }

        assertThat(temporary).isDirectoryContaining("glob:**broker.log").isDirectoryContaining("glob:**broker.log.1");
        assertThat(Files.size(file) + Files.size(LogFile.rotated(file))).isLessThan(220);
        assertThat(Files.readString(LogFile.rotated(file))).startsWith("line ").endsWith("\n");
    }

    @Test
    void the_tail_has_the_last_lines() throws IOException {
        var file = Files.writeString(temporary.resolve("log"), "a\nb\nc\n");

        assertThat(LogTail.lastLines(file, 2)).containsExactly("b", "c");
        assertThat(LogTail.lastLines(file, 9)).containsExactly("a", "b", "c");
        assertThat(LogTail.lastLines(temporary.resolve("none"), 9)).isEmpty();
    }

    @Test
    void following_sees_every_line_once_across_a_rotation_and_no_torn_one() throws IOException {
        var file = temporary.resolve("log");
        try (var log = new LogFile(file, 20)) {
            write(log, "first\n");
            var tail = new LogTail(file);
            assertThat(tail.lastLines(5)).containsExactly("first");

            write(log, "second");
            assertThat(tail.newLines()).isEmpty();
            write(log, ", and the end of it\n");
            write(log, "third\n");
            assertThat(tail.newLines()).containsExactly("second, and the end of it", "third");
            assertThat(tail.newLines()).isEmpty();
        }
    }

    private static void write(LogFile log, String text) throws IOException {
        log.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
