package io.bursar.vault;

import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * Seals secrets so that they can be kept where others read: each is encrypted with a data key of its own, and that is
 * wrapped with a master key, both with AES-256-GCM. A master key is good for 2^32 seals. For any thread.
 *
 * <p>All that use a master key throw {@link MasterKeyException} when it cannot be had.
 */
public final class Vault {
    private final MasterKeys masterKeys;

    public Vault(MasterKeys masterKeys) {
        this.masterKeys = masterKeys;
    }

    /**
     * Seals under the newest master key; twice the same is never the same.
     *
     * @param secret stays as it is, and the caller's to overwrite
     * @return 93 bytes more than the secret
     */
    public byte[] seal(SecretPlace place, byte[] secret) {
        try (var dataKey = AesKey.random()) {
            byte[] encrypted = AesGcm.encrypt(dataKey, SealedForm.contextOfSecret(place), secret);
            return wrapped(place, dataKey, encrypted);
        }
    }

    /**
     * Opens what was sealed for the same place.
     *
     * @throws SealException when it does not open
     */
    public Secret open(SecretPlace place, byte[] sealed) {
        var form = SealedForm.of(sealed);
        try (var dataKey = dataKey(place, form)) {
            return new Secret(AesGcm.decrypt(dataKey, SealedForm.contextOfSecret(place), form.encryptedSecret()));
        } catch (AEADBadTagException e) {
            throw new SealException(
                    SealException.Reason.DOES_NOT_OPEN, place + " does not open: its bytes are others than sealed", e);
        }
    }

    /**
     * Wraps the data key with the newest master key. The encrypted secret stays as it is, and is not opened.
     *
     * @return the sealed secret that takes the place of the given one
     * @throws SealException when the data key does not open
     */
    public byte[] rewrap(SecretPlace place, byte[] sealed) {
        var form = SealedForm.of(sealed);
        try (var dataKey = dataKey(place, form)) {
            return wrapped(place, dataKey, form.encryptedSecret());
        }
    }

    /**
     * The version of the master key that a sealed secret says it needs, not authenticated.
     *
     * @throws SealException when it is no sealed secret
     */
    public int keyVersionOf(byte[] sealed) {
        return SealedForm.of(sealed).keyVersion();
    }

    /** The version of the master key with which {@link #seal} and {@link #rewrap} wrap. */
    public int newestKeyVersion() {
        return masterKeys.newest().version();
    }

    private byte[] wrapped(SecretPlace place, AesKey dataKey, byte[] encryptedSecret) {
        var masterKey = masterKeys.newest();
        byte[] plain = dataKey.getEncoded();
        try {
            byte[] wrappedKey =
                    AesGcm.encrypt(masterKey.key(), SealedForm.contextOfDataKey(place, masterKey.version()), plain);
            return new SealedForm(masterKey.version(), wrappedKey, encryptedSecret).toBytes();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private AesKey dataKey(SecretPlace place, SealedForm form) {
        int version = form.keyVersion();
        var masterKey = masterKeys
                .ofVersion(version)
                .orElseThrow(() -> new SealException(
                        SealException.Reason.UNKNOWN_KEY_VERSION,
                        place + " is sealed under master key version " + version + ", which is not known here"));
        try {
            return new AesKey(
                    AesGcm.decrypt(masterKey.key(), SealedForm.contextOfDataKey(place, version), form.wrappedKey()));
        } catch (AEADBadTagException e) {
            throw new SealException(
                    SealException.Reason.DOES_NOT_OPEN,
                    place
                            + " does not open: it was sealed for another place, under another key than master key version "
                            + version + ", or its bytes are others than sealed",
                    e);
        }
    }
}
