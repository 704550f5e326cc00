package io.bursar.connect.postgres;

import java.sql.SQLException;
import java.util.Set;

/** Tells failures of the database that may pass from those that will not, by their SQLSTATE. */
final class SqlFailures {
    /** Connection, insufficient resources, operator intervention, system error: whole classes. */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "53", "57", "58");

    private static final Set<String> TRANSIENT_STATES = Set.of(
            "40001", // serialization failure
            "40P01", // deadlock
            "55P03", // lock not available in time
            "25006", // read-only: a replica that is not the primary yet, or not any more
            "25P03"); // the server ended a transaction that stood idle

    /** What a name, a password or a right is missing for, no waiting brings. */
    private static final Set<String> LASTING_CLASSES = Set.of("28", "3D", "42");

    /** A database that was dropped is not coming back, although its class is that of a shutdown. */
    private static final String DATABASE_DROPPED = "57P04";

    private static final String UNKNOWN = "unknown";

    private SqlFailures() {}

    static boolean mayPass(SQLException failure) {
        boolean mayPass = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var state = sql.getSQLState();
                if (state.equals(DATABASE_DROPPED) || LASTING_CLASSES.contains(classOf(state))) {
                    return false;
                }
                mayPass |= TRANSIENT_CLASSES.contains(classOf(state)) || TRANSIENT_STATES.contains(state);
            }
            mayPass |= cause instanceof java.sql.SQLTransientException;
        }
        return mayPass;
    }

    /** The innermost that there is: what the database itself said. */
    static String state(SQLException failure) {
        String state = UNKNOWN;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
        }
        return state;
    }

    /** The first failure of the database among what led to another, or null. */
    static SQLException within(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static String classOf(String state) {
        return state.substring(0, Math.min(2, state.length()));
    }
}
