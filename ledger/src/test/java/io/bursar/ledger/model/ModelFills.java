package io.bursar.ledger.model;

import static java.math.BigInteger.ZERO;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.Side;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** Fills settle, wait, and are taken back. */
final class ModelFills {
    private static final Duration EARLY_TOLERANCE = Duration.ofMinutes(5);

    private final ModelReference reference;

    ModelFills(ModelReference reference) {
        this.reference = reference;
    }

    /**
     * How a fill comes to be settled.
     *
     * @param suspendedSequence the entry that suspended it before; null when it was not
     * @param operator the strategy that an operator settles it from, should its order not be known; null when it settles
     *     by the rules alone
     */
    record Course(Long suspendedSequence, String operator) {
        static final Course BY_ITSELF = new Course(null, null);

        static Course byItsOrder(long suspendedSequence) {
            return new Course(suspendedSequence, null);
        }

        boolean isOperators() {
            return operator != null;
        }
    }

    static ModelAccount.ExecutionKey key(Fill fill) {
        return new ModelAccount.ExecutionKey(fill.getOrderId(), fill.getExecutionId(), fill.getKind());
    }

    /** What a repeat must share: everything but the time. */
    static Fill content(Fill fill) {
        return copyOf(fill, fill.getKind());
    }

    void suspend(ModelAccount account, Fill fill, Instant at, Refusal refusal) {
        long sequence = account.journal(
                "FillSuspended " + fill.getOrderId() + " " + fill.getExecutionId() + " " + refusal.words());
        remember(account, fill, at);
        account.waiting.put(sequence, new ModelAccount.Waiting(fill, at, refusal));
    }

    long resolve(ModelAccount account, ResolveFill resolve, Instant at) {
        ModelLifeCycle.requireNotClosed(account);
        var waiting = account.waiting.get(resolve.getSequence());
        if (waiting == null) {
            throw Refusal.of("suspended_fill_not_found").thrown();
        }
        var fill = waiting.fill();
        if (resolve.getResolution() == Resolution.DISCARD) {
            account.advance(at);
            account.waiting.remove(resolve.getSequence());
            account.executions.get(key(fill)).seenAt = account.time;
            return account.journal("FillDiscarded " + fill.getOrderId() + " " + fill.getExecutionId());
        }
        var strategy = resolve.getStrategy() == null ? "" : resolve.getStrategy();
        return settle(account, fill, at, new Course(resolve.getSequence(), strategy));
    }

    /** Settles a fill or says why not. {@code at} is when it counts as having happened. */
    long settle(ModelAccount account, Fill fill, Instant at, Course course) {
        if (course.suspendedSequence() != null) {
            requireFirstContent(account, fill);
        }
        ModelLifeCycle.requireNotClosed(account);
        var terms = reference.terms(reference.requireInstrument(fill.getInstrument()));
        var feeAsset = fill.getFee() == 0 || fill.getFeeAsset() == null ? terms.quote() : fill.getFeeAsset();
        reference.requireAsset(feeAsset);
        var quantity = ModelFunds.requirePositive("quantity_must_be_positive", fill.getQuantity());
        var price = ModelFunds.requirePositive("price_must_be_positive", fill.getPrice());
        var notional = Amounts.notional(quantity, price, terms, RoundingMode.FLOOR);
        if (notional.signum() == 0) {
            throw Refusal.of("notional_rounds_to_zero").thrown();
        }
        boolean isBust = fill.getKind() == FillKind.BUST;
        var order = requireOrder(account, fill, at, course);
        var strategy = order == null ? course.operator() : order.strategy();
        var busted = isBust ? requireBustable(account, fill, order, strategy, notional) : null;
        if (order != null) {
            requireInstrumentAndSide(order, fill);
            if (!isBust && !course.isOperators()) {
                requireWithinTerms(order, quantity, price, notional);
            }
        }
        var trade = new Trade(account, fill, terms, feeAsset, order, strategy, quantity, notional);
        boolean isLate = order != null && !order.isOpen();
        var sale = isBust ? trade.takeBack(busted.sale, at) : trade.settle(at);
        account.requireFitting();
        if (isBust) {
            busted.isBusted = true;
        }
        var execution =
                course.suspendedSequence() == null ? remember(account, fill, at) : account.executions.get(key(fill));
        if (course.suspendedSequence() != null) {
            account.waiting.remove(course.suspendedSequence());
        }
        execution.seenAt = account.time;
        execution.isSettled = true;
        execution.sale = sale;
        execution.orderPlacedAt = order == null ? null : order.placedAt;
        var realized = sale == null ? ZERO : sale.realized();
        return account.journal("FillSettled " + fill.getOrderId() + " " + fill.getExecutionId() + " notional "
                + notional + " realized " + realized + (isLate ? " late" : ""));
    }

    private static ModelOrder requireOrder(ModelAccount account, Fill fill, Instant at, Course course) {
        var order = account.orders.get(fill.getOrderId());
        if (!course.isOperators()) {
            if (order == null || at.isBefore(order.placedAt.minus(EARLY_TOLERANCE))) {
                throw Refusal.of("unknown_order").thrown();
            }
            // A bust of it takes back what an operator has settled.
            if (order.status == ModelOrder.Status.REJECTED && fill.getKind() == FillKind.NEW) {
                throw Refusal.of("order_was_rejected").thrown();
            }
        }
        return order;
    }

    private static void requireInstrumentAndSide(ModelOrder order, Fill fill) {
        if (!order.placed.getInstrument().equals(fill.getInstrument()) || order.buys != (fill.getSide() == Side.BUY)) {
            throw Refusal.of("wrong_instrument_or_side").thrown();
        }
    }

    private static void requireWithinTerms(
            ModelOrder order, BigInteger quantity, BigInteger price, BigInteger notional) {
        if (order.loosestLimit != null) {
            int worse = price.compareTo(order.loosestLimit);
            if (order.buys ? worse > 0 : worse < 0) {
                throw Refusal.bound("worse_than_limit", order.loosestLimit, price)
                        .thrown();
            }
        }
        var filled = Amounts.fitting(order.filledQuantity.add(quantity));
        if (order.largestQuantity != null) {
            requireNotOver(order.largestQuantity, filled);
        }
        if (order.notional != null) {
            requireNotOver(order.notional, order.filledNotional.add(notional));
        }
    }

    private static void requireNotOver(BigInteger most, BigInteger value) {
        if (Amounts.fitting(value).compareTo(most) > 0) {
            throw Refusal.bound("overfill", most, value).thrown();
        }
    }

    private static void requireFirstContent(ModelAccount account, Fill fill) {
        var execution = account.executions.get(key(fill));
        if (!execution.contents.getFirst().equals(content(fill))) {
            throw Refusal.of("execution_id_reused").thrown();
        }
    }

    /** A bust takes back an execution that was settled, only as it was, and from who it was settled for. */
    private static ModelAccount.Execution requireBustable(
            ModelAccount account, Fill bust, ModelOrder order, String strategy, BigInteger notional) {
        var original = copyOf(bust, FillKind.NEW);
        var execution = account.execution(key(original));
        boolean isBustable = execution != null
                && execution.isSettled
                && !execution.isBusted
                && execution.contents.getFirst().equals(original);
        if (isBustable && order != null) {
            isBustable = order.placedAt.equals(execution.orderPlacedAt)
                    && order.filledQuantity.compareTo(Amounts.of(bust.getQuantity())) >= 0
                    && order.filledNotional.compareTo(notional) >= 0;
        }
        if (isBustable && execution.sale != null) {
            var position = account.positions.get(new ModelAccount.Key(strategy, bust.getInstrument()));
            var uncovered = position == null ? ZERO : position.uncovered;
            isBustable = execution.sale.uncovered().compareTo(uncovered) <= 0;
        }
        if (!isBustable) {
            throw Refusal.of("execution_not_settled").thrown();
        }
        return execution;
    }

    private static ModelAccount.Execution remember(ModelAccount account, Fill fill, Instant at) {
        var known = account.execution(key(fill));
        var execution = known == null ? new ModelAccount.Execution() : known;
        execution.contents.add(content(fill));
        execution.seenAt = account.decidedAt(at);
        account.executions.put(key(fill), execution);
        return execution;
    }

    private static Fill copyOf(Fill fill, FillKind kind) {
        return new Fill(
                fill.getExecutionId(),
                fill.getAccountId(),
                fill.getOrderId(),
                fill.getInstrument(),
                fill.getSide(),
                fill.getQuantity(),
                fill.getPrice(),
                fill.getFee(),
                fill.getFeeAsset(),
                fill.getLiquidity(),
                fill.getFinal$(),
                fill.getVenue(),
                fill.getTradeId(),
                Instant.EPOCH,
                kind);
    }
}
