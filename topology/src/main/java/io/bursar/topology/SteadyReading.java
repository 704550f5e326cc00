package io.bursar.topology;

import io.bursar.schemas.state.AccountState;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads rows of an account while its stream thread writes them. */
final class SteadyReading {
    /** A list of a thousand orders takes some milliseconds; few accounts have a new entry in each of them. */
    private static final int ATTEMPTS = 20;

    private SteadyReading() {}

    /**
     * Reads the account, the rows, and the account again, until no entry has come in between.
     *
     * @param account gives null for one that is not there
     * @throws UnavailableException when entries come faster than the rows can be read
     */
    static <T> Optional<AccountWith<T>> of(Supplier<AccountState> account, Supplier<T> rows) {
        var before = account.get();
        for (int attempt = 0; before != null && attempt < ATTEMPTS; attempt++) {
            var read = rows.get();
            var after = account.get();
            if (after != null && after.getSequence() == before.getSequence()) {
                return Optional.of(new AccountWith<>(after, read));
            }
            before = after;
        }
        if (before == null) {
            return Optional.empty();
        }
        throw new UnavailableException("account " + before.getAccountId()
                + " changes faster than so many of its rows can be read; ask again, or for fewer");
    }
}
