package io.bursar.cli;

import io.bursar.cli.base.DataFolderOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar down}. */
@Command(
        name = "down",
        description = "Stops the stack that `bursar up` started; what it stored stays.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataFolderOption data;

    @Option(names = "--wipe", description = "Remove the data folder as well, with everything that was stored.")
    private boolean wipe;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var client = data.client();
        var stopped = client.down(new StackProgress(out));
        out.println(stopped ? "Stopped." : "No stack runs on " + data.folder() + ".");
        if (wipe) {
            out.println(client.wipe() ? "Removed " + data.folder() + "." : data.folder() + " does not exist.");
        }
        return 0;
    }
}
