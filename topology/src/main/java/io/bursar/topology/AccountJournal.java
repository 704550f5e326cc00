package io.bursar.topology;

import io.bursar.schemas.JournalEntry;
import java.time.Duration;
import java.util.List;

/** The committed journal entries of one account, as they come. For one thread only. */
public interface AccountJournal extends AutoCloseable {
    /** @param offset in the partition of the account's entries */
    record Numbered(long offset, JournalEntry entry) {}

    /**
     * The next entries of the account, in their order; none when there were none for so long. It may return earlier when
     * others' entries came.
     *
     * @throws RuntimeException when the journal cannot be read; reading can begin anew after the last entry
     */
    List<Numbered> poll(Duration atMost);

    @Override
    void close();
}
