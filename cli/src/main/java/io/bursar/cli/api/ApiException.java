package io.bursar.cli.api;

/** The API did not do what it was asked for. The message says why, in sentences for the user. */
public final class ApiException extends RuntimeException {
    private final int exitCode;
    private final boolean passing;

    ApiException(int exitCode, String sentence) {
        this(exitCode, sentence, null);
    }

    ApiException(int exitCode, String sentence, Throwable cause) {
        this(exitCode, false, sentence, cause);
    }

    private ApiException(int exitCode, boolean passing, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
        this.passing = passing;
    }

    /** The API is away or busy: what failed may succeed a moment later. */
    static ApiException passing(String sentence, Throwable cause) {
        return new ApiException(ExitCode.FAILURE, true, sentence, cause);
    }

    /** Whether the same may succeed a moment later. */
    public boolean isPassing() {
        return passing;
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
