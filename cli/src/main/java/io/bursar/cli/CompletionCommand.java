package io.bursar.cli;

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
        BASH,
        ZSH
    }

    /** zsh understands the script of bash after this; the script itself asks for less when compinit has run before. */
    private static final String FOR_ZSH =
            "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell;

    @Override
    public Integer call() {
        var bursar = spec.parent();
        var out = spec.commandLine().getOut();
        if (shell == Shell.ZSH) {
            out.print(FOR_ZSH);
        }
        out.print(AutoComplete.bash(bursar.name(), bursar.commandLine()));
        out.flush();
        return 0;
    }
}
