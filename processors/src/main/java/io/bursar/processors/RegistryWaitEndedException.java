package io.bursar.processors;

/** The instance ends while something of it waits for the schema registry. No failure: nothing was lost or skipped. */
public final class RegistryWaitEndedException extends RuntimeException {
    RegistryWaitEndedException(String message) {
        super(message);
    }

    /** Whether this is what an exception comes from. */
    public static boolean isCauseOf(Throwable failure) {
        var cause = failure;
        while (cause != null && !(cause instanceof RegistryWaitEndedException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }
}
