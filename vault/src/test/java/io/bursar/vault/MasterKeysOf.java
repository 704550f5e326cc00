package io.bursar.vault;

import java.util.List;
import java.util.Optional;

/** Any keys, the last being the newest. */
record MasterKeysOf(List<MasterKey> keys) implements MasterKeys {
    @Override
    public MasterKey newest() {
        return keys.getLast();
    }

    @Override
    public Optional<MasterKey> ofVersion(int version) {
        return keys.stream().filter(key -> key.version() == version).findFirst();
    }
}
