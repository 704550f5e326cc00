package io.bursar.processors;

/** A record that is no well-formed command: it goes to the dead letters with this message as its cause. */
final class BadRecordException extends Exception {
    BadRecordException(String message) {
        super(message);
    }

    BadRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
