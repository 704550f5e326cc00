package io.bursar.processors;

/** A record that is no well-formed command: it goes to the dead letters with this message as its cause. */
public final class BadRecordException extends Exception {
    /** @param message names the field, the value and the rule */
    public BadRecordException(String message) {
        super(message);
    }

    /** @param message names the field, the value and the rule */
    public BadRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
