package io.bursar.cli;

import io.bursar.cli.clients.Connection;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that works on the topics of a system. */
@Command(mixinStandardHelpOptions = true)
abstract class TargetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TargetOptions target;

    final TargetOptions target() {
        return target;
    }

    /** The caller closes it. */
    final Connection connect() {
        return new Connection(target.find().settings());
    }

    final CommandLine commandLine() {
        return spec.commandLine();
    }

    final PrintWriter out() {
        return commandLine().getOut();
    }

    /** For arguments that do not fit together. */
    final ParameterException usage(String sentence) {
        return new ParameterException(commandLine(), sentence);
    }
}
