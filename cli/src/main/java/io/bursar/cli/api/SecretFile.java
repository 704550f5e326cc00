package io.bursar.cli.api;

import io.bursar.cli.clients.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads files that hold keys or other secrets, and refuses those that others may read, as ssh does. */
public final class SecretFile {
    private static final Set<PosixFilePermission> OWN = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private SecretFile() {}

    /**
     * Its text, UTF-8; empty when there is no such file.
     *
     * @throws CommandException when others than its owner have any right to it, or it cannot be read
     */
    public static Optional<String> read(Path file) {
        try {
            if (!OWN.containsAll(Files.getPosixFilePermissions(file))) {
                throw new CommandException(
                        "%s holds secrets, but others than its owner may use it: `chmod 600 %s` and then again."
                                .formatted(file, file));
            }
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CommandException("%s cannot be read: %s.".formatted(file, e), e);
        }
    }
}
