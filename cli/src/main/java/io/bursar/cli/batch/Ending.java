package io.bursar.cli.batch;

/**
 * How the sending of a file has ended.
 *
 * @param exitCode one of {@link io.bursar.cli.api.ExitCode}
 * @param sentence why it has ended before the end of the file, and where it goes on; empty when it has not
 */
public record Ending(int exitCode, String sentence) {
    static Ending atEnd(int exitCode) {
        return new Ending(exitCode, "");
    }
}
