package io.bursar.connect.redis;

/** Entries of an account are missing where they should be. */
final class JournalGapException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param last the sequence of the last entry that was there, 0 for none */
    JournalGapException(String accountId, long last, long next) {
        super("account %s: entry %d follows entry %d".formatted(accountId, next, last));
    }
}
