package io.bursar.cli.scenario;

import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where scenarios are played: the bare ledger, its topology in memory, or a running system. Used by one thread. Close it
 * when no more scenarios are played.
 */
public interface Stage extends AutoCloseable {
    /** What reports call it. */
    String name();

    /** Whether the times that its log gives to records are those of the scenario; where not, the machine's clock rules. */
    boolean setsTheClock();

    /**
     * Begins a scenario, with nothing left of those before: no account of it was ever opened, and nothing of its
     * reference data is known but what {@link Play#list} says.
     */
    Play begin(Scenario scenario);

    @Override
    void close();

    /** One scenario in the course of being played. Names and times are the scenario's, in both directions. */
    interface Play extends AutoCloseable {
        /** Returns when the ledger knows the asset. */
        void list(Asset asset);

        /** Returns when the ledger knows the instrument and its assets. */
        void list(Instrument instrument);

        /**
         * Sends a message and returns when it has been decided.
         *
         * @param receivedAt the time that the log gives to it, where {@link Stage#setsTheClock}
         * @throws NotPlayableException when what the scenario means cannot happen on this stage
         */
        Observed send(Message message, Instant receivedAt);

        /** Lets the clock notice what is overdue at {@code now}, and returns when that has been decided. */
        Observed notice(Instant now);

        /** What else the stage knows of the accounts, where it differs from their journal; asked after the last step. */
        List<ScenarioReport.Difference> audit();

        @Override
        void close();
    }

    /**
     * What was seen to come of something.
     *
     * @param entries the journal entries of the scenario's accounts, those of each account in their order
     * @param told the answer to its sender; empty for fills, trades and the clock
     */
    record Observed(List<JournalEntry> entries, Optional<Told> told) {
        public Observed {
            entries = List.copyOf(entries);
        }
    }

    /**
     * The answer to a command.
     *
     * @param reason the reason code of a refusal, otherwise empty
     * @param sequence the entry that holds the decision
     * @param repeated whether it had been decided before
     */
    record Told(boolean accepted, String reason, long sequence, boolean repeated) {}

    /** A scenario depends on something that this stage does not have; it is neither passed nor failed. */
    final class NotPlayableException extends RuntimeException {
        /** @param reason one sentence */
        public NotPlayableException(String reason) {
            super(reason);
        }
    }
}
