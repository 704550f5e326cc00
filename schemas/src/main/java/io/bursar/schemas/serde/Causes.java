package io.bursar.schemas.serde;

/** Exceptions in words, for messages in which a bare null or a stack trace would not help. */
final class Causes {
    private Causes() {}

    /** The name and message of an exception, and of the root of its causes where that adds something. */
    static String describe(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String outer = brief(problem);
        String inner = brief(root);
        return outer.equals(inner) ? outer : outer + " (" + inner + ")";
    }

    private static String brief(Throwable problem) {
        String name = problem.getClass().getSimpleName();
        return problem.getMessage() == null ? name : name + ": " + problem.getMessage();
    }
}
