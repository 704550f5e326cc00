package io.bursar.cli.api;

/** The API did not do what it was asked for. The message says why, in sentences for the user. */
public final class ApiException extends RuntimeException {
    private final int exitCode;

    ApiException(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    ApiException(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
