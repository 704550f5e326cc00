package io.bursar.bench.core;

import io.bursar.bench.workload.Accounts;
import io.bursar.bench.workload.Market;
import io.bursar.ledger.AccountInMemory;
import io.bursar.ledger.Command;
import io.bursar.ledger.Decision;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import io.bursar.schemas.Source;
import io.bursar.topology.topics.Topics;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Decides the same command on the same account again and again: deciding changes nothing, so every time is the first.
 * An account has ten open orders, as one that trades has.
 */
@State(Scope.Thread)
public class Decisions {
    /** Ends the names of the benchmarks that decide a command whose content hash was computed before. */
    static final String HASHED = "Hashed";

    private static final int OPEN_ORDERS = 10;
    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");
    private static final Source SOURCE = new Source("orders", 0, 1L);
    private static final String ACCOUNT = Accounts.id(0);

    private final Ledger ledger = new Ledger(new Listed(), LedgerRules.DEFAULT);
    private final AccountInMemory rows = new AccountInMemory(ACCOUNT) {
        // None ever is. A store knows it from the account's alarm, without a look at the orders.
        @Override
        public List<Order> overdueOrders(Instant time, int atMost) {
            return List.of();
        }
    };
    private final OrderCommand place = order("new", Market.QUANTITY);
    private final OrderCommand unaffordable = order("unaffordable", Market.UNAFFORDABLE);
    private final OrderCommand cancel =
            new OrderCommand("cancel", ACCOUNT, AT, new CancelOrder("order-0", CancelCause.USER, null));
    private final Fill fill = new Fill(
            "order-0-1",
            ACCOUNT,
            "order-0",
            Market.BTC_USD.getId(),
            Side.SELL,
            Market.QUANTITY,
            Market.price(0),
            Market.FEE,
            null,
            Liquidity.TAKER,
            false,
            "bench",
            null,
            AT,
            FillKind.NEW);
    private final Command hashedPlace = Command.of(place, AT, SOURCE);
    private final Command hashedUnaffordable = Command.of(unaffordable, AT, SOURCE);
    private final Command hashedCancel = Command.of(cancel, AT, SOURCE);
    private final Command hashedFill = Command.of(fill, AT, SOURCE);

    /** Opens and funds the account, and places its orders. */
    @Setup
    public void prepare() {
        var topics = new Topics("", 1, 1);
        var open = (AccountCommand) Accounts.open(topics, 0, AT).value();
        rows.write(ledger.decide(rows, Command.of(open, AT, SOURCE)));
        for (var asset : Market.ASSETS) {
            var fund =
                    (BalanceUpdate) Accounts.fund(topics, 0, asset.getId(), AT).value();
            rows.write(ledger.decide(rows, Command.of(fund, AT, SOURCE)));
        }
        for (int i = 0; i < OPEN_ORDERS; i++) {
            rows.write(decide(order("order-" + i, Market.QUANTITY)));
        }
        requireKind(place(), "OrderAccepted");
        requireKind(fill(), "FillSettled");
        requireKind(cancel(), "OrderCancelled");
        requireKind(rejection(), "OrderRejected");
    }

    /** Reserves. */
    @Benchmark
    public Decision place() {
        return decide(place);
    }

    /** Settles an order in full. */
    @Benchmark
    public Decision fill() {
        return ledger.decide(rows, Command.of(fill, AT, SOURCE));
    }

    /** Releases. */
    @Benchmark
    public Decision cancel() {
        return decide(cancel);
    }

    /** Refuses an order that asks for more than there is. */
    @Benchmark
    public Decision rejection() {
        return decide(unaffordable);
    }

    @Benchmark
    public Decision placeHashed() {
        return ledger.decide(rows, hashedPlace);
    }

    @Benchmark
    public Decision fillHashed() {
        return ledger.decide(rows, hashedFill);
    }

    @Benchmark
    public Decision cancelHashed() {
        return ledger.decide(rows, hashedCancel);
    }

    @Benchmark
    public Decision rejectionHashed() {
        return ledger.decide(rows, hashedUnaffordable);
    }

    private Decision decide(OrderCommand command) {
        return ledger.decide(rows, Command.of(command, AT, SOURCE));
    }

    private static OrderCommand order(String id, long quantity) {
        var body = PlaceOrder.newBuilder()
                .setOrderId(id)
                .setInstrument(Market.BTC_USD.getId())
                .setSide(Side.SELL)
                .setType(OrderType.LIMIT)
                .setQuantity(quantity)
                .setLimitPrice(Market.price(0))
                .build();
        return new OrderCommand(id, ACCOUNT, AT, body);
    }

    /** A benchmark of something else than it says would go unnoticed. */
    private static void requireKind(Decision decision, String kind) {
        var body = decision.entries().getFirst().getBody().getClass().getSimpleName();
        if (!body.equals(kind)) {
            throw new IllegalStateException("the decision is " + body + " instead of " + kind);
        }
    }

    private static final class Listed implements ReferenceData {
        @Override
        public Asset asset(String id) {
            return id.equals(Market.USD.getId()) ? Market.USD : Market.BTC;
        }

        @Override
        public Instrument instrument(String id) {
            return Market.BTC_USD;
        }
    }
}
