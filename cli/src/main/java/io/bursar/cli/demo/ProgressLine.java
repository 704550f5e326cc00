package io.bursar.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/** Shows a line that is made anew every second: in place on a terminal, one below the other elsewhere. */
final class ProgressLine implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final PrintWriter out;
    private final boolean inPlace;
    private final Supplier<String> text;
    private final Thread thread = new Thread(this::run, "demo-progress");
    private int lengthBefore;

    /** @param text called by a thread of the line's own, once a second, and by the one that closes it */
    ProgressLine(PrintWriter out, boolean inPlace, Supplier<String> text) {
        this.out = out;
        this.inPlace = inPlace;
        this.text = text;
    }

    void begin() {
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
