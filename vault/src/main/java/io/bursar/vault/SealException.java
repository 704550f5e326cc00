package io.bursar.vault;

/** A sealed secret cannot be opened. The message names place, version and rule, and holds nothing of the secret. */
public final class SealException extends RuntimeException {
    /** Why. */
    public enum Reason {
        /** The master key under which it was sealed is not among those that there are. */
        UNKNOWN_KEY_VERSION,
        /** The bytes, the place or the master key are not those of when it was sealed. */
        DOES_NOT_OPEN,
        /** The bytes are not those of a sealed secret. */
        BAD_FORMAT
    }

    private final Reason reason;

    SealException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    SealException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
