package io.bursar.processors;

import io.bursar.ledger.Decision;
import io.bursar.ledger.Ledger;
import io.bursar.schemas.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Notices that deadlines have passed and has the ledger expire their orders, in slices, so that commands go on
 * meanwhile. Waits until what lay in the inputs at a deadline has been processed: an expiry must not overtake an
 * extension or a fill. All its state is in the store, so a restart or a move changes nothing.
 */
final class ExpiryTimer {
    /**
     * How often it looks while nothing is overdue. Each look costs its thread a transaction, and adds to the two
     * seconds within which reservations are released.
     */
    private static final Duration IDLE_INTERVAL = Duration.ofMillis(400);

    /** How often it looks while a burst drains. The thread goes on with commands between any two looks. */
    private static final Duration BUSY_INTERVAL = Duration.ofMillis(60);

    /** With the stream's own clock: how old the news may be that the inputs are read to their end. */
    private static final long STREAM_TOLERANCE_MS = 2_000;

    /** Between two looks at the clock. */
    private static final int ORDERS_AT_ONCE = 100;

    private static final int ALARMS_AT_ONCE = 100;

    private final ProcessorContext<byte[], Object> context;
    private final LedgerSettings settings;
    private final InputProgress progress;
    private final Ledger ledger;
    private final LedgerStore store;
    private final Sweeper sweeper;
    private final BiConsumer<StoredAccount, Decision> writer;
    private final Map<String, Long> lastProcessedOffsets = new HashMap<>();
    private final SliceShares shares = SliceShares.ofThisThread();
    private Instant latestOccurrence = Instant.EPOCH;
    private Cancellable schedule;
    private boolean busy;

    ExpiryTimer(
            ProcessorContext<byte[], Object> context,
            LedgerSettings settings,
            InputProgress progress,
            Ledger ledger,
            LedgerStore store,
            Sweeper sweeper,
            BiConsumer<StoredAccount, Decision> writer) {
        this.context = context;
        this.settings = settings;
        this.progress = progress;
        this.ledger = ledger;
        this.store = store;
        this.sweeper = sweeper;
        this.writer = writer;
        var topics = settings.topics();
        for (var topic : List.of(
                topics.accounts(), topics.balanceUpdates(), topics.orders(), topics.fills(), topics.transfers())) {
            lastProcessedOffsets.put(topic, -1L);
        }
        schedule = schedule(IDLE_INTERVAL);
    }

    /** The task has taken a record. */
    void processed(RecordMetadata metadata) {
        lastProcessedOffsets.put(metadata.topic(), metadata.offset());
    }

    /** The ledger has decided something that happened at {@code occurredAt}, as its producer says. */
    void occurred(Instant occurredAt, Instant receivedAt) {
        var latest = receivedAt.plus(settings.rules().futureTolerance());
        var occurrence = occurredAt.isAfter(latest) ? latest : occurredAt;
        if (occurrence.isAfter(latestOccurrence)) {
            latestOccurrence = occurrence;
        }
    }

    /** Ends it. Kafka Streams itself keeps the schedule when it suspends a task and starts it again. */
    void close() {
        schedule.cancel();
        setBusy(false);
    }

    private void look(long nowMs) {
        long stopAtNanos = System.nanoTime() + shares.sliceNanos(busy);
        boolean more = expire(nowMs, stopAtNanos);
        if (!more) {
            sweeper.sweep(stopAtNanos);
        }
        if (more != busy) {
            setBusy(more);
            schedule.cancel();
            schedule = schedule(busy ? BUSY_INTERVAL : IDLE_INTERVAL);
        }
    }

    private void setBusy(boolean nowBusy) {
        if (nowBusy && !busy) {
            shares.join();
        } else if (!nowBusy && busy) {
            shares.leave();
        }
        busy = nowBusy;
    }

    /** Whether the slice ended before the overdue orders did. */
    private boolean expire(long nowMs, long stopAtNanos) {
        var now = now(nowMs);
        if (store.alarmsBefore(Micros.of(now), 1).isEmpty()) {
            return false;
        }
        var horizon = horizon(now, nowMs);
        while (true) {
            var alarms = store.alarmsBefore(Micros.of(horizon), ALARMS_AT_ONCE);
            if (alarms.isEmpty()) {
                return false;
            }
            for (var alarm : alarms) {
                expire(alarm, horizon);
                if (System.nanoTime() >= stopAtNanos) {
                    return true;
                }
            }
        }
    }

    private void expire(LedgerStore.Alarm alarm, Instant horizon) {
        var account = store.account(alarm.accountId());
        if (account.alarmMicros() != alarm.micros()) {
            store.removeAlarm(alarm);
            return;
        }
        var decision = ledger.expire(account, horizon, ORDERS_AT_ONCE);
        if (decision.entries().isEmpty()) {
            account.resetAlarm();
        } else {
            writer.accept(account, decision);
        }
    }

    private Instant now(long nowMs) {
        return switch (settings.expiryClock()) {
            case WALL -> Instant.ofEpochMilli(nowMs);
            case STREAM -> latestOccurrence;
        };
    }

    /** Deadlines before this have passed, and what lay in the inputs when they did has been processed. */
    private Instant horizon(Instant now, long nowMs) {
        long caughtUpToMs = progress.caughtUpToMs(context.taskId().partition(), lastProcessedOffsets);
        return switch (settings.expiryClock()) {
            case WALL -> Instant.ofEpochMilli(Math.clamp(caughtUpToMs, 0, nowMs));
            case STREAM -> nowMs - caughtUpToMs > STREAM_TOLERANCE_MS ? Instant.EPOCH : now;
        };
    }

    private Cancellable schedule(Duration interval) {
        return context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::look);
    }
}
