package io.bursar.topology;

/** The account's partition cannot be read on any instance at the moment; it is worth asking again soon. */
public final class UnavailableException extends RuntimeException {
    /** Without a cause beyond what the message says. */
    public UnavailableException(String message) {
        super(message);
    }

    UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
