package io.bursar.cli.base;

import io.bursar.cli.clients.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Whether the user agrees to what cannot be taken back. */
public final class ConsentOption {
    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    /**
     * Returns when the user has agreed, beforehand or now.
     *
     * @param question such as {@code "Send 3 letters again?"}
     * @throws CommandException when the answer is anything but yes
     */
    public void require(CommandLine command, String question) {
        if (yes) {
            return;
        }
        command.getOut().print(question + " [y/N] ");
        command.getOut().flush();
        var answer = readLine();
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new CommandException("Nothing was done; --yes does it without asking.");
        }
    }

    private static String readLine() {
        try {
            return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("the answer cannot be read", e);
        }
    }
}
