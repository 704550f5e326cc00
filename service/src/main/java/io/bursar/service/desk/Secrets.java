package io.bursar.service.desk;

import io.bursar.schemas.SealedSecret;
import io.bursar.vault.Secret;
import io.bursar.vault.SecretPlace;
import io.bursar.vault.Vault;
import java.nio.ByteBuffer;

/** The secrets of broker accounts, each sealed for its account, name and version. Thread-safe. */
public final class Secrets {
    /** The name under which an account's token is sealed. */
    static final String ACCESS_TOKEN = "accessToken";

    /** The name under which what the broker wants to see for the next token is sealed. */
    static final String REFRESH_TOKEN = "refreshToken";

    private final Vault vault;

    /** @param vault with the keys of this installation */
    public Secrets(Vault vault) {
        this.vault = vault;
    }

    /** @param secret stays the caller's to overwrite */
    SealedSecret seal(String accountId, String name, long version, byte[] secret) {
        return sealed(name, version, vault.seal(new SecretPlace(accountId, name, version), secret));
    }

    /** @throws io.bursar.vault.SealException when it does not open */
    Secret open(String accountId, SealedSecret sealed) {
        return vault.open(place(accountId, sealed), bytes(sealed));
    }

    /** The same secret under the newest master key. */
    SealedSecret rewrap(String accountId, SealedSecret sealed) {
        return sealed(sealed.getName(), sealed.getVersion(), vault.rewrap(place(accountId, sealed), bytes(sealed)));
    }

    int newestKeyVersion() {
        return vault.newestKeyVersion();
    }

    private SealedSecret sealed(String name, long version, byte[] bytes) {
        return new SealedSecret(name, version, vault.keyVersionOf(bytes), ByteBuffer.wrap(bytes));
    }

    private static SecretPlace place(String accountId, SealedSecret sealed) {
        return new SecretPlace(accountId, sealed.getName(), sealed.getVersion());
    }

    private static byte[] bytes(SealedSecret sealed) {
        var bytes = new byte[sealed.getSealed().remaining()];
        sealed.getSealed().duplicate().get(bytes);
        return bytes;
    }
}
