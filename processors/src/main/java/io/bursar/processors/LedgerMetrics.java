package io.bursar.processors;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import io.bursar.ledger.Command;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.Withdraw;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what the processors do, under the names that Prometheus shows; a name with a label is written as {@code
 * name{label="value"}}. What an aborted transaction did and its repetition did again is counted twice. Thread-safe.
 */
public final class LedgerMetrics {
    /** Counts records that could not be used. */
    public static final String DEAD_LETTERS = "dead_letters_total";

    /** Counts headers that ask for a reply where there is no partition. */
    public static final String REPLY_ADDRESS_IGNORED = "reply_address_ignored_total";

    private final MetricRegistry registry;
    private final Counter balanceChecks;
    private final Counter reservationsCreated;
    private final Counter reservationsSettled;
    private final Counter reservationsExpired;
    private final Counter tradeLegsSettled;
    private final Counter repeats;
    private final Counter deadLetters;
    private final Counter coreFailures;
    private final Counter replyAddressesIgnored;
    private final Counter rowsForgotten;
    private final Map<String, Counter> byReason = new ConcurrentHashMap<>();

    /** Registers its counters. */
    public LedgerMetrics(MetricRegistry registry) {
        this.registry = registry;
        balanceChecks = registry.counter("account_balance_checks_total");
        reservationsCreated = registry.counter("reservation_created_total");
        reservationsSettled = registry.counter("reservation_settled_total");
        reservationsExpired = registry.counter("reservation_expired_total");
        tradeLegsSettled = registry.counter("trade_settled_total");
        repeats = registry.counter("repeats_total");
        deadLetters = registry.counter(DEAD_LETTERS);
        coreFailures = registry.counter("core_failures_total");
        replyAddressesIgnored = registry.counter(REPLY_ADDRESS_IGNORED);
        rowsForgotten = registry.counter("rows_forgotten_total");
    }

    void decided(Command command, boolean repeated) {
        if (repeated) {
            repeats.inc();
            return;
        }
        switch (command.body()) {
            case PlaceOrder place -> balanceChecks.inc();
            case AmendOrder amend -> balanceChecks.inc();
            case Withdraw withdraw -> balanceChecks.inc();
            case Transfer transfer -> balanceChecks.inc();
            case AllocateFunds allocate -> balanceChecks.inc();
            case Adjust adjust -> balanceChecks.inc();
            default -> {
                // Nothing else asks whether there is enough.
            }
        }
    }

    void journalled(JournalEntry entry) {
        switch (entry.getBody()) {
            case OrderAccepted accepted -> reservationsCreated.inc();
            case OrderRejected rejected ->
                count("order_rejected_total", rejected.getRejection().getReason());
            case OrderExpired expired -> reservationsExpired.inc();
            case FillSettled settled
            when settled.getFill().getKind() == FillKind.NEW -> {
                reservationsSettled.inc();
                // A fill that names its trade is one of its two legs, whether Bursar or a venue split the trade.
                if (settled.getFill().getTradeId() != null) {
                    tradeLegsSettled.inc();
                }
            }
            case FillSuspended suspended ->
                count("fill_suspended_total", suspended.getRejection().getReason());
            case CommandRejected rejected ->
                count("command_rejected_total", rejected.getRejection().getReason());
            default -> {
                // Counted by the topics' own metrics.
            }
        }
    }

    void deadLetter() {
        deadLetters.inc();
    }

    void coreFailed() {
        coreFailures.inc();
    }

    void replyAddressIgnored() {
        replyAddressesIgnored.inc();
    }

    void forgotten(int rows) {
        rowsForgotten.inc(rows);
    }

    private void count(String name, String reason) {
        byReason.computeIfAbsent(name + "{reason=\"" + reason + "\"}", registry::counter)
                .inc();
    }
}
