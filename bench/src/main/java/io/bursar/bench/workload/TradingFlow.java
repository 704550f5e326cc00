package io.bursar.bench.workload;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import io.bursar.topology.topics.Topics;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/** Orders and, some way behind each, the fill that closes it. The same seed gives the same flow. For one thread. */
public final class TradingFlow {
    private static final int PERCENT = 100;

    private final Topics topics;
    private final String name;
    private final Mix mix;
    private final Distribution.AccountChoice accounts;
    private final SplittableRandom random;
    private final Deque<Open> open = new ArrayDeque<>();
    private Message last;
    private long orders;
    private long accepted;
    private long rejected;
    private long settled;
    private long repeated;

    private record Open(String account, long number, Side side) {}

    /** @param name begins all ids of this flow, which no other flow may use */
    public TradingFlow(Topics topics, String name, Mix mix, Distribution distribution, int accounts) {
        this.topics = topics;
        this.name = name;
        this.mix = mix;
        this.accounts = distribution.among(accounts);
        this.random = new SplittableRandom(name.hashCode());
    }

    /** The next command, which says that it happened then. */
    public Message next(Instant occurredAt) {
        if (last != null && happens(mix.repeatedPercent())) {
            repeated++;
            return last;
        }
        last = open.size() > mix.openOrders() ? fill(open.remove(), occurredAt) : order(occurredAt);
        return last;
    }

    /** What has been sent so far. */
    public Sent sent() {
        return new Sent(accepted, rejected, settled, repeated);
    }

    private Message order(Instant occurredAt) {
        orders++;
        var account = Accounts.id(accounts.next(random));
        if (happens(mix.rejectedPercent())) {
            rejected++;
            return place(account, orders, Side.SELL, Market.UNAFFORDABLE, occurredAt);
        }
        accepted++;
        var side = mix.hasNoFills() || random.nextBoolean() ? Side.BUY : Side.SELL;
        if (!mix.hasNoFills()) {
            open.add(new Open(account, orders, side));
        }
        return place(account, orders, side, Market.QUANTITY, occurredAt);
    }

    private Message place(String account, long number, Side side, long quantity, Instant occurredAt) {
        var place = PlaceOrder.newBuilder()
                .setOrderId(orderId(number))
                .setInstrument(Market.BTC_USD.getId())
                .setSide(side)
                .setType(OrderType.LIMIT)
                .setQuantity(quantity)
                .setLimitPrice(Market.price(number))
                .build();
        return new Message(topics.orders(), account, new OrderCommand(orderId(number), account, occurredAt, place));
    }

    private Message fill(Open order, Instant occurredAt) {
        settled++;
        var id = orderId(order.number);
        var fill = new Fill(
                id + "-1",
                order.account,
                id,
                Market.BTC_USD.getId(),
                order.side,
                Market.QUANTITY,
                Market.price(order.number),
                Market.FEE,
                null,
                Liquidity.TAKER,
                false,
                "bench",
                null,
                occurredAt,
                FillKind.NEW);
        return new Message(topics.fills(), order.account, fill);
    }

    private String orderId(long number) {
        return name + "-" + number;
    }

    private boolean happens(int percent) {
        return percent > 0 && random.nextInt(PERCENT) < percent;
    }
}
