package io.bursar.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Held by the process that runs the stack of a data folder; the operating system frees it with the process. */
final class FolderLock implements AutoCloseable {
    /**
     * The lock files this process holds. POSIX frees a process's lock when it closes any channel on the file, so a file
     * in here is never opened a second time.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final String FILE_NAME = "lock";

    /** Who only looks whether a stack runs holds the lock for a moment as well. */
    private static final int ATTEMPTS = 5;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(40);

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The lock, or nothing if a stack runs on this folder. */
    static Optional<FolderLock> acquire(DataFolder folder) {
        var lock = tryAcquire(folder);
        for (var attempt = 1; lock.isEmpty() && attempt < ATTEMPTS; attempt++) {
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            lock = tryAcquire(folder);
        }
        return lock;
    }

    private static Optional<FolderLock> tryAcquire(DataFolder folder) {
        var file = fileIn(folder);
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        FolderLock lock = null;
        try {
            lock = lockOrNull(file);
            return Optional.ofNullable(lock);
        } catch (IOException e) {
            throw new StackException("The data folder " + folder.path() + " cannot be locked: " + e.getMessage(), e);
        } finally {
            if (lock == null) {
                HELD.remove(file);
            }
        }
    }

    private static Path fileIn(DataFolder folder) {
        return folder.path().resolve(FILE_NAME);
    }

    private static FolderLock lockOrNull(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return null;
        }
        return new FolderLock(file, channel);
    }

    /** Whether a stack ever ran on the folder at {@code path}, which need not be a data folder or be there at all. */
    static boolean wasEverTaken(Path path) {
        return Files.exists(path.resolve(FILE_NAME));
    }

    /** Whether a stack runs on this folder, in this process or another one. */
    static boolean isHeld(DataFolder folder) {
        if (Files.notExists(fileIn(folder))) {
            return false;
        }
        try (var lock = tryAcquire(folder).orElse(null)) {
            return lock == null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StackException("The lock " + file + " cannot be released: " + e.getMessage(), e);
        } finally {
            HELD.remove(file);
        }
    }
}
