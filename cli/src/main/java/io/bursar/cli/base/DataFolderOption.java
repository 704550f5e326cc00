package io.bursar.cli.base;

import io.bursar.local.StackClient;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which stack a command is about. */
public final class DataFolderOption {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = ".bursar",
            description = "The folder that holds all the stack writes (default: ${DEFAULT-VALUE}).")
    private Path folder;

    public Path folder() {
        return folder;
    }

    public StackClient client() {
        return new StackClient(folder);
    }
}
