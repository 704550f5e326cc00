package io.bursar.cli;

import io.bursar.cli.base.DataFolderOption;
import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.FirstKey;
import io.bursar.topology.settings.HttpAuth;
import io.bursar.topology.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The API key of a local stack, in its data folder, where only its user can read it. */
final class LocalKey {
    private static final String NAME = "local";

    private LocalKey() {}

    /** @throws CommandException when it is there and cannot be read */
    static Optional<String> read(DataFolderOption data) {
        var file = data.client().apiKeyFile();
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new CommandException("The API key in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Makes the first key of a stack and keeps it.
     *
     * @param settings of the stack's clients
     * @return the key; empty when there is one already, or the stack asks for none
     * @throws CommandException when it cannot be made or kept
     */
    static Optional<String> makeFirst(DataFolderOption data, Settings settings) throws InterruptedException {
        if (settings.get(Settings.HTTP_AUTH) == HttpAuth.NONE) {
            return Optional.empty();
        }
        try (var connection = new Connection(settings)) {
            if (FirstKey.isThere(connection)) {
                return Optional.empty();
            }
            var key = FirstKey.make(connection, NAME).text();
            keep(key, data.client().apiKeyFile());
            return Optional.of(key);
        }
    }

    private static void keep(String key, Path file) {
        try {
            Files.deleteIfExists(file);
            // Before there is anything in it to read.
            if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, key + "\n");
        } catch (IOException e) {
            throw new CommandException("The API key cannot be kept in " + file + ": " + e.getMessage(), e);
        }
    }
}
