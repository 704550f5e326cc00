package io.bursar.vault;

import java.util.Optional;

/** The keys of a file as they are at each use. */
final class FileKeys implements MasterKeys {
    private final KeyFile file;
    private volatile Reading last;

    FileKeys(KeyFile file) {
        this.file = file;
        this.last = read(file.readState());
    }

    @Override
    public MasterKey newest() {
        return current().newest();
    }

    @Override
    public Optional<MasterKey> ofVersion(int version) {
        return current().ofVersion(version);
    }

    private KeyRing current() {
        var state = file.readState();
        var reading = last;
        if (!reading.state().equals(state)) {
            reading = read(state);
            last = reading;
        }
        return reading.keys();
    }

    /** @param state from before the reading: what is written meanwhile makes the next use read again */
    private Reading read(KeyFile.State state) {
        return new Reading(state, file.read());
    }

    private record Reading(KeyFile.State state, KeyRing keys) {}
}
