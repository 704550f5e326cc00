package io.bursar.cli.demo.replay;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.demo.flow.DecisionKey;
import io.bursar.cli.demo.flow.DecisionKey.Kind;
import io.bursar.cli.demo.flow.Expectation;
import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.flow.Outcome;
import io.bursar.schemas.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was asked of the ledger and what it has decided: knows what is still to be decided, and notices what is decided
 * otherwise than expected, twice, or without having been asked for. Safe for use by several threads.
 */
public final class Decisions {
    /** Of what is wrong or missing, so many are told in full. */
    private static final int EXAMPLES = 10;

    private record Pending(Expectation expectation, String orderId) {}

    /** How many undecided commands and fills an order has. */
    private static final class Undecided {
        int commands;
        int fills;
    }

    private final Ids ids;
    private final Duration patience;

    // All guarded by this.
    private final Map<DecisionKey, Pending> pending = new LinkedHashMap<>();
    private final Map<DecisionKey, Expectation> later = new LinkedHashMap<>();
    private final Map<String, Undecided> undecidedByOrder = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private Tally tally = new Tally();
    private long faultCount;
    private long decided;
    private RuntimeException failure;

    /**
     * @param ids tell this run's decisions from those of others, which are ignored
     * @param patience after so long without any decision, waiting for one fails
     */
    public Decisions(Ids ids, Duration patience) {
        this.ids = ids;
        this.patience = patience;
    }

    /** To be called before the message goes out. */
    public synchronized void expect(Message message) {
        for (var expectation : message.expectations()) {
            var key = expectation.key();
            if (key.kind().isAnswer()) {
                var orderId = orderId(message, key);
                pending.put(key, new Pending(expectation, orderId));
                count(orderId, key.kind(), 1);
            } else {
                later.put(key, expectation);
            }
        }
    }

    /** What the journal says, in its order. */
    public synchronized void observe(Collection<JournalEntry> entries) {
        for (var entry : entries) {
            var observation = Observation.of(entry);
            if (ids.isOurs(observation.key().id())) {
                observe(observation);
            }
        }
        notifyAll();
    }

    private void observe(Observation observation) {
        decided++;
        tally.add(observation.entry());
        var key = observation.key();
        var expectation = take(key);
        if (expectation == null) {
            fault("The %s was decided again, or without having been asked for: %s (entry %d)."
                    .formatted(key, observation.outcome(), observation.entry().getSequence()));
        } else if (!expectation.outcomes().contains(observation.outcome())) {
            fault("The %s was %s, but should have been %s (entry %d)."
                    .formatted(
                            key,
                            observation.outcome(),
                            either(expectation),
                            observation.entry().getSequence()));
        }
        if (observation.outcome().result() == Outcome.Result.REJECTED) {
            // What was not accepted does not expire.
            later.remove(DecisionKey.ofExpiry(key.accountId(), key.id()));
        }
    }

    private Expectation take(DecisionKey key) {
        if (!key.kind().isAnswer()) {
            return later.remove(key);
        }
        var taken = pending.remove(key);
        if (taken == null) {
            return null;
        }
        count(taken.orderId(), key.kind(), -1);
        return taken.expectation();
    }

    /** Nothing more will be decided: whoever waits gets this. */
    public synchronized void fail(RuntimeException reason) {
        if (failure == null) {
            failure = reason;
        }
        notifyAll();
    }

    /** Whether what the message waits for has been decided. */
    public synchronized boolean allows(Message message) {
        return switch (message.hold()) {
            case NOT_AT_ALL -> true;
            case UNTIL_COMMANDS_DECIDED -> message.orderIds().stream().noneMatch(id -> has(id, false));
            case UNTIL_ALL_DECIDED -> message.orderIds().stream().noneMatch(id -> has(id, true));
        };
    }

    private boolean has(String orderId, boolean fillsToo) {
        var undecided = undecidedByOrder.get(orderId);
        return undecided != null && (undecided.commands > 0 || (fillsToo && undecided.fills > 0));
    }

    /** How many messages' decisions are still to come; what only time brings about is not counted. */
    public synchronized int outstanding() {
        return pending.size();
    }

    /** How much of this run was decided so far. */
    public synchronized long decided() {
        return decided;
    }

    /** Begins a new count; gives the old one, which does not change any more. */
    public synchronized Tally beginTally() {
        var before = tally;
        tally = new Tally();
        return before;
    }

    /**
     * Waits until something more than {@code seen} is decided, at most a moment.
     *
     * @throws CommandException when nothing was decided for too long; it names what is missing
     */
    public synchronized void awaitMoreThan(long seen) throws InterruptedException {
        await(() -> decided > seen);
    }

    /**
     * Waits until nothing is missing any more.
     *
     * @throws CommandException when nothing was decided for too long; it names what is missing
     */
    public synchronized void awaitAll() throws InterruptedException {
        await(() -> pending.isEmpty() && later.isEmpty());
    }

    private synchronized void await(BooleanSupplier reached) throws InterruptedException {
        long lastDecided = decided;
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            if (failure != null) {
                throw failure;
            }
            if (reached.getAsBoolean()) {
                return;
            }
            if (decided != lastDecided) {
                lastDecided = decided;
                deadline = System.nanoTime() + patience.toNanos();
            }
            long leftMs = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new CommandException(missing());
            }
            wait(leftMs);
        }
    }

    /** What was decided otherwise than it should; empty when nothing was. */
    public synchronized List<String> faults() {
        return faultCount > faults.size()
                ? Stream.concat(faults.stream(), Stream.of("… and " + (faultCount - faults.size()) + " more."))
                        .toList()
                : List.copyOf(faults);
    }

    private String missing() {
        int count = pending.size() + later.size();
        var examples = Stream.concat(pending.keySet().stream(), later.keySet().stream())
                .limit(EXAMPLES)
                .map(key -> "  " + key)
                .collect(Collectors.joining(System.lineSeparator()));
        return "Nothing was decided for %d s. `bursar logs` may tell why. Decisions that are missing: %d%n%s%s"
                .formatted(
                        patience.toSeconds(),
                        count,
                        examples,
                        count > EXAMPLES ? "%n  … and %d more".formatted(count - EXAMPLES) : "");
    }

    private void fault(String sentence) {
        faultCount++;
        if (faults.size() < EXAMPLES) {
            faults.add(sentence);
        }
    }

    private static String either(Expectation expectation) {
        return expectation.outcomes().stream().map(Outcome::toString).collect(Collectors.joining(" or "));
    }

    private static String orderId(Message message, DecisionKey key) {
        return switch (key.kind()) {
            case ORDER -> key.id();
            case FILL -> key.id().substring(0, key.id().indexOf('/'));
            case COMMAND ->
                message.orderIds().isEmpty() ? null : message.orderIds().getFirst();
            case WAITING_FILL, EXPIRY -> throw new IllegalArgumentException(key + " is not an answer");
        };
    }

    private void count(String orderId, Kind kind, int change) {
        if (orderId == null) {
            return;
        }
        var undecided = undecidedByOrder.computeIfAbsent(orderId, id -> new Undecided());
        if (kind == Kind.FILL) {
            undecided.fills += change;
        } else {
            undecided.commands += change;
        }
        if (undecided.fills == 0 && undecided.commands == 0) {
            undecidedByOrder.remove(orderId);
        }
    }
}
