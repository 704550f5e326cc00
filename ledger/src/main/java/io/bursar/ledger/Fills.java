package io.bursar.ledger;

import static io.bursar.ledger.Rejections.because;
import static io.bursar.ledger.Rejections.beyond;

import io.bursar.ledger.EntryDraft.Cause;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillDiscarded;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.Side;
import io.bursar.schemas.state.ExecutionOutcome;
import io.bursar.schemas.state.SuspendedFill;
import java.time.Instant;

/** What becomes of a fill: settled, or suspended until its order or an operator comes. */
final class Fills {
    private final ReferenceData reference;
    private final LedgerRules rules;

    Fills(ReferenceData reference, LedgerRules rules) {
        this.reference = reference;
        this.rules = rules;
    }

    /** A fill that was not seen before. */
    void arrive(WorkingAccount work, Command command, Fill fill, Instant occurredAt) {
        var settlement = new Settlement(work, fill, occurredAt, Cause.of(command));
        var refusal = trySettle(settlement, false);
        if (refusal != null) {
            suspend(work, command, fill, occurredAt, refusal);
        }
    }

    /** A fill under an execution id that had another content before. */
    void arriveUnderUsedId(WorkingAccount work, Command command, Fill fill, Instant occurredAt) {
        suspend(work, command, fill, occurredAt, because(ReasonCode.EXECUTION_ID_REUSED));
    }

    /** The order has just been accepted: what waited for it is settled, as it would be if it came now. */
    void settleWaiting(WorkingAccount work, Command command, String orderId) {
        for (var waiting : work.suspendedFillsOf(orderId)) {
            if (!isUnderUsedId(waiting)) {
                var fill = waiting.getFill();
                Orders.expireOverdue(work, waiting.getOccurredAt(), Integer.MAX_VALUE);
                var cause = Cause.consequenceOf(command, ContentHash.of(fill));
                var settlement = new Settlement(work, fill, waiting.getOccurredAt(), cause)
                        .ofSuspended(waiting.getSequence(), null);
                // A refusal leaves it suspended as it was.
                trySettle(settlement, false);
            }
        }
    }

    /** An operator's decision about a suspended fill. */
    Rejection resolve(WorkingAccount work, Command command, ResolveFill resolve) {
        var refusal = AccountLifeCycle.unlessKnown(work.account());
        if (refusal != null) {
            return refusal;
        }
        var suspended = work.suspendedFill(resolve.getSequence());
        if (suspended == null) {
            return because(ReasonCode.SUSPENDED_FILL_NOT_FOUND);
        }
        if (resolve.getResolution() == Resolution.DISCARD) {
            discard(work, command, resolve, suspended.getFill());
            return null;
        }
        if (isUnderUsedId(suspended)) {
            return because(ReasonCode.EXECUTION_ID_REUSED);
        }
        var settlement = new Settlement(work, suspended.getFill(), command.occurredAt(), Cause.of(command))
                .ofSuspended(suspended.getSequence(), resolve);
        return trySettle(settlement, true);
    }

    /** Settles the fill or says why it cannot be; nothing has changed then. */
    private Rejection trySettle(Settlement settlement, boolean byOperator) {
        try {
            var refusal = check(settlement, byOperator);
            return refusal != null ? refusal : settlement.settle();
        } catch (ArithmeticException overflow) {
            return because(ReasonCode.AMOUNT_OVERFLOWS);
        }
    }

    /** All that speaks against a fill but the money; an operator overrides limit, overfill and unknown order. */
    private Rejection check(Settlement settlement, boolean byOperator) {
        var fill = settlement.fill;
        var refusal = AccountLifeCycle.unlessKnown(settlement.work.account());
        if (refusal != null) {
            return refusal;
        }
        var order = settlement.work.order(fill.getOrderId());
        var terms = terms(fill, order);
        if (terms == null) {
            return because(ReasonCode.INSTRUMENT_NOT_FOUND);
        }
        if (!settlement.use(order, terms, reference)) {
            return because(ReasonCode.ASSET_NOT_FOUND);
        }
        if (fill.getQuantity() <= 0) {
            return beyond(ReasonCode.QUANTITY_MUST_BE_POSITIVE, 1, fill.getQuantity());
        }
        if (fill.getPrice() <= 0) {
            return beyond(ReasonCode.PRICE_MUST_BE_POSITIVE, 1, fill.getPrice());
        }
        if (settlement.notional() == 0) {
            return because(ReasonCode.NOTIONAL_ROUNDS_TO_ZERO);
        }
        // An id may be used again once its order is forgotten: a fill from before is that order's.
        if (!byOperator
                && (order == null || settlement.isBefore(order.getPlacedAt().minus(rules.earlyFillTolerance())))) {
            return because(ReasonCode.UNKNOWN_ORDER);
        }
        boolean isBust = fill.getKind() == FillKind.BUST;
        if (isBust && !repeatsExecution(settlement)) {
            return because(ReasonCode.EXECUTION_NOT_SETTLED);
        }
        if (order == null) {
            return null;
        }
        // What a bust takes back, an operator has settled in spite of it.
        if (order.getStatus() == OrderStatus.REJECTED && !byOperator && !isBust) {
            return because(ReasonCode.ORDER_WAS_REJECTED);
        }
        if (order.getSide() != fill.getSide() || !order.getInstrument().equals(fill.getInstrument())) {
            return because(ReasonCode.WRONG_INSTRUMENT_OR_SIDE);
        }
        return byOperator || isBust ? null : checkTerms(order, fill, settlement.notional());
    }

    /** Whether a bust says again what was settled and not taken back so far. */
    private static boolean repeatsExecution(Settlement settlement) {
        var fill = settlement.fill;
        var busted = settlement.work.execution(fill.getOrderId(), fill.getExecutionId());
        return busted != null
                && busted.getOutcome() == ExecutionOutcome.SETTLED
                && busted.getContents().getFirst().equals(ContentHash.of(takenBackBy(fill)))
                && settlement.includes(busted);
    }

    /** The fill that a bust repeats. */
    private static Fill takenBackBy(Fill bust) {
        return new Fill(
                bust.getExecutionId(),
                bust.getAccountId(),
                bust.getOrderId(),
                bust.getInstrument(),
                bust.getSide(),
                bust.getQuantity(),
                bust.getPrice(),
                bust.getFee(),
                bust.getFeeAsset(),
                bust.getLiquidity(),
                bust.getFinal$(),
                bust.getVenue(),
                bust.getTradeId(),
                bust.getOccurredAt(),
                FillKind.NEW);
    }

    /** A fill may use up the loosest terms the order ever had, no more. */
    private static Rejection checkTerms(Order order, Fill fill, long notional) {
        if (order.getLoosestLimit() != null && isWorse(fill.getPrice(), order)) {
            return beyond(ReasonCode.WORSE_THAN_LIMIT, order.getLoosestLimit(), fill.getPrice());
        }
        long quantity = Math.addExact(order.getFilledQuantity(), fill.getQuantity());
        if (order.getLargestQuantity() != null && quantity > order.getLargestQuantity()) {
            return beyond(ReasonCode.OVERFILL, order.getLargestQuantity(), quantity);
        }
        if (order.getNotional() != null) {
            long spent = Math.addExact(order.getFilledNotional(), notional);
            return spent > order.getNotional() ? beyond(ReasonCode.OVERFILL, order.getNotional(), spent) : null;
        }
        return null;
    }

    private static boolean isWorse(long price, Order order) {
        return order.getSide() == Side.BUY ? price > order.getLoosestLimit() : price < order.getLoosestLimit();
    }

    /** A known order's own terms, so that deciding its fills does not depend on reference data. */
    private InstrumentTerms terms(Fill fill, Order order) {
        if (order != null && order.getTerms() != null && order.getInstrument().equals(fill.getInstrument())) {
            return order.getTerms();
        }
        var instrument = reference.instrument(fill.getInstrument());
        return instrument == null ? null : Orders.terms(instrument, reference);
    }

    private static boolean isUnderUsedId(SuspendedFill suspended) {
        return suspended.getRejection().getReason().equals(ReasonCode.EXECUTION_ID_REUSED.text());
    }

    private static void suspend(
            WorkingAccount work, Command command, Fill fill, Instant occurredAt, Rejection refusal) {
        new EntryDraft(work)
                .append(
                        Cause.of(command),
                        occurredAt,
                        new FillSuspended(fill, refusal),
                        withSuspendedFills(work, fill, 1),
                        null);
    }

    private static void discard(WorkingAccount work, Command command, ResolveFill resolve, Fill fill) {
        new EntryDraft(work)
                .append(
                        Cause.of(command),
                        command.occurredAt(),
                        new FillDiscarded(fill, resolve.getSequence(), resolve),
                        withSuspendedFills(work, fill, -1),
                        null);
    }

    private static Order withSuspendedFills(WorkingAccount work, Fill fill, int change) {
        var order = work.order(fill.getOrderId());
        return order == null
                ? null
                : OrderEdit.of(order)
                        .suspendedFills(order.getSuspendedFills() + change)
                        .done();
    }
}
