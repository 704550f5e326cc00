package io.bursar.exactlyonce;

import io.bursar.exactlyonce.Market.Listing;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Quota;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.Side;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TradeParty;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.Withdraw;
import io.bursar.stack.Message;
import io.bursar.topology.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * What happens to orders and accounts, in the order in which it is sent. Each step becomes a message when its time is
 * known. Ids are never used twice.
 */
final class Stories {
    /** One message to be, by the time at which it occurs. */
    interface Step extends Function<Instant, Message> {}

    /** Accounts that are never opened: what is sent there comes back. */
    static final List<String> STRANGERS = List.of("stranger-1", "stranger-2");

    private static final List<String> KINDS = kinds();
    private static final String STRATEGY = "grid";

    private final Topics topics;
    private final Market market;
    private final List<String> accounts;
    private final Random random;
    private int lastId;

    private record Ticket(String account, String orderId, Listing listing, Side side, long quantity, long price) {}

    Stories(Topics topics, Market market, List<String> accounts, Random random) {
        this.topics = topics;
        this.market = market;
        this.accounts = accounts;
        this.random = random;
    }

    /** The next story; how it goes is up to chance. */
    List<Step> next() {
        return switch (oneOf(KINDS)) {
            case "filled" -> filled(ticket());
            case "fill overtakes" -> overtaken(ticket());
            case "cancelled" -> cancelled(ticket());
            case "filled late" -> filledLate(ticket());
            case "amended" -> amended(ticket());
            case "refused" -> List.of(refused(ticket()));
            case "expiring" -> expiring(ticket());
            case "by notional" -> byNotional(ticket());
            case "left open" -> List.of(place(ticket()));
            case "wrong fill" -> wronglyFilled(ticket());
            case "trade" -> traded(ticket());
            case "busted" -> busted(ticket());
            case "in a strategy" -> inStrategy(ticket());
            case "money" -> List.of(money());
            case "transferred" -> transferred();
            case "suspended" -> suspended();
            default -> throw new IllegalStateException("no such story");
        };
    }

    private static List<String> kinds() {
        var kinds = new ArrayList<String>();
        add(kinds, "filled", 26);
        add(kinds, "fill overtakes", 10);
        add(kinds, "cancelled", 10);
        add(kinds, "filled late", 5);
        add(kinds, "amended", 8);
        add(kinds, "refused", 4);
        add(kinds, "expiring", 5);
        add(kinds, "by notional", 5);
        add(kinds, "left open", 4);
        add(kinds, "wrong fill", 2);
        add(kinds, "trade", 24);
        add(kinds, "busted", 5);
        add(kinds, "in a strategy", 8);
        add(kinds, "money", 12);
        add(kinds, "transferred", 24);
        add(kinds, "suspended", 1);
        return List.copyOf(kinds);
    }

    private static void add(List<String> kinds, String kind, int weight) {
        for (int i = 0; i < weight; i++) {
            kinds.add(kind);
        }
    }

    private List<Step> filled(Ticket ticket) {
        var steps = new ArrayList<Step>();
        steps.add(place(ticket));
        long rest = ticket.quantity();
        while (rest > 0) {
            long part = random.nextInt(3) == 0 ? rest : Math.max(1, rest / 2);
            rest -= part;
            // The venue may close an order that it has not filled entirely.
            boolean isFinal = rest == 0 || random.nextInt(6) == 0;
            steps.add(fill(ticket, part, improved(ticket), isFinal));
            if (isFinal || steps.size() > 4) {
                break;
            }
        }
        return steps;
    }

    private List<Step> overtaken(Ticket ticket) {
        var steps = filled(ticket);
        steps.add(steps.remove(0));
        return steps;
    }

    private List<Step> cancelled(Ticket ticket) {
        var cause = random.nextBoolean() ? CancelCause.USER : CancelCause.VENUE_CANCELLED;
        return List.of(
                place(ticket),
                fill(ticket, Math.max(1, ticket.quantity() / 3), improved(ticket), false),
                order(ticket, new CancelOrder(ticket.orderId(), cause, null)));
    }

    private List<Step> filledLate(Ticket ticket) {
        return List.of(
                place(ticket),
                order(ticket, new CancelOrder(ticket.orderId(), CancelCause.USER, "changed my mind")),
                fill(ticket, ticket.quantity(), ticket.price(), false));
    }

    private List<Step> amended(Ticket ticket) {
        long quantity = random.nextBoolean()
                ? ticket.quantity() + ticket.listing().lot()
                : Math.max(
                        ticket.listing().lot(),
                        ticket.quantity() - 2 * ticket.listing().lot());
        return List.of(
                place(ticket),
                fill(ticket, Math.max(1, ticket.quantity() / 2), improved(ticket), false),
                order(ticket, new AmendOrder(ticket.orderId(), quantity, null)),
                fill(ticket, Math.max(1, ticket.quantity() / 4), ticket.price(), true));
    }

    private Step refused(Ticket ticket) {
        return switch (random.nextInt(3)) {
            case 0 -> place(ticket, ticket.quantity(), -1L, null);
            case 1 -> place(ticket, 1_000_000_000L * ticket.listing().lot(), ticket.price(), null);
            default -> order(ticket, new CancelOrder("never-" + ticket.orderId(), CancelCause.ADMIN, null));
        };
    }

    private List<Step> expiring(Ticket ticket) {
        var lifetime = Duration.ofMillis(2_000 + random.nextInt(8_000));
        var steps = new ArrayList<Step>();
        steps.add(now -> place(ticket, ticket.quantity(), ticket.price(), now.plus(lifetime))
                .apply(now));
        if (random.nextBoolean()) {
            steps.add(now -> order(ticket, new ExtendOrder(ticket.orderId(), now.plus(lifetime)))
                    .apply(now));
        }
        if (random.nextBoolean()) {
            steps.add(fill(ticket, Math.max(1, ticket.quantity() / 2), ticket.price(), false));
        }
        return steps;
    }

    private List<Step> byNotional(Ticket ticket) {
        var instrument = ticket.listing().instrument();
        long notional = PlainMoney.notional(instrument, market, ticket.quantity(), ticket.price()) + 1;
        var buy = new Ticket(
                ticket.account(), ticket.orderId(), ticket.listing(), Side.BUY, ticket.quantity(), ticket.price());
        return List.of(
                order(buy, place(buy, OrderType.MARKET, null, null, notional, null)),
                fill(buy, buy.quantity(), buy.price(), true));
    }

    /** At a price the order does not allow, or more than it asks for. */
    private List<Step> wronglyFilled(Ticket ticket) {
        long worse = ticket.side() == Side.BUY ? ticket.price() * 2 : ticket.price() / 2;
        return List.of(
                place(ticket),
                random.nextBoolean()
                        ? fill(ticket, ticket.quantity(), worse, false)
                        : fill(ticket, ticket.quantity() + 1, ticket.price(), false));
    }

    private List<Step> traded(Ticket seller) {
        var sell = new Ticket(
                seller.account(), seller.orderId(), seller.listing(), Side.SELL, seller.quantity(), seller.price());
        var buy = new Ticket(oneOf(accounts), id("o"), seller.listing(), Side.BUY, seller.quantity(), seller.price());
        long part = Math.max(1, sell.quantity() / 2);
        var steps = new ArrayList<Step>();
        steps.add(place(buy));
        steps.add(place(sell));
        steps.add(trade(buy, sell, part));
        if (part < sell.quantity()) {
            steps.add(trade(buy, sell, sell.quantity() - part));
        }
        if (random.nextInt(5) == 0) {
            steps.add(steps.remove(random.nextInt(2)));
        }
        return steps;
    }

    /** The venue takes the execution back; that it does may be known before the execution. */
    private List<Step> busted(Ticket ticket) {
        var fill = fillOf(ticket, Math.max(1, ticket.quantity() / 2), ticket.price(), false);
        var steps = new ArrayList<Step>();
        steps.add(place(ticket));
        steps.add(now -> message(fill.setKind(FillKind.NEW).setOccurredAt(now).build()));
        steps.add(now -> message(fill.setKind(FillKind.BUST).setOccurredAt(now).build()));
        if (random.nextInt(5) == 0) {
            steps.add(steps.remove(1));
        }
        return steps;
    }

    /** Some strategies have a quota, and some never get any money. */
    private List<Step> inStrategy(Ticket ticket) {
        var steps = new ArrayList<Step>();
        if (random.nextInt(4) == 0) {
            var quota = Quota.newBuilder().setMaxOpenOrders(random.nextInt(4)).build();
            steps.add(account(ticket.account(), new SetQuota(STRATEGY, quota)));
        }
        var instrument = ticket.listing().instrument();
        boolean buys = ticket.side() == Side.BUY;
        var asset = buys ? instrument.getQuoteAsset() : instrument.getBaseAsset();
        long needed =
                buys ? PlainMoney.notional(instrument, market, ticket.quantity(), ticket.price()) : ticket.quantity();
        if (random.nextInt(4) > 0) {
            steps.add(account(ticket.account(), new AllocateFunds(STRATEGY, asset, needed + 100)));
        }
        var place = place(ticket, OrderType.LIMIT, ticket.quantity(), ticket.price(), null, null);
        steps.add(
                order(ticket, PlaceOrder.newBuilder(place).setStrategy(STRATEGY).build()));
        steps.add(fill(ticket, ticket.quantity(), improved(ticket), true));
        steps.add(account(ticket.account(), new AllocateFunds(STRATEGY, asset, -random.nextLong(1, needed + 100))));
        return steps;
    }

    private List<Step> transferred() {
        var from = oneOf(accounts);
        var asset = random.nextInt(4) == 0 ? "BTC" : "USD";
        long amount = random.nextLong(1, 100_000);
        if (random.nextInt(10) == 0) {
            return List.of(balance(from, new Transfer(oneOf(STRANGERS), asset, amount)));
        }
        var to = oneOf(accounts);
        return List.of(
                balance(from, new Transfer(to, asset, amount)),
                balance(to, new Transfer(from, asset, Math.max(1, amount / 2))));
    }

    private Step money() {
        var account = oneOf(accounts);
        var asset = random.nextInt(4) == 0 ? "BTC" : "USD";
        long amount = random.nextLong(1, 100_000);
        return switch (random.nextInt(3)) {
            case 0 -> balance(account, new Deposit(asset, amount, null, null));
            case 1 -> balance(account, new Withdraw(asset, amount));
            default -> balance(account, new Adjust(asset, random.nextBoolean() ? amount : -amount, "counted again"));
        };
    }

    private List<Step> suspended() {
        var account = oneOf(accounts);
        return List.of(account(account, new SuspendAccount("under review")), account(account, new ResumeAccount()));
    }

    private Ticket ticket() {
        var listing = oneOf(market.listings());
        long quantity = listing.lot() * (1 + random.nextInt(400));
        long price = listing.price() + listing.tick() * (random.nextInt(41) - 20);
        var side = random.nextBoolean() ? Side.BUY : Side.SELL;
        return new Ticket(oneOf(accounts), id("o"), listing, side, quantity, price);
    }

    private long improved(Ticket ticket) {
        long better = random.nextInt(10) * ticket.listing().tick();
        return ticket.side() == Side.BUY ? ticket.price() - better : ticket.price() + better;
    }

    private Step place(Ticket ticket) {
        return place(ticket, ticket.quantity(), ticket.price(), null);
    }

    private Step place(Ticket ticket, long quantity, long price, Instant expiresAt) {
        return order(ticket, place(ticket, OrderType.LIMIT, quantity, price, null, expiresAt));
    }

    private static PlaceOrder place(
            Ticket ticket, OrderType type, Long quantity, Long price, Long notional, Instant expiresAt) {
        return PlaceOrder.newBuilder()
                .setOrderId(ticket.orderId())
                .setInstrument(ticket.listing().id())
                .setSide(ticket.side())
                .setType(type)
                .setQuantity(quantity)
                .setLimitPrice(price)
                .setNotional(notional)
                .setExpiresAt(expiresAt)
                .build();
    }

    private Step fill(Ticket ticket, long quantity, long price, boolean isFinal) {
        var fill = fillOf(ticket, quantity, price, isFinal);
        return now -> message(fill.setOccurredAt(now).build());
    }

    private Fill.Builder fillOf(Ticket ticket, long quantity, long price, boolean isFinal) {
        long fee = random.nextInt(5) == 0 ? -random.nextInt(20) : random.nextInt(50);
        var feeAsset = random.nextInt(6) == 0 ? ticket.listing().instrument().getBaseAsset() : null;
        return Fill.newBuilder()
                .setKind(FillKind.NEW)
                .setExecutionId(id("x"))
                .setAccountId(ticket.account())
                .setOrderId(ticket.orderId())
                .setInstrument(ticket.listing().id())
                .setSide(ticket.side())
                .setQuantity(quantity)
                .setPrice(price)
                .setFee(fee)
                .setFeeAsset(feeAsset)
                .setLiquidity(Liquidity.TAKER)
                .setFinal$(isFinal)
                .setVenue("XVEN");
    }

    private Message message(Fill fill) {
        return new Message(topics.fills(), fill.getAccountId(), fill);
    }

    private Step trade(Ticket buy, Ticket sell, long quantity) {
        var tradeId = id("t");
        long fee = random.nextInt(30);
        return now -> new Message(
                topics.trades(),
                buy.listing().id(),
                new Trade(
                        tradeId,
                        buy.listing().id(),
                        quantity,
                        buy.price(),
                        now,
                        new TradeParty(buy.account(), buy.orderId(), fee, null, Liquidity.TAKER, false),
                        new TradeParty(sell.account(), sell.orderId(), -fee / 2, null, Liquidity.MAKER, false)));
    }

    private Step order(Ticket ticket, Object body) {
        var commandId = id("c");
        return now -> new Message(
                topics.orders(), ticket.account(), new OrderCommand(commandId, ticket.account(), now, body));
    }

    private Step balance(String account, Object body) {
        var commandId = id("c");
        return now -> new Message(topics.balanceUpdates(), account, new BalanceUpdate(commandId, account, now, body));
    }

    private Step account(String account, Object body) {
        var commandId = id("c");
        return now -> new Message(topics.accounts(), account, new AccountCommand(commandId, account, now, body));
    }

    private String id(String kind) {
        lastId++;
        return kind + lastId;
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
