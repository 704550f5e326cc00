package io.bursar.topology;

/** The account's partition cannot be read on any instance at the moment; it is worth asking again soon. */
public final class UnavailableException extends RuntimeException {
    UnavailableException(String message) {
        super(message);
    }

    UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
