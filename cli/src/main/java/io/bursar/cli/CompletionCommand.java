package io.bursar.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bursar completion}. */
@Command(
        name = "completion",
        description = "Prints the script with which a shell completes commands and options of bursar. For ~/.bashrc or"
                + " ~/.zshrc: `source <(bursar completion bash)`, or zsh.",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    /** Whose completion it is. */
    enum Shell {
        BASH("", "completion.bash"),
        ZSH("_bursar_complete_aliases=${options[complete_aliases]}\n", "completion.zsh");

        private final String before;
        private final String after;

        /**
         * @param before the script that picocli makes for both shells
         * @param after it, the name of a resource: what the shell needs beside
         */
        Shell(String before, String after) {
            this.before = before;
            this.after = after;
        }

        private String complete(String script) {
            try (var rest = CompletionCommand.class.getResourceAsStream(after)) {
                return before + script + new String(rest.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(after + " cannot be read", e);
            }
        }

        /** As people write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell;

    @Override
    public Integer call() {
        var bursar = spec.parent();
        var out = spec.commandLine().getOut();
        out.print(shell.complete(AutoComplete.bash(bursar.name(), bursar.commandLine())));
        out.flush();
        return 0;
    }
}
