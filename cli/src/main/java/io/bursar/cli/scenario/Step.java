package io.bursar.cli.scenario;

import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One line of a scenario. */
public sealed interface Step {
    /** Where it stands in its file, from 1 on. */
    int line();

    /** As written, without its expectation. */
    String text();

    /**
     * Something is sent.
     *
     * @param receivedAt the time of the log when it arrives
     */
    record Send(int line, String text, Message message, Instant receivedAt, Expected expected) implements Step {}

    /**
     * An operator settles or discards a fill that was suspended earlier in the scenario.
     *
     * @param command complete but for the sequence of the suspended fill
     */
    record Resolve(
            int line,
            String text,
            String orderId,
            String executionId,
            Message.ToOrders command,
            Instant receivedAt,
            Expected expected)
            implements Step {}

    /** The ledger learns of an asset. */
    record ListAsset(int line, String text, Asset asset) implements Step {}

    /** The ledger learns of an instrument. */
    record ListInstrument(int line, String text, Instrument instrument) implements Step {}

    /**
     * The clock notices which orders are overdue.
     *
     * @param entries what this journals, as in {@link Expected#entries}
     */
    record Timer(int line, String text, Instant now, List<String> entries) implements Step {
        public Timer {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Something must be so.
     *
     * @param accountId empty where it is of all accounts
     * @param id of the order, asset or instrument; empty where there is no choice
     * @param strategy of a balance or position; empty: of the unallocated money
     */
    record Check(int line, String text, Subject subject, String accountId, String id, String strategy, List<Term> terms)
            implements Step {
        public Check {
            terms = List.copyOf(terms);
        }
    }

    /**
     * These fills are suspended and no others.
     *
     * @param fills as {@code e1 of o1 unknown_order}, in the order in which they were suspended
     */
    record CheckSuspended(int line, String text, String accountId, List<String> fills) implements Step {
        public CheckSuspended {
            fills = List.copyOf(fills);
        }
    }

    /**
     * What must come of something that is sent.
     *
     * @param results one, or of a trade two: the buyer's and the seller's
     * @param entries the journal entries in their order; empty: the one of each result
     * @param postings their postings, added up; empty: not stated
     */
    record Expected(List<Result> results, Optional<List<String>> entries, Optional<List<String>> postings) {
        public Expected {
            results = List.copyOf(results);
        }
    }
}
