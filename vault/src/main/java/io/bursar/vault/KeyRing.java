package io.bursar.vault;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Master keys that do not change, and the rules for how they are written as text. */
final class KeyRing implements MasterKeys {
    private final NavigableMap<Integer, MasterKey> keys;

    private KeyRing(NavigableMap<Integer, MasterKey> keys) {
        this.keys = keys;
    }

    /**
     * At least one key, each version and each key once.
     *
     * @param source where they come from, for messages
     * @throws MasterKeyException when they are otherwise
     */
    static KeyRing of(String source, List<MasterKey> given) {
        if (given.isEmpty()) {
            throw new MasterKeyException(source + ": no master key is in it");
        }
        var keys = new TreeMap<Integer, MasterKey>();
        for (var key : given) {
            for (var other : keys.values()) {
                if (other.version() == key.version()) {
                    throw new MasterKeyException(source + ": " + key + " is in it twice");
                }
                if (Arrays.equals(other.key().getEncoded(), key.key().getEncoded())) {
                    throw new MasterKeyException(
                            source + ": " + key + " must be another key than version " + other.version());
                }
            }
            keys.put(key.version(), key);
        }
        return new KeyRing(keys);
    }

    /**
     * A key as it is written.
     *
     * @param source where it is written, for messages
     * @throws MasterKeyException when version or key are no such text; it repeats neither, as they may be swapped
     */
    static MasterKey parse(String source, String version, String base64) {
        int number = parseVersion(source, version);
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Its message quotes the key, so it is no cause.
            throw new MasterKeyException(source + ": master key version " + number + " must be " + MasterKey.BYTES
                    + " bytes in base64, but is no base64");
        }
        if (key.length != MasterKey.BYTES) {
            throw new MasterKeyException(source + ": master key version " + number + " must be " + MasterKey.BYTES
                    + " bytes in base64, but has " + key.length);
        }
        return new MasterKey(number, key);
    }

    private static int parseVersion(String source, String version) {
        if (version.matches("[1-9][0-9]{0,9}")) {
            long number = Long.parseLong(version);
            if (number <= Integer.MAX_VALUE) {
                return (int) number;
            }
        }
        throw new MasterKeyException(
                source + ": the version of a master key must be a whole number from 1 to " + Integer.MAX_VALUE);
    }

    @Override
    public MasterKey newest() {
        return keys.lastEntry().getValue();
    }

    @Override
    public Optional<MasterKey> ofVersion(int version) {
        return Optional.ofNullable(keys.get(version));
    }
}
