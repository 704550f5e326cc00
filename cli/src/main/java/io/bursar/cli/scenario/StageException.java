package io.bursar.cli.scenario;

/** The system on which a scenario is played does not answer, or not as Bursar does. */
public final class StageException extends RuntimeException {
    /** @param reason one sentence with what was tried and where */
    public StageException(String reason) {
        super(reason);
    }

    StageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
