package io.bursar.vault;

/** Master keys cannot be had or kept. The message names where, the version and the rule, and holds nothing of a key. */
public final class MasterKeyException extends RuntimeException {
    MasterKeyException(String message) {
        super(message);
    }

    MasterKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
