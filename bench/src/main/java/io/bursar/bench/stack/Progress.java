package io.bursar.bench.stack;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** Lines that say what goes on while nobody sees a figure yet. Safe for any thread. */
public final class Progress {
    private final PrintWriter out;
    private final Instant start = Instant.now();

    public Progress(PrintWriter out) {
        this.out = out;
    }

    /** One line, with the time since the start. */
    @FormatMethod
    public void say(String format, Object... arguments) {
        long seconds = Duration.between(start, Instant.now()).toSeconds();
        out.printf("[%4d s] %s%n", seconds, format.formatted(arguments));
        out.flush();
    }
}
