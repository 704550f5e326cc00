package io.bursar.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file of master keys: on each line {@code version:key}, the key being 32 bytes in base64; empty lines, and those that
 * begin with {@code #}, say nothing. Nobody but its owner may have any right to it. It has to lie on a file system with
 * POSIX permissions and hard links. For any thread and any number of processes.
 */
public final class KeyFile {
    private static final Set<PosixFilePermission> OF_OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final String HEADING =
            "# Master keys of Bursar's vault. Keep a copy of them apart: without them its secrets are lost.\n";

    private final Path file;

    /** Looks at no file yet. */
    public KeyFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * Its keys, which are read now and again whenever the file has changed: a version that was added is known at the next
     * use. Each use looks at the file, and fails while that is not as it must be.
     *
     * @throws MasterKeyException when the file is not there, is not as it must be, or cannot be read
     */
    public MasterKeys keys() {
        return new FileKeys(this);
    }

    /**
     * Makes the file with one random key, version 1, if it is not there. However many do so at once, one makes it.
     *
     * @return whether it was made by this call
     * @throws MasterKeyException when it is not there and cannot be made
     */
    public boolean createIfAbsent() {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            var draft = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".draft", FOR_OWNER_ONLY);
            try {
                write(draft, HEADING + lineOfNewKey(1));
                // Unlike a move, a link never takes the place of a file that another process has made meanwhile.
                Files.createLink(file, draft);
            } finally {
                Files.delete(draft);
            }
            force(file.getParent());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            throw new MasterKeyException(file + ": the file of master keys cannot be made, " + e, e);
        }
    }

    /**
     * Adds a random key under the version after the newest. The file is replaced as a whole, and keeps its owner.
     *
     * @return the version
     * @throws MasterKeyException when another version is being added, the file is not as it must be, or cannot be replaced
     */
    public int addVersion() {
        readState();
        try {
            var target = file.toRealPath();
            var next = target.resolveSibling(target.getFileName() + ".next");
            requireOnlyOne(next);
            int version;
            try {
                version = writeWithNextVersion(target, next);
                Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(next);
                throw e;
            }
            force(target.getParent());
            return version;
        } catch (IOException e) {
            throw new MasterKeyException(file + ": no version can be added, " + e, e);
        }
    }

    /** The file that will take the place of the other is the lock as well. */
    private static void requireOnlyOne(Path next) throws IOException {
        try {
            Files.createFile(next, FOR_OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            throw new MasterKeyException(
                    next + " is there, so a version is being added: delete it if that was interrupted", e);
        }
    }

    private int writeWithNextVersion(Path target, Path next) throws IOException {
        var text = text();
        int newest = parse(text).newest().version();
        if (newest == Integer.MAX_VALUE) {
            throw new MasterKeyException(file + ": no version can be after " + newest);
        }
        int version = newest + 1;
        write(next, (text.endsWith("\n") ? text : text + "\n") + lineOfNewKey(version));
        var owner = Files.getOwner(target);
        if (!owner.equals(Files.getOwner(next))) {
            Files.setOwner(next, owner);
        }
        return version;
    }

    /**
     * What tells whether the file has changed.
     *
     * @throws MasterKeyException when it is not there, or others than its owner may use it
     */
    State readState() {
        try {
            var attributes = Files.readAttributes(file, PosixFileAttributes.class);
            if (!OF_OWNER.containsAll(attributes.permissions())) {
                throw new MasterKeyException(
                        "%s holds master keys, but others than its owner may use it: `chmod 600 %s`"
                                .formatted(file, file));
            }
            return new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (NoSuchFileException e) {
            throw new MasterKeyException(file + ": the file of master keys is not there", e);
        } catch (UnsupportedOperationException e) {
            throw new MasterKeyException(
                    file + ": its file system must have POSIX permissions, so that nobody else can read master keys",
                    e);
        } catch (IOException e) {
            throw cannotBeRead(e);
        }
    }

    /** @throws MasterKeyException when it cannot be read, or is not as it must be */
    KeyRing read() {
        try {
            return parse(text());
        } catch (IOException e) {
            throw cannotBeRead(e);
        }
    }

    private MasterKeyException cannotBeRead(IOException e) {
        return new MasterKeyException(file + ": the file of master keys cannot be read, " + e, e);
    }

    /** In Latin-1, in which any bytes are text and stay as they are when they are written again. */
    private String text() throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private KeyRing parse(String text) {
        var keys = new ArrayList<MasterKey>();
        int number = 0;
        for (var line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var source = file + ", line " + number;
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new MasterKeyException(source + ": it must be version:key, or begin with #");
            }
            keys.add(KeyRing.parse(
                    source,
                    line.substring(0, colon).strip(),
                    line.substring(colon + 1).strip()));
        }
        return KeyRing.of(file.toString(), keys);
    }

    private static String lineOfNewKey(int version) {
        try (var key = AesKey.random()) {
            return version + ":" + Base64.getEncoder().encodeToString(key.getEncoded()) + "\n";
        }
    }

    /** On the disk when it returns: what is sealed with a key must not outlive it. */
    private static void write(Path target, String text) throws IOException {
        try (var channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Brings the names in a folder to the disk. */
    private static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** @param fileKey tells one file from another that took its name */
    record State(FileTime modified, long bytes, Object fileKey) {}
}
