package io.bursar.cli.scenario;

/** The system on which a scenario is played does not answer, or not as Bursar does. */
public final class StackException extends RuntimeException {
    /** @param reason one sentence with what was tried and where */
    StackException(String reason) {
        super(reason);
    }

    StackException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
