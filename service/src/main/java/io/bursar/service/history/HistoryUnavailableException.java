package io.bursar.service.history;

/** The database cannot be asked, or does not answer in time. The cause is for the log. */
public final class HistoryUnavailableException extends RuntimeException {
    HistoryUnavailableException(Throwable cause) {
        super("the database of postgres.url cannot be asked at the moment", cause);
    }
}
