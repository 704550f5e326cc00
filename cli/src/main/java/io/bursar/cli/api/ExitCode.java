package io.bursar.cli.api;

/** What the process ends with, for scripts. */
public final class ExitCode {
    /** What was asked for was done. */
    public static final int DONE = 0;

    /** It was not, for a reason that none of the others names. */
    public static final int FAILURE = 1;

    /** The command line, or a value in it, cannot be understood. */
    public static final int USAGE = 2;

    /** It was decided against. */
    public static final int REFUSED = 3;

    /** It was asked for, and the decision is not known yet. */
    public static final int UNDECIDED = 4;

    /** The key is missing or wrong, or does not allow it. */
    public static final int NOT_ALLOWED = 5;

    private ExitCode() {}
}
