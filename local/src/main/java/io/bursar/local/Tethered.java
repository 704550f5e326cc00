package io.bursar.local;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class in a process that cannot outlive its parent: standard input is a pipe that only the parent
 * holds open, and when it ends, however the parent died, this process halts.
 */
public final class Tethered {
    /** Exit status of a process whose parent has gone. */
    private static final int PARENT_GONE = 3;

    private Tethered() {}

    /** @param args the name of the main class, then its arguments */
    public static void main(String[] args) throws Throwable {
        var tether = new Thread(Tethered::haltAtEndOfInput, "tether");
        tether.setDaemon(true);
        tether.start();
        var main = Class.forName(args[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void haltAtEndOfInput() {
        try {
            var ignored = System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("The pipe to the parent process broke: " + e.getMessage());
        }
        // Not exit(): a shutdown hook that hangs would keep this process alive without a parent.
        Runtime.getRuntime().halt(PARENT_GONE);
    }
}
