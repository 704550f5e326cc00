package io.bursar.vault;

/** One version of the master key. For any thread. */
public final class MasterKey {
    /** How long a key is. */
    public static final int BYTES = AesKey.BYTES;

    private final int version;
    private final AesKey key;

    /**
     * Stays in memory as long as there is a reference to it.
     *
     * @param version at least 1
     * @param key 32 bytes, copied
     * @throws IllegalArgumentException when the version is less or the key of another length
     */
    public MasterKey(int version, byte[] key) {
        if (version < 1) {
            throw new IllegalArgumentException(
                    "The version of a master key is " + version + ", but must be at least 1");
        }
        this.version = version;
        this.key = new AesKey(key.clone());
    }

    public int version() {
        return version;
    }

    AesKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "master key version " + version;
    }
}
