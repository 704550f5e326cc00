package io.bursar.topology.commands;

/**
 * The log did not confirm that it has the command. It may have it all the same: whoever sends the command again under the
 * same id is told what was decided.
 */
public final class NotWrittenException extends RuntimeException {
    /** @param message what was not confirmed, and why */
    public NotWrittenException(String message) {
        super(message);
    }

    NotWrittenException(String message, Throwable cause) {
        super(message, cause);
    }
}
