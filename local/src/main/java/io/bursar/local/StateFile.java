package io.bursar.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code stack.json}: replaced as a whole, so that a reader never sees half of it. */
final class StateFile {
    private final Path file;

    StateFile(DataFolder folder) {
        this.file = folder.stateFile();
    }

    void write(StackState state) {
        try {
            var next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, Json.write(state) + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** The last state written; empty when there is none or it cannot be understood. */
    Optional<StackState> read() {
        try {
            return Optional.of(Json.read(Files.readString(file), StackState.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            // It only describes processes; the lock decides whether they run, and the next start writes it anew.
            return Optional.empty();
        }
    }
}
