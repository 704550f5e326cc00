package io.bursar.vault;

/** Something is no private key that can be used. The message names the rule, and holds nothing of what was given. */
public final class PrivateKeyException extends RuntimeException {
    PrivateKeyException(String message) {
        super(message);
    }
}
