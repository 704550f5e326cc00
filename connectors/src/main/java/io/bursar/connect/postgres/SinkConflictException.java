package io.bursar.connect.postgres;

/**
 * The tables, the journal or another task contradict what this task was about to write, and nothing of it was written.
 * Trying again does not help; the message says what an operator has to look at.
 */
public final class SinkConflictException extends RuntimeException {
    SinkConflictException(String message) {
        super(message);
    }
}
