package io.bursar.cli.demo.lobster;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.demo.flow.Hold;
import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.flow.Messages;
import io.bursar.cli.demo.flow.Outcome;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TradeParty;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Follows the orders of one file and says of each of its messages what that means for accounts. Every message is given
 * once, in the order of the file.
 */
final class LobsterMarket {
    private final Path file;
    private final String instrument;
    private final int accounts;
    private final Ids ids;
    private final Messages messages;
    private final LongFunction<Instant> timeOf;
    private final Map<Long, Resting> orders = new HashMap<>();
    private long unknownOrders;
    private long hiddenExecutions;
    private long withoutOrder;

    /** An order that was announced; what is executed or cancelled of it is no longer left. */
    private static final class Resting {
        final String id;
        final String accountId;
        final Side side;
        final long price;
        /** The total, what is executed included. */
        long quantity;

        long left;

        Resting(String id, String accountId, Side side, long price, long quantity) {
            this.id = id;
            this.accountId = accountId;
            this.side = side;
            this.price = price;
            this.quantity = quantity;
            this.left = quantity;
        }
    }

    /**
     * @param accounts among how many accounts orders are shared out
     * @param timeOf when the microsecond of the day counts as having been
     */
    LobsterMarket(Path file, String instrument, int accounts, Ids ids, LongFunction<Instant> timeOf) {
        this.file = file;
        this.instrument = instrument;
        this.accounts = accounts;
        this.ids = ids;
        this.messages = new Messages(ids);
        this.timeOf = timeOf;
    }

    /** The account of this number; orders go by their id. */
    static String accountId(long number) {
        return "lobster-%06d".formatted(number);
    }

    /**
     * What to send for the message; nothing when it is about an order from before the file.
     *
     * @throws CommandException when it contradicts the messages before it
     */
    List<Message> follow(LobsterMessage message) {
        return switch (message.type()) {
            case NEW_ORDER -> place(message);
            case HIDDEN_EXECUTION -> executeHidden(message);
            case CROSS, HALT -> {
                withoutOrder++;
                yield List.of();
            }
            case PARTIAL_CANCEL, DELETION, EXECUTION -> {
                var order = orders.get(message.orderId());
                if (order == null) {
                    unknownOrders++;
                    yield List.of();
                }
                yield change(message, order);
            }
        };
    }

    private List<Message> change(LobsterMessage message, Resting order) {
        if (order.left == 0) {
            throw bad(message, "order id", message.orderId(), "that of an order that is still open");
        }
        if (message.type() == LobsterType.DELETION) {
            return List.of(delete(message, order));
        }
        if (message.size() > order.left) {
            throw bad(
                    message,
                    "size",
                    message.size(),
                    "at most %d, what order %d has left".formatted(order.left, message.orderId()));
        }
        return message.type() == LobsterType.EXECUTION
                ? execute(message, order)
                : List.of(cancelInPart(message, order));
    }

    private List<Message> place(LobsterMessage message) {
        if (orders.containsKey(message.orderId())) {
            throw bad(message, "order id", message.orderId(), "one that was not used before");
        }
        var order = new Resting(
                ids.named("L" + message.orderId()),
                accountId(message.orderId() % accounts),
                message.side(),
                message.price(),
                message.size());
        orders.put(message.orderId(), order);
        return List.of(place(order, message));
    }

    private Message delete(LobsterMessage message, Resting order) {
        order.left = 0;
        return afterAllBefore(messages.cancel(order.accountId, order.id, CancelCause.USER, at(message)));
    }

    private Message cancelInPart(LobsterMessage message, Resting order) {
        if (message.size() == order.left) {
            return delete(message, order);
        }
        order.left -= message.size();
        order.quantity -= message.size();
        return afterAllBefore(
                messages.amend(order.accountId, new AmendOrder(order.id, order.quantity, null), at(message)));
    }

    /** The file is the market's own account of what came first, so nothing races here. */
    private static Message afterAllBefore(Message message) {
        return message.held(Hold.UNTIL_ALL_DECIDED);
    }

    /** The file does not say who took: an order of another account, for exactly what was executed. */
    private List<Message> execute(LobsterMessage message, Resting order) {
        order.left -= message.size();
        var taker = taker(message, order.side);
        return List.of(place(taker, message), trade(message, order, taker));
    }

    /** A hidden order is never announced, so it is placed just before as well. */
    private List<Message> executeHidden(LobsterMessage message) {
        hiddenExecutions++;
        var maker = new Resting(
                ids.named("H" + message.line()),
                accountId(message.line() % accounts),
                message.side(),
                message.price(),
                message.size());
        var taker = taker(message, message.side());
        return List.of(place(maker, message), place(taker, message), trade(message, maker, taker));
    }

    private Resting taker(LobsterMessage message, Side makerSide) {
        return new Resting(
                ids.named("T" + message.line()),
                accountId((message.orderId() + message.line() + 1) % accounts),
                makerSide == Side.BUY ? Side.SELL : Side.BUY,
                message.price(),
                message.size());
    }

    private Message place(Resting order, LobsterMessage message) {
        var place = new PlaceOrder(
                order.id, instrument, order.side, OrderType.LIMIT, order.quantity, order.price, null, null, "", false);
        return messages.place(order.accountId, place, at(message), Outcome.ACCEPTED);
    }

    private Message trade(LobsterMessage message, Resting maker, Resting taker) {
        var makerSide = party(maker, Liquidity.MAKER);
        var takerSide = party(taker, Liquidity.TAKER);
        boolean makerBuys = maker.side == Side.BUY;
        return messages.trade(new Trade(
                ids.named("X" + message.line()),
                instrument,
                message.size(),
                message.price(),
                at(message),
                makerBuys ? makerSide : takerSide,
                makerBuys ? takerSide : makerSide));
    }

    private static TradeParty party(Resting order, Liquidity liquidity) {
        return new TradeParty(order.accountId, order.id, 0L, null, liquidity, false);
    }

    private Instant at(LobsterMessage message) {
        return timeOf.apply(message.micros());
    }

    private CommandException bad(LobsterMessage message, String field, long value, String rule) {
        return BadLine.of(file, message.line(), field, Long.toString(value), rule);
    }

    /** Messages about orders from before the file. */
    long unknownOrders() {
        return unknownOrders;
    }

    /** Executions whose resting order was never announced. */
    long hiddenExecutions() {
        return hiddenExecutions;
    }

    /** Crosses and halts, which are about no single order. */
    long withoutOrder() {
        return withoutOrder;
    }
}
