package io.bursar.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;

/** Runs commands in this process and keeps what the last one has written. */
public final class Cli {
    private Map<String, String> environment;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    /** @param environment what there is instead of the process's own */
    public Cli(Map<String, String> environment) {
        this.environment = environment;
    }

    /** For the commands from now on. */
    public void environment(Map<String, String> now) {
        environment = now;
    }

    /**
     * The exit code of a command.
     *
     * @param arguments with spaces between them
     * @param more arguments, as they are
     */
    public int execute(String arguments, String... more) {
        out = new StringWriter();
        err = new StringWriter();
        return BursarCommand.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of(arguments.split(" ")), Stream.of(more))
                        .toArray(String[]::new));
    }

    /** What the last command has shown. */
    public String out() {
        return out.toString();
    }

    /** What the last command has said beside. */
    public String err() {
        return err.toString();
    }
}
