package io.bursar.cli.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/** Shows a line that is made anew every second: in place on a terminal, one below the other elsewhere. */
public final class ProgressLine implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final PrintWriter out;
    private final boolean inPlace;
    private final Supplier<String> text;
    private final Thread thread = new Thread(this::run, "progress");
    private int lengthBefore;

    /**
     * Shows nothing yet.
     *
     * @param inPlace whether {@code out} is a terminal, on which a line can be written again
     * @param text called by a thread of the line's own, once a second, and by the one that closes it
     */
    public ProgressLine(PrintWriter out, boolean inPlace, Supplier<String> text) {
        this.out = out;
        this.inPlace = inPlace;
        this.text = text;
    }

    /** Shows it from now on. */
    public void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                show();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void show() {
        var line = text.get();
        if (inPlace) {
            out.print("\r" + line + " ".repeat(Math.max(0, lengthBefore - line.length())));
            lengthBefore = line.length();
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Shows the line for the last time. */
    @Override
    public void close() {
        thread.interrupt();
        show();
        if (inPlace) {
            out.println();
            out.flush();
        }
    }
}
