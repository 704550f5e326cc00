package io.bursar.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The one folder that holds all a stack writes. A marker file tells it from a folder of something else. */
final class DataFolder {
    private static final String MARKER = "bursar-data";
    private static final String MARKER_PREFIX = "bursar data format ";
    private static final int FORMAT = 1;

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /**
     * The folder at {@code path}, made if it is not there.
     *
     * @throws StackException if it is not a folder, holds something else, is damaged, or has another format
     */
    static DataFolder openOrCreate(Path path) {
        try {
            if (Files.notExists(path) || isEmptyFolder(path)) {
                Files.createDirectories(path);
                Files.writeString(path.resolve(MARKER), MARKER_PREFIX + FORMAT + "\n");
            }
            var folder = open(path);
            Files.createDirectories(folder.logs());
            return folder;
        } catch (IOException e) {
            throw new StackException("The data folder " + path + " cannot be used: " + reason(e) + ".", e);
        }
    }

    /**
     * The folder at {@code path}, which must be there.
     *
     * @throws StackException as in {@link #openOrCreate}
     */
    static DataFolder open(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new StackException(path + " is a file, not a folder; choose another data folder with --data.");
        }
        if (!Files.isReadable(path) || !Files.isWritable(path)) {
            throw new StackException("The data folder " + path + " cannot be read and written by this user.");
        }
        requireKnownFormat(path);
        return new DataFolder(path);
    }

    private static void requireKnownFormat(Path path) {
        var marker = readMarker(path);
        if (marker.equals(MARKER_PREFIX + FORMAT)) {
            return;
        }
        var version = marker.startsWith(MARKER_PREFIX) ? marker.substring(MARKER_PREFIX.length()) : "";
        if (version.matches("[0-9]{1,9}")) {
            throw new StackException("The data folder " + path + " has format " + version
                    + ", but this version of Bursar reads format " + FORMAT + ".");
        }
        throw new StackException("The data folder " + path + " is damaged: its file " + MARKER + " does not say \""
                + MARKER_PREFIX + FORMAT + "\".");
    }

    private static String readMarker(Path path) {
        try {
            return Files.readString(path.resolve(MARKER)).strip();
        } catch (NoSuchFileException e) {
            throw new StackException(
                    "The folder " + path + " holds something other than Bursar's data (it has no file " + MARKER
                            + "); choose another data folder with --data.",
                    e);
        } catch (IOException e) {
            throw new StackException("The data folder " + path + " cannot be read: " + reason(e) + ".", e);
        }
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (var entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    /** The exception's name matters: the message of a file system exception is often only the path. */
    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    Path path() {
        return path;
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path log(String component) {
        return logs().resolve(component + ".log");
    }

    Path stateFile() {
        return path.resolve("stack.json");
    }

    /** A folder of this component's own, made if it is not there. */
    Path folderOf(ComponentName component) {
        return create(path.resolve(component.toString()));
    }

    /** For what the component's processes may forget. */
    Path temporaryFolderOf(ComponentName component) {
        return path.resolve("tmp").resolve(component.toString());
    }

    /** Removes what is in the folder, and makes it if it is not there. */
    static void makeEmpty(Path folder) {
        deleteTree(folder);
        create(folder);
    }

    /** Removes the folder and all it holds. */
    void delete() {
        deleteTree(path);
    }

    private static Path create(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StackException("The folder " + folder + " cannot be made: " + reason(e) + ".", e);
        }
    }

    private static void deleteTree(Path root) {
        if (Files.notExists(root)) {
            return;
        }
        try {
            Files.walkFileTree(root, new Deleter());
        } catch (IOException e) {
            throw new StackException("The folder " + root + " cannot be removed: " + reason(e) + ".", e);
        }
    }

    /** Does not follow symbolic links, so nothing outside the folder is touched. */
    private static final class Deleter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
