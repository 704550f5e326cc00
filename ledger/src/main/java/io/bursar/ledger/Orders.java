package io.bursar.ledger;

import static io.bursar.ledger.Rejections.because;
import static io.bursar.ledger.Rejections.beyond;
import static io.bursar.ledger.Rejections.lacking;

import io.bursar.ledger.EntryDraft.Cause;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Micros;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderAmended;
import io.bursar.schemas.OrderCancelled;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderExtended;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Side;
import io.bursar.schemas.state.AccountState;
import java.time.Instant;
import java.util.Comparator;

/** Placing, cancelling, amending, extending and expiring orders, and the money they hold meanwhile. */
public final class Orders {
    /** The order in which orders expire. */
    static final Comparator<Order> BY_DEADLINE =
            Comparator.comparing(Order::getExpiresAt).thenComparing(Order::getOrderId);

    /** No order that can be placed has its deadline here or later. */
    static final Instant AFTER_ALL_DEADLINES = Instant.parse("+10000-01-01T00:00:00Z");

    private final ReferenceData reference;
    private final LedgerRules rules;

    Orders(ReferenceData reference, LedgerRules rules) {
        this.reference = reference;
        this.rules = rules;
    }

    /** Whether the order may still be filled: accepted, and neither filled in full nor closed otherwise. */
    public static boolean isOpen(Order order) {
        return order.getStatus() == OrderStatus.ACTIVE || order.getStatus() == OrderStatus.PARTIALLY_FILLED;
    }

    /** Whether the order is open and its deadline lies before {@code time}. */
    static boolean isOverdue(Order order, Instant time) {
        return isOpen(order) && order.getExpiresAt().isBefore(time);
    }

    Rejection place(WorkingAccount work, Command command, PlaceOrder place) {
        var account = work.account();
        var refusal = AccountLifeCycle.unlessOpen(account);
        if (refusal != null) {
            return refusal;
        }
        var instrument = reference.instrument(place.getInstrument());
        if (instrument == null) {
            return because(ReasonCode.INSTRUMENT_NOT_FOUND);
        }
        var terms = terms(instrument, reference);
        if (terms == null) {
            return because(ReasonCode.ASSET_NOT_FOUND);
        }
        if (!isPermitted(account, instrument)) {
            return because(ReasonCode.INSTRUMENT_NOT_PERMITTED);
        }
        if (!fieldsFit(place) || Quotas.isQuantityMissing(work, place)) {
            return because(ReasonCode.FIELDS_DO_NOT_FIT_ORDER);
        }
        refusal = checkValues(place.getQuantity(), place.getLimitPrice(), place.getNotional(), instrument);
        if (refusal != null) {
            return refusal;
        }
        var expiresAt =
                place.getExpiresAt() == null ? command.occurredAt().plus(rules.defaultExpiry()) : place.getExpiresAt();
        refusal = checkDeadline(work, command, command.occurredAt(), expiresAt);
        if (refusal != null) {
            return refusal;
        }
        long held = held(place, account.getTakerFeeRate(), terms);
        var entry = new EntryDraft(work);
        var order = OrderEdit.placed(place, terms, command, account.getTakerFeeRate(), expiresAt)
                .held(held)
                .suspendedFills(work.suspendedFillsOf(place.getOrderId()).size())
                .decided(entry.sequence(), command.contentHash())
                .done();
        refusal = Quotas.checkNew(work, order, work.timeAt(command.occurredAt()), rules.mostOpenOrders());
        if (refusal == null && place.getReduceOnly()) {
            refusal = checkReduces(work, order, held);
        }
        if (refusal == null) {
            refusal = checkAvailable(work, place.getSide(), place.getStrategy(), terms, held);
        }
        if (refusal != null) {
            return refusal;
        }

        // From here on the order is accepted.
        hold(entry, order, held);
        entry.append(Cause.of(command), command.occurredAt(), new OrderAccepted(place), order, null);
        return null;
    }

    /** Journals the refusal; where it spends the order's id, the order is remembered as rejected. */
    void reject(WorkingAccount work, Command command, PlaceOrder place, Rejection rejection) {
        var entry = new EntryDraft(work);
        var order = JournalFold.spendsId(rejection) ? rejected(work, command, place, rejection, entry) : null;
        entry.append(Cause.of(command), command.occurredAt(), new OrderRejected(place, rejection), order, null);
    }

    private static Order rejected(
            WorkingAccount work, Command command, PlaceOrder place, Rejection rejection, EntryDraft entry) {
        return OrderEdit.placed(place, null, command, 0, command.occurredAt())
                .rejected(rejection, work.timeAt(command.occurredAt()))
                .suspendedFills(work.suspendedFillsOf(place.getOrderId()).size())
                .decided(entry.sequence(), command.contentHash())
                .done();
    }

    Rejection cancel(WorkingAccount work, Command command, CancelOrder cancel) {
        var order = work.order(cancel.getOrderId());
        var refusal = unlessOpen(AccountLifeCycle.unlessKnown(work.account()), order);
        if (refusal != null) {
            return refusal;
        }

        var entry = new EntryDraft(work);
        release(entry, order, order.getHeld());
        var cancelled = OrderEdit.of(order)
                .closed(OrderStatus.CANCELLED, work.timeAt(command.occurredAt()))
                .done();
        entry.append(Cause.of(command), command.occurredAt(), new OrderCancelled(cancel), cancelled, null);
        return null;
    }

    Rejection amend(WorkingAccount work, Command command, AmendOrder amend) {
        var order = work.order(amend.getOrderId());
        var refusal = unlessOpen(AccountLifeCycle.unlessOpen(work.account()), order);
        if (refusal != null) {
            return refusal;
        }
        if (order.getType() != OrderType.LIMIT || order.getNotional() != null) {
            return because(ReasonCode.ORDER_CANNOT_BE_AMENDED);
        }
        var instrument = reference.instrument(order.getInstrument());
        if (instrument == null) {
            return because(ReasonCode.INSTRUMENT_NOT_FOUND);
        }
        if (amend.getQuantity() == null && amend.getLimitPrice() == null) {
            return because(ReasonCode.FIELDS_DO_NOT_FIT_ORDER);
        }
        refusal = checkValues(amend.getQuantity(), amend.getLimitPrice(), null, instrument);
        if (refusal != null) {
            return refusal;
        }
        long quantity = amend.getQuantity() == null ? order.getQuantity() : amend.getQuantity();
        long limitPrice = amend.getLimitPrice() == null ? order.getLimitPrice() : amend.getLimitPrice();
        if (quantity < order.getFilledQuantity()) {
            return beyond(ReasonCode.QUANTITY_BELOW_FILLED, order.getFilledQuantity(), quantity);
        }
        var amended = OrderEdit.of(order).terms(quantity, limitPrice).done();
        boolean filled = quantity == order.getFilledQuantity();
        long held = filled ? 0 : Reservation.ofRest(amended);
        long more = held - order.getHeld();
        refusal = Quotas.checkAmended(work, amended, order, work.timeAt(command.occurredAt()));
        if (refusal == null && order.getReduceOnly() && more > 0) {
            refusal = checkReduces(work, order, more);
        }
        if (refusal == null) {
            refusal = checkAvailable(work, order.getSide(), order.getStrategy(), order.getTerms(), more);
        }
        if (refusal != null) {
            return refusal;
        }

        // From here on the amendment is accepted.
        var entry = new EntryDraft(work);
        hold(entry, order, more);
        var after = filled
                ? OrderEdit.of(amended).closed(OrderStatus.FILLED, work.timeAt(command.occurredAt()))
                : OrderEdit.of(amended).held(held);
        entry.append(Cause.of(command), command.occurredAt(), new OrderAmended(amend), after.done(), null);
        return null;
    }

    Rejection extend(WorkingAccount work, Command command, ExtendOrder extend) {
        var order = work.order(extend.getOrderId());
        var refusal = unlessOpen(AccountLifeCycle.unlessOpen(work.account()), order);
        if (refusal != null) {
            return refusal;
        }
        refusal = checkDeadline(work, command, order.getPlacedAt(), extend.getExpiresAt());
        if (refusal != null) {
            return refusal;
        }

        var extended = OrderEdit.of(order).expiresAt(extend.getExpiresAt()).done();
        new EntryDraft(work).append(Cause.of(command), command.occurredAt(), new OrderExtended(extend), extended, null);
        return null;
    }

    /** Expires open orders whose deadline lies before {@code now}, at most {@code atMost}, the earliest first. */
    static void expireOverdue(WorkingAccount work, Instant now, int atMost) {
        for (var order : work.overdueOrders(now, atMost)) {
            expire(work, order);
        }
    }

    /** The order's deadline has passed: it closes with the deadline as its time. */
    private static void expire(WorkingAccount work, Order order) {
        var entry = new EntryDraft(work);
        release(entry, order, order.getHeld());
        var expired = OrderEdit.of(order)
                .closed(OrderStatus.EXPIRED, work.timeAt(order.getExpiresAt()))
                .done();
        entry.append(Cause.EXPIRY, order.getExpiresAt(), new OrderExpired(order.getOrderId()), expired, null);
    }

    /** The assets and scales an instrument stands for; null when one of its assets is not known. */
    static InstrumentTerms terms(Instrument instrument, ReferenceData reference) {
        var base = reference.asset(instrument.getBaseAsset());
        var quote = reference.asset(instrument.getQuoteAsset());
        if (base == null || quote == null) {
            return null;
        }
        return new InstrumentTerms(
                base.getId(), quote.getId(), base.getScale(), quote.getScale(), instrument.getPriceScale());
    }

    static void release(EntryDraft entry, Order order, long amount) {
        hold(entry, order, -amount);
    }

    private static void hold(EntryDraft entry, Order order, long amount) {
        entry.move(
                LedgerAccount.AVAILABLE,
                LedgerAccount.RESERVED,
                order.getStrategy(),
                Reservation.asset(order.getSide(), order.getTerms()),
                Reservation.scale(order.getSide(), order.getTerms()),
                amount);
    }

    private static Rejection unlessOpen(Rejection ofAccount, Order order) {
        if (ofAccount != null) {
            return ofAccount;
        }
        if (order == null) {
            return because(ReasonCode.ORDER_NOT_FOUND);
        }
        return isOpen(order) ? null : because(ReasonCode.ORDER_IS_CLOSED);
    }

    private static boolean isPermitted(AccountState account, Instrument instrument) {
        return instrument.getMarket() == null || account.getMarketPermissions().contains(instrument.getMarket());
    }

    /** A reduce-only SELL: with what it wants to hold {@code more}, open SELLs hold no more than the position. */
    private static Rejection checkReduces(WorkingAccount work, Order order, long more) {
        var position = Accounts.position(work.account(), order.getStrategy(), order.getInstrument());
        long quantity = position == null ? 0 : position.getQuantity();
        var balance = Accounts.balance(
                work.account(), order.getStrategy(), order.getTerms().getBaseAsset());
        // All that is reserved of the asset is no less than what SELLs of this instrument hold of it.
        long atMost = balance == null ? 0 : balance.getReserved();
        if (more <= quantity - atMost) {
            return null;
        }
        long selling = Math.addExact(heldBySells(work, order.getStrategy(), order.getInstrument()), more);
        return selling > quantity ? beyond(ReasonCode.EXCEEDS_POSITION, quantity, selling) : null;
    }

    private static long heldBySells(WorkingAccount work, String strategy, String instrument) {
        long held = 0;
        for (var order : work.overdueOrders(AFTER_ALL_DEADLINES, Integer.MAX_VALUE)) {
            if (order.getSide() == Side.SELL
                    && order.getInstrument().equals(instrument)
                    && order.getStrategy().equals(strategy)) {
                held += order.getHeld();
            }
        }
        return held;
    }

    /** The table of orders: what each side and type says of quantity, limit price and notional. */
    private static boolean fieldsFit(PlaceOrder place) {
        boolean quantity = place.getQuantity() != null;
        boolean limitPrice = place.getLimitPrice() != null;
        boolean notional = place.getNotional() != null;
        return switch (place.getSide()) {
            case BUY ->
                !place.getReduceOnly()
                        && switch (place.getType()) {
                            case LIMIT -> notional || (quantity && limitPrice);
                            case MARKET -> notional && !limitPrice;
                        };
            case SELL ->
                switch (place.getType()) {
                    case LIMIT -> quantity && limitPrice && !notional;
                    case MARKET -> quantity && !limitPrice && !notional;
                };
        };
    }

    private static Rejection checkValues(Long quantity, Long limitPrice, Long notional, Instrument instrument) {
        if (quantity != null && quantity <= 0) {
            return beyond(ReasonCode.QUANTITY_MUST_BE_POSITIVE, 1, quantity);
        }
        if (limitPrice != null && limitPrice <= 0) {
            return beyond(ReasonCode.PRICE_MUST_BE_POSITIVE, 1, limitPrice);
        }
        if (notional != null && notional <= 0) {
            return beyond(ReasonCode.NOTIONAL_MUST_BE_POSITIVE, 1, notional);
        }
        if (limitPrice != null && isOff(limitPrice, instrument.getTickSize())) {
            return beyond(ReasonCode.PRICE_OFF_TICK, instrument.getTickSize(), limitPrice);
        }
        if (quantity != null && isOff(quantity, instrument.getLotSize())) {
            return beyond(ReasonCode.QUANTITY_OFF_LOT, instrument.getLotSize(), quantity);
        }
        return null;
    }

    private static boolean isOff(long value, Long step) {
        return step != null && value % step != 0;
    }

    private Rejection checkDeadline(WorkingAccount work, Command command, Instant placedAt, Instant deadline) {
        var now = work.timeAt(command.occurredAt());
        if (!deadline.isAfter(now)) {
            return beyond(ReasonCode.EXPIRY_MUST_BE_IN_THE_FUTURE, Micros.of(now) + 1, Micros.of(deadline));
        }
        var latest = placedAt.plus(rules.longestExpiry());
        if (deadline.isAfter(latest)) {
            return beyond(ReasonCode.EXPIRY_EXCEEDS_30_DAYS, Micros.of(latest), Micros.of(deadline));
        }
        return null;
    }

    private static long held(PlaceOrder place, int takerFeeRate, InstrumentTerms terms) {
        if (place.getSide() == Side.SELL) {
            return place.getQuantity();
        }
        return place.getNotional() != null
                ? place.getNotional()
                : Reservation.ofBuy(place.getQuantity(), place.getLimitPrice(), takerFeeRate, terms);
    }

    private static Rejection checkAvailable(
            WorkingAccount work, Side side, String strategy, InstrumentTerms terms, long required) {
        var asset = Reservation.asset(side, terms);
        long available = Accounts.available(work.account(), strategy, asset);
        if (required <= available) {
            return null;
        }
        var reason = side == Side.BUY ? ReasonCode.INSUFFICIENT_FUNDS : ReasonCode.INSUFFICIENT_POSITION;
        return lacking(reason, strategy, asset, Reservation.scale(side, terms), required, available);
    }
}
