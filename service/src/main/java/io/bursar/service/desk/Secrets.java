package io.bursar.service.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.Micros;
import io.bursar.schemas.NewToken;
import io.bursar.schemas.SealedSecret;
import io.bursar.vault.Secret;
import io.bursar.vault.SecretPlace;
import io.bursar.vault.Vault;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The secrets of broker accounts, each sealed for its account, name and version. Thread-safe. */
public final class Secrets {
    /** The name under which an account's token is sealed. */
    private static final String ACCESS_TOKEN = "accessToken";

    /** The name under which what the broker wants to see for the next token is sealed. */
    private static final String REFRESH_TOKEN = "refreshToken";

    private final Vault vault;

    /** @param vault with the keys of this installation */
    public Secrets(Vault vault) {
        this.vault = vault;
    }

    /** @param secret stays the caller's to overwrite */
    SealedSecret seal(String accountId, String name, long version, byte[] secret) {
        return sealed(name, version, vault.seal(new SecretPlace(accountId, name, version), secret));
    }

    /** All that is sealed of an account. */
    static List<SealedSecret> all(BrokerAccount account) {
        List<SealedSecret> all = new ArrayList<>(account.getSecrets());
        var token = account.getToken();
        if (token != null) {
            all.add(token.getAccess());
            if (token.getRefresh() != null) {
                all.add(token.getRefresh());
            }
        }
        return all;
    }

    /**
     * A token sealed for its account, with the hash by which it is known.
     *
     * @param access stays the caller's to overwrite
     * @param refresh what the broker wants to see for the next one, the caller's as well; null without
     * @param expiresAt null when it is not known
     */
    NewToken seal(String accountId, long version, byte[] access, byte[] refresh, Instant issuedAt, Instant expiresAt) {
        return NewToken.newBuilder()
                .setAccess(seal(accountId, ACCESS_TOKEN, version, access))
                .setRefresh(refresh == null ? null : seal(accountId, REFRESH_TOKEN, version, refresh))
                .setHash(hashOf(access))
                .setIssuedAt(Micros.floor(issuedAt))
                .setExpiresAt(expiresAt == null ? null : Micros.floor(expiresAt))
                .build();
    }

    /** SHA-256 in hexadecimal digits. */
    private static String hashOf(byte[] token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
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
