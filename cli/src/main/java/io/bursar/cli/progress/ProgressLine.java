package io.bursar.cli.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/** Shows a line that is made anew every second: in place on a terminal, one below the other elsewhere. */
public final class ProgressLine {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final PrintWriter out;
    private final boolean inPlace;
    private final Supplier<String> text;
    private final Thread thread = new Thread(this::run, "progress");
    private int lengthBefore;

    /** What takes long. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        /** Done in the thread of the caller, whose exceptions it throws. */
        T run() throws E;
    }

    /** What takes long and writes meanwhile to where the line may be seen as well. */
    @FunctionalInterface
    public interface Writing<T, E extends Exception> {
        /**
         * Done in the thread of the caller, whose exceptions it throws.
         *
         * @param line to write {@link #beside}
         */
        T run(ProgressLine line) throws E;
    }

    private ProgressLine(PrintWriter out, Supplier<String> text) {
        this.out = out;
        // Java 21 and later ones differ in how they tell a terminal; picocli knows all of them.
        this.inPlace = Ansi.AUTO.enabled();
        this.text = text;
    }

    /**
     * Works in the caller's thread, with a line beside it.
     *
     * @param text called by a thread of the line's own, once a second, and by the caller's at the end
     */
    public static <T, E extends Exception> T during(PrintWriter out, Supplier<String> text, Work<T, E> work) throws E {
        return during(out, text, (Writing<T, E>) line -> work.run());
    }

    /** The same for work that writes. */
    public static <T, E extends Exception> T during(PrintWriter out, Supplier<String> text, Writing<T, E> work)
            throws E {
        var line = new ProgressLine(out, text);
        line.thread.setDaemon(true);
        line.thread.start();
        try {
            return work.run(line);
        } finally {
            line.end();
        }
    }

    /** Writes to where the line may be seen as well; on a terminal the line makes room for it. */
    public synchronized void beside(Runnable writing) {
        if (inPlace && lengthBefore > 0) {
            out.print("\r" + " ".repeat(lengthBefore) + "\r");
            out.flush();
            lengthBefore = 0;
        }
        writing.run();
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
    private void end() {
        thread.interrupt();
        show();
        if (inPlace) {
            out.println();
            out.flush();
        }
    }
}
