package io.bursar.ledger;

import static io.bursar.ledger.Rejections.lacking;

import io.bursar.ledger.EntryDraft.Cause;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.Side;
import io.bursar.schemas.state.Execution;
import java.time.Instant;

/**
 * The money of one fill: what is given comes from what the order holds, then from what is available; what is got
 * arrives; the fee is taken from what its asset says.
 */
final class Settlement {
    final WorkingAccount work;
    final Fill fill;
    private final Instant occurredAt;
    private final Cause cause;
    private Long suspendedSequence;
    private ResolveFill resolve;

    private Order order;
    private InstrumentTerms terms;
    private String strategy;
    private String feeAsset;
    private int feeScale;
    private long notional;

    Settlement(WorkingAccount work, Fill fill, Instant occurredAt, Cause cause) {
        this.work = work;
        this.fill = fill;
        this.occurredAt = occurredAt;
        this.cause = cause;
    }

    /** The fill had been suspended; {@code by} is the operator's command, null when its order came. */
    Settlement ofSuspended(long sequence, ResolveFill by) {
        suspendedSequence = sequence;
        resolve = by;
        return this;
    }

    boolean isBefore(Instant time) {
        return occurredAt.isBefore(time);
    }

    /** Fixes the order, null when unknown, and the scales to settle with; false when the fee's asset is not known. */
    boolean use(Order knownOrder, InstrumentTerms instrumentTerms, ReferenceData reference) {
        order = knownOrder;
        terms = instrumentTerms;
        strategy = order != null ? order.getStrategy() : strategyOfResolution();
        boolean isNamed = fill.getFee() != 0 && fill.getFeeAsset() != null;
        feeAsset = isNamed ? fill.getFeeAsset() : terms.getQuoteAsset();
        if (feeAsset.equals(terms.getQuoteAsset())) {
            feeScale = terms.getQuoteScale();
        } else if (feeAsset.equals(terms.getBaseAsset())) {
            feeScale = terms.getBaseScale();
        } else {
            var asset = reference.asset(feeAsset);
            if (asset == null) {
                return false;
            }
            feeScale = asset.getScale();
        }
        return true;
    }

    /** What the fill is worth before fees, in quote units. */
    long notional() {
        if (notional == 0) {
            notional = Arithmetic.settledNotional(
                    fill.getQuantity(),
                    fill.getPrice(),
                    terms.getBaseScale(),
                    terms.getPriceScale(),
                    terms.getQuoteScale());
        }
        return notional;
    }

    /**
     * Whether what a bust repeats can be part of what its order has filled and its strategy has sold. Else it was of an
     * order that had the id before and is forgotten, or settled before there was any, or the strategy that an operator
     * named is another.
     */
    boolean includes(Execution busted) {
        if (order != null
                && (!order.getPlacedAt().equals(busted.getOrderPlacedAt())
                        || order.getFilledQuantity() < fill.getQuantity()
                        || order.getFilledNotional() < notional())) {
            return false;
        }
        var position = Accounts.position(work.account(), strategy, fill.getInstrument());
        return busted.getUncoveredQuantity() <= (position == null ? 0 : position.getUncoveredQuantity());
    }

    /**
     * Settles the fill, or says what money is missing; nothing has changed then.
     *
     * @throws ArithmeticException when a balance does not fit in a {@code long}; nothing has changed then either
     */
    Rejection settle() {
        return fill.getKind() == FillKind.BUST ? takeBack() : exchange();
    }

    private Rejection exchange() {
        boolean buy = fill.getSide() == Side.BUY;
        var given = buy ? terms.getQuoteAsset() : terms.getBaseAsset();
        int givenScale = buy ? terms.getQuoteScale() : terms.getBaseScale();
        var got = buy ? terms.getBaseAsset() : terms.getQuoteAsset();
        int gotScale = buy ? terms.getBaseScale() : terms.getQuoteScale();
        long gives = buy ? notional() : fill.getQuantity();
        long gets = buy ? fill.getQuantity() : notional();

        long fee = fill.getFee();
        boolean feeIsGiven = fee > 0 && feeAsset.equals(given);
        boolean feeIsKeptBack = fee > 0 && feeAsset.equals(got);
        // A SELL's fee in the base asset is not for what the order holds to pay: that is for the rest of its quantity.
        boolean feeIsHeld = feeIsGiven && buy;
        long held = order == null ? 0 : order.getHeld();
        long charge = feeIsHeld ? Math.addExact(gives, fee) : gives;
        long fromHeld = Math.min(held, charge);
        long fromAvailable = charge - fromHeld;

        long availableGiven = Accounts.available(work.account(), strategy, given);
        if (gives - Math.min(held, gives) > availableGiven) {
            return lacking(
                    ReasonCode.INSUFFICIENT_FOR_LATE_FILL, strategy, given, givenScale, gives - held, availableGiven);
        }
        long feeFromAvailable = fee <= 0 || feeIsHeld ? 0 : feeIsKeptBack ? Math.max(0, fee - gets) : fee;
        long required = feeIsGiven ? Math.addExact(fromAvailable, feeFromAvailable) : feeFromAvailable;
        long availableForFee = feeIsGiven ? availableGiven : Accounts.available(work.account(), strategy, feeAsset);
        if (fee > 0 && required > availableForFee) {
            return lacking(ReasonCode.INSUFFICIENT_FOR_FEE, strategy, feeAsset, feeScale, required, availableForFee);
        }

        // From here on the fill is settled.
        var entry = new EntryDraft(work);
        var counterparty = isTradeLeg(fill) ? LedgerAccount.CLEARING : LedgerAccount.VENUE;
        entry.move(LedgerAccount.AVAILABLE, counterparty, strategy, given, givenScale, gives);
        entry.move(LedgerAccount.RESERVED, LedgerAccount.AVAILABLE, strategy, given, givenScale, fromHeld);
        entry.move(counterparty, LedgerAccount.AVAILABLE, strategy, got, gotScale, gets);
        entry.move(LedgerAccount.AVAILABLE, LedgerAccount.FEES, strategy, feeAsset, feeScale, fee);
        boolean late = order != null && !Orders.isOpen(order);
        var after = afterFill(held - fromHeld);
        if (held > fromHeld) {
            Orders.release(entry, order, held - fromHeld - after.getHeld());
        }
        var position = PositionEdit.of(work, strategy, fill.getInstrument(), terms);
        if (buy) {
            position.buy(arrived(), notional());
        } else {
            position.sell(fill.getQuantity(), notional());
        }
        append(entry, late, after, position.charge(feeAsset, feeScale, fee));
        return null;
    }

    private void append(EntryDraft entry, boolean late, Order after, PositionEdit position) {
        var body = new FillSettled(fill, notional(), position.realizedPnl(), late, suspendedSequence, resolve);
        entry.append(cause, occurredAt, body, after, position);
    }

    /** The opposite of what the execution did, out of available money; an open order holds again what its rest needs. */
    private Rejection takeBack() {
        boolean buy = fill.getSide() == Side.BUY;
        var back = buy ? terms.getQuoteAsset() : terms.getBaseAsset();
        int backScale = buy ? terms.getQuoteScale() : terms.getBaseScale();
        long comesBack = buy ? notional() : fill.getQuantity();
        var away = buy ? terms.getBaseAsset() : terms.getQuoteAsset();
        int awayScale = buy ? terms.getBaseScale() : terms.getQuoteScale();
        long goesAway = buy ? fill.getQuantity() : notional();

        long fee = fill.getFee();
        long feeOfBack = feeAsset.equals(back) ? fee : 0;
        long feeOfAway = feeAsset.equals(away) ? fee : 0;
        var refusal = lackingForBust(away, awayScale, Math.subtractExact(feeOfAway, goesAway));
        if (refusal == null) {
            refusal = lackingForBust(back, backScale, Math.addExact(comesBack, feeOfBack));
        }
        if (refusal == null && feeOfBack == 0 && feeOfAway == 0) {
            refusal = lackingForBust(feeAsset, feeScale, fee);
        }
        if (refusal != null) {
            return refusal;
        }

        // From here on the execution is taken back.
        var entry = new EntryDraft(work);
        var counterparty = isTradeLeg(fill) ? LedgerAccount.CLEARING : LedgerAccount.VENUE;
        entry.move(counterparty, LedgerAccount.AVAILABLE, strategy, back, backScale, comesBack);
        entry.move(LedgerAccount.AVAILABLE, counterparty, strategy, away, awayScale, goesAway);
        entry.move(LedgerAccount.FEES, LedgerAccount.AVAILABLE, strategy, feeAsset, feeScale, fee);
        var after = afterBust(Math.max(0, comesBack + feeOfBack));
        // A closed order holds nothing again; one that was rejected does not even say of what.
        if (after != null && Orders.isOpen(order)) {
            Orders.release(entry, order, order.getHeld() - after.getHeld());
        }
        var position = PositionEdit.of(work, strategy, fill.getInstrument(), terms);
        if (buy) {
            position.sell(arrived(), notional());
        } else {
            var execution = work.execution(fill.getOrderId(), fill.getExecutionId());
            position.takeBackSale(execution, fill.getQuantity(), notional());
        }
        boolean late = order != null && !Orders.isOpen(order);
        append(entry, late, after, position.charge(feeAsset, feeScale, Math.negateExact(fee)));
        return null;
    }

    private Rejection lackingForBust(String asset, int scale, long change) {
        long available = Accounts.available(work.account(), strategy, asset);
        long required = change < 0 ? Math.negateExact(change) : 0;
        return required <= available
                ? null
                : lacking(ReasonCode.INSUFFICIENT_FOR_BUST, strategy, asset, scale, required, available);
    }

    /**
     * The order without the execution; null when unknown. One that was closed stays so.
     *
     * @param comesBack what an open order can hold again
     */
    private Order afterBust(long comesBack) {
        if (order == null) {
            return null;
        }
        var edit = OrderEdit.of(order)
                .filled(Math.negateExact(fill.getQuantity()), Math.negateExact(notional()))
                .suspendedFills(order.getSuspendedFills() - (suspendedSequence == null ? 0 : 1));
        if (!Orders.isOpen(order)) {
            return edit.done();
        }
        long held = Reservation.stillNeeded(edit.done(), Math.addExact(order.getHeld(), comesBack));
        return edit.unfilledAgain().held(held).done();
    }

    /** The order after the fill; null when unknown. What its rest can no longer need is no longer held. */
    private Order afterFill(long held) {
        if (order == null) {
            return null;
        }
        var edit = OrderEdit.of(order).filled(fill.getQuantity(), notional());
        if (suspendedSequence != null) {
            edit.suspendedFills(order.getSuspendedFills() - 1);
        }
        if (!Orders.isOpen(order)) {
            return edit.done();
        }
        if (isComplete(edit.done(), held)) {
            return edit.closed(OrderStatus.FILLED, work.timeAt(occurredAt)).done();
        }
        return edit.partiallyFilled()
                .held(Reservation.stillNeeded(edit.done(), held))
                .done();
    }

    /** By the venue's word, by its quantity, or because a BUY by notional has nothing left to spend. */
    private boolean isComplete(Order filled, long held) {
        return fill.getFinal$()
                || (filled.getQuantity() != null && filled.getFilledQuantity() >= filled.getQuantity())
                || (filled.getNotional() != null && held == 0);
    }

    /** What a BUY brings of the base asset: less a fee in it, more with a rebate. */
    private long arrived() {
        return feeAsset.equals(terms.getBaseAsset())
                ? Math.max(0, Math.subtractExact(fill.getQuantity(), fill.getFee()))
                : fill.getQuantity();
    }

    /** A fill that Bursar split from a trade clears against the other side; any other is the venue's. */
    static boolean isTradeLeg(Fill fill) {
        return fill.getTradeId() != null && fill.getVenue() == null;
    }

    private String strategyOfResolution() {
        return resolve == null || resolve.getStrategy() == null ? "" : resolve.getStrategy();
    }
}
