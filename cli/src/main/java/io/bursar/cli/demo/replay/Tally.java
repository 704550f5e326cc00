package io.bursar.cli.demo.replay;

import io.bursar.schemas.AccountOpened;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.FillDiscarded;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.FundsDeposited;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderAmended;
import io.bursar.schemas.OrderCancelled;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.OrderStatus;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what the journal says happened. Not safe for use by several threads. */
public final class Tally {
    private long accountsOpened;
    private long accountsThereBefore;
    private long deposits;
    private long ordersAccepted;
    private final SortedMap<String, Long> ordersRejected = new TreeMap<>();
    private final SortedMap<String, Long> commandsRefused = new TreeMap<>();
    private long amended;
    private long cancelled;
    private long expired;
    private long fillsSettled;
    private long fillsSettledLate;
    private long fillsSettledAfterWaiting;
    private long fillsNoLongerSuspended;
    private final SortedMap<String, Long> fillsSuspended = new TreeMap<>();
    private final Set<String> openOrders = new HashSet<>();

    void add(JournalEntry entry) {
        switch (entry.getBody()) {
            case AccountOpened opened -> accountsOpened++;
            case FundsDeposited deposited -> deposits++;
            case OrderAccepted accepted -> ordersAccepted++;
            case OrderRejected rejected ->
                count(ordersRejected, rejected.getRejection().getReason());
            case OrderAmended body -> amended++;
            case OrderCancelled body -> cancelled++;
            case OrderExpired body -> expired++;
            case FillSettled settled -> add(settled);
            case FillSuspended suspended ->
                count(fillsSuspended, suspended.getRejection().getReason());
            case FillDiscarded discarded -> fillsNoLongerSuspended++;
            case CommandRejected rejected when rejected.getCommand() instanceof OpenAccount -> accountsThereBefore++;
            case CommandRejected rejected ->
                count(commandsRefused, rejected.getRejection().getReason());
            default -> {
                // The other kinds are an operator's work; the demo does none of it.
            }
        }
        followOrder(entry);
    }

    private void add(FillSettled settled) {
        fillsSettled++;
        if (settled.getLate()) {
            fillsSettledLate++;
        }
        if (settled.getSuspendedSequence() != null) {
            fillsSettledAfterWaiting++;
            fillsNoLongerSuspended++;
        }
    }

    private void followOrder(JournalEntry entry) {
        var order = entry.getOrder();
        if (order == null) {
            return;
        }
        var id = entry.getAccountId() + "/" + order.getOrderId();
        if (order.getStatus() == OrderStatus.ACTIVE || order.getStatus() == OrderStatus.PARTIALLY_FILLED) {
            openOrders.add(id);
        } else {
            openOrders.remove(id);
        }
    }

    private static void count(Map<String, Long> counts, String reason) {
        counts.merge(reason, 1L, Long::sum);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public long accountsOpened() {
        return accountsOpened;
    }

    /** Those that an earlier run had opened. */
    public long accountsThereBefore() {
        return accountsThereBefore;
    }

    public long deposits() {
        return deposits;
    }

    public long ordersAccepted() {
        return ordersAccepted;
    }

    /** By reason code. */
    public SortedMap<String, Long> ordersRejected() {
        return Collections.unmodifiableSortedMap(ordersRejected);
    }

    /** Cancels, amendments and the like that were refused, by reason code. */
    public SortedMap<String, Long> commandsRefused() {
        return Collections.unmodifiableSortedMap(commandsRefused);
    }

    public long amended() {
        return amended;
    }

    public long cancelled() {
        return cancelled;
    }

    public long expired() {
        return expired;
    }

    public long fillsSettled() {
        return fillsSettled;
    }

    /** Those of the settled whose order had been closed before. */
    public long fillsSettledLate() {
        return fillsSettledLate;
    }

    /** Those of the settled that had been suspended until their order came. */
    public long fillsSettledAfterWaiting() {
        return fillsSettledAfterWaiting;
    }

    /** By reason code, whatever became of them later. */
    public SortedMap<String, Long> fillsSuspended() {
        return Collections.unmodifiableSortedMap(fillsSuspended);
    }

    /** Those that wait for an operator now. */
    public long fillsStillSuspended() {
        return sum(fillsSuspended) - fillsNoLongerSuspended;
    }

    /** Orders that are open now. */
    public long ordersOpen() {
        return openOrders.size();
    }

    /** All orders that were decided. */
    public long ordersDecided() {
        return ordersAccepted + sum(ordersRejected);
    }
}
