package io.bursar.cli.scenario;

import io.bursar.cli.scenario.Result.Kind;
import io.bursar.cli.scenario.Step.Expected;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Quota;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.Side;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TradeParty;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.Withdraw;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Reads the lines that send something, and makes the message that they stand for. */
final class CommandParser {
    private static final List<String> VERBS = List.of(
            "open",
            "suspend",
            "resume",
            "close",
            "update",
            "limits",
            "quota",
            "allocate",
            "deposit",
            "withdraw",
            "adjust",
            "transfer",
            "buy",
            "sell",
            "cancel",
            "amend",
            "extend",
            "fill",
            "bust",
            "settle",
            "discard");

    /** Reasons that a message must have and a scenario need not care for. */
    private static final String NO_REASON = "as the scenario says";

    private final Catalogue catalogue;
    private final List<String> accounts;
    private final OrderBook orders;

    /**
     * Where and when a command stands.
     *
     * @param number of the step, from which its command id is made
     */
    record At(String text, int line, int number, Instant receivedAt) {}

    CommandParser(Catalogue catalogue, List<String> accounts, OrderBook orders) {
        this.catalogue = catalogue;
        this.accounts = accounts;
        this.orders = orders;
    }

    static boolean isVerb(String word) {
        return VERBS.contains(word);
    }

    static List<String> verbs() {
        return VERBS;
    }

    Step command(String verb, String account, Words words, At at, YamlNode expectation) {
        return switch (verb) {
            case "open" -> open(account, words, at, expectation);
            case "suspend" -> suspend(account, words, at, expectation);
            case "resume" -> toAccounts(account, new ResumeAccount(), tail(words), at, expectation);
            case "close" -> toAccounts(account, new CloseAccount(), tail(words), at, expectation);
            case "update" -> update(account, words, at, expectation);
            case "limits" -> toAccounts(account, words, at, expectation, SetLimits::new);
            case "quota" -> {
                var strategy = Ids.of("strategy", words.next("a strategy"));
                yield toAccounts(account, words, at, expectation, quota -> new SetQuota(strategy, quota));
            }
            case "allocate" -> allocate(account, words, at, expectation);
            case "transfer" -> transfer(account, words, at, expectation);
            case "deposit", "withdraw", "adjust" -> money(verb, account, words, at, expectation);
            case "buy" -> place(account, Side.BUY, words, at, expectation);
            case "sell" -> place(account, Side.SELL, words, at, expectation);
            case "cancel" -> cancel(account, words, at, expectation);
            case "amend" -> amend(account, words, at, expectation);
            case "extend" -> extend(account, words, at, expectation);
            case "fill" -> fill(account, FillKind.NEW, words, at, expectation);
            case "bust" -> fill(account, FillKind.BUST, words, at, expectation);
            case "settle", "discard" -> resolve(verb, account, words, at, expectation);
            case "trade" -> trade(words, at, expectation);
            default -> throw Fault.of("word", verb, "is not a command");
        };
    }

    Asset asset(String id) {
        var asset = catalogue.assets().get(id);
        if (asset == null) {
            throw Fault.of(
                    "asset",
                    id,
                    "is not an asset of this scenario; define it under assets (listed: false for one"
                            + " that the ledger shall not know)");
        }
        return asset;
    }

    Instrument instrument(String id) {
        var instrument = catalogue.instruments().get(id);
        if (instrument == null) {
            throw Fault.of(
                    "instrument",
                    id,
                    "is not an instrument of this scenario; define it under instruments (listed:"
                            + " false for one that the ledger shall not know)");
        }
        return instrument;
    }

    /** A time of the scenario, as the time since it began. */
    static Duration offset(String field, String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!Offsets.isOffset(text)) {
            throw Fault.of(
                    field, text, "must be a time since the beginning: signed parts of d, h, m, s, ms, us, as +7d+1us");
        }
        try {
            return Offsets.parse(text);
        } catch (ArithmeticException e) {
            throw Fault.of(field, text, "must be shorter");
        }
    }

    private Step open(String account, Words words, At at, YamlNode expectation) {
        var tail = tail(words, Clause.OWNER, Clause.NAME, Clause.TAKER_FEE, Clause.FIFO, Clause.MARKETS);
        var body = new OpenAccount(
                tail.textOr(Clause.OWNER, "owner-of-" + account),
                tail.textOr(Clause.NAME, account),
                tail.has(Clause.TAKER_FEE) ? Amounts.rate("taker fee", tail.text(Clause.TAKER_FEE)) : 0,
                tail.has(Clause.FIFO) ? CostMethod.FIFO : CostMethod.AVERAGE,
                tail.has(Clause.MARKETS) ? markets(tail.text(Clause.MARKETS)) : List.of());
        return toAccounts(account, body, tail, at, expectation);
    }

    private Step update(String account, Words words, At at, YamlNode expectation) {
        var tail = tail(words, Clause.NAME, Clause.TAKER_FEE, Clause.MARKETS);
        var body = new UpdateAccount(
                tail.has(Clause.NAME) ? tail.text(Clause.NAME) : null,
                tail.has(Clause.MARKETS) ? markets(tail.text(Clause.MARKETS)) : null,
                tail.has(Clause.TAKER_FEE) ? (Integer) Amounts.rate("taker fee", tail.text(Clause.TAKER_FEE)) : null);
        return toAccounts(account, body, tail, at, expectation);
    }

    private static List<String> markets(String text) {
        return text.equals("none") ? List.of() : List.of(text.split(","));
    }

    /** A command that sets a quota. */
    private Step toAccounts(String account, Words words, At at, YamlNode expectation, Function<Quota, Object> command) {
        var tail = tail(
                words,
                Clause.OPEN_ORDERS,
                Clause.ORDERS_PER_DAY,
                Clause.NOTIONAL_PER_DAY,
                Clause.ORDER_NOTIONAL,
                Clause.POSITION);
        var quota = new Quota(
                count(tail, Clause.OPEN_ORDERS),
                count(tail, Clause.ORDERS_PER_DAY),
                notionalLimits(tail, Clause.NOTIONAL_PER_DAY),
                notionalLimits(tail, Clause.ORDER_NOTIONAL),
                positionLimits(tail));
        return toAccounts(account, command.apply(quota), tail, at, expectation);
    }

    private static Integer count(Tail tail, Clause clause) {
        return tail.has(clause)
                ? (Integer) Math.toIntExact(Amounts.units(clause.keyword(), tail.text(clause), 0))
                : null;
    }

    private List<NotionalLimit> notionalLimits(Tail tail, Clause clause) {
        if (!tail.has(clause)) {
            return List.of();
        }
        var asset = asset(tail.list(clause).get(1));
        long amount = Amounts.units(clause.keyword(), tail.list(clause).getFirst(), asset.getScale());
        return List.of(new NotionalLimit(asset.getId(), amount));
    }

    private List<PositionLimit> positionLimits(Tail tail) {
        if (!tail.has(Clause.POSITION)) {
            return List.of();
        }
        var instrument = instrument(tail.list(Clause.POSITION).get(1));
        return List.of(new PositionLimit(
                instrument.getId(), quantity(tail.list(Clause.POSITION).getFirst(), instrument)));
    }

    private Step allocate(String account, Words words, At at, YamlNode expectation) {
        var number = words.next("an amount");
        var asset = asset(words.next("an asset"));
        words.expect("to");
        var strategy = Ids.of("strategy", words.next("a strategy"));
        var body = new AllocateFunds(strategy, asset.getId(), Amounts.units("amount", number, asset.getScale()));
        return toAccounts(account, body, tail(words), at, expectation);
    }

    private Step transfer(String account, Words words, At at, YamlNode expectation) {
        var number = words.next("an amount");
        var asset = asset(words.next("an asset"));
        words.expect("to");
        var to = words.next("an account");
        if (!accounts.contains(to)) {
            throw Fault.of("account", to, "is not an account of this scenario");
        }
        var tail = tail(words);
        var body = new Transfer(to, asset.getId(), Amounts.units("amount", number, asset.getScale()));
        var update = new BalanceUpdate(tail.commandId(at), account, tail.occurredAt(at), body);
        return send(new Message.ToBalanceUpdates(update), at, expectation, Kind.ACCEPTED);
    }

    private Step suspend(String account, Words words, At at, YamlNode expectation) {
        var tail = tail(words, Clause.BECAUSE);
        return toAccounts(account, new SuspendAccount(tail.textOr(Clause.BECAUSE, NO_REASON)), tail, at, expectation);
    }

    private Step money(String verb, String account, Words words, At at, YamlNode expectation) {
        var number = words.next("an amount");
        var asset = asset(words.next("an asset"));
        long amount = Amounts.units("amount", number, asset.getScale());
        var tail = switch (verb) {
            case "adjust" -> tail(words, Clause.BECAUSE);
            case "deposit" -> tail(words, Clause.COST, Clause.IN);
            default -> tail(words);
        };
        Object body = switch (verb) {
            case "deposit" -> deposit(asset, amount, tail);
            case "withdraw" -> new Withdraw(asset.getId(), amount);
            default -> new Adjust(asset.getId(), amount, tail.textOr(Clause.BECAUSE, NO_REASON));
        };
        var update = new BalanceUpdate(tail.commandId(at), account, tail.occurredAt(at), body);
        return send(new Message.ToBalanceUpdates(update), at, expectation, Kind.ACCEPTED);
    }

    /** With a cost, it says in which instrument: that of the cost's scale. */
    private Deposit deposit(Asset asset, long amount, Tail tail) {
        var instrument = tail.has(Clause.IN) ? instrument(tail.text(Clause.IN)) : null;
        if (instrument == null && tail.has(Clause.COST)) {
            throw Fault.of("cost", tail.text(Clause.COST), "needs an instrument: cost AMOUNT in INSTRUMENT");
        }
        return new Deposit(
                asset.getId(),
                amount,
                instrument == null ? null : instrument.getId(),
                tail.has(Clause.COST)
                        ? (Long) Amounts.units("cost", tail.text(Clause.COST), catalogue.quoteScale(instrument))
                        : null);
    }

    private Step place(String account, Side side, Words words, At at, YamlNode expectation) {
        var order = Ids.of("order", words.next("an order"));
        var number = words.nextIsNumber() ? words.next("a quantity") : null;
        var instrument = instrument(words.next("an instrument"));
        var tail = tail(
                words, Clause.PRICE, Clause.FOR, Clause.AT_MARKET, Clause.EXPIRES, Clause.STRATEGY, Clause.REDUCE_ONLY);
        var body = new PlaceOrder(
                order,
                instrument.getId(),
                side,
                tail.has(Clause.AT_MARKET) ? OrderType.MARKET : OrderType.LIMIT,
                number == null ? null : quantity(number, instrument),
                tail.has(Clause.PRICE) ? (Long) price(tail.text(Clause.PRICE), instrument) : null,
                tail.has(Clause.FOR) ? (Long) notional(tail.list(Clause.FOR), instrument) : null,
                tail.has(Clause.EXPIRES) ? tail.instant(Clause.EXPIRES) : null,
                tail.textOr(Clause.STRATEGY, ""),
                tail.has(Clause.REDUCE_ONLY));
        return toOrders(account, body, tail, at, expectation);
    }

    private Step cancel(String account, Words words, At at, YamlNode expectation) {
        var order = Ids.of("order", words.next("an order"));
        var tail = tail(words, Clause.BY, Clause.BECAUSE);
        var body = new CancelOrder(
                order,
                cause(tail.textOr(Clause.BY, "user")),
                tail.has(Clause.BECAUSE) ? tail.text(Clause.BECAUSE) : null);
        return toOrders(account, body, tail, at, expectation);
    }

    private Step amend(String account, Words words, At at, YamlNode expectation) {
        var order = Ids.of("order", words.next("an order"));
        var tail = tail(words, Clause.TO_QUANTITY, Clause.PRICE, Clause.IN);
        var instrument = instrumentOf(account, order, tail.has(Clause.IN) ? tail.text(Clause.IN) : null);
        var body = new AmendOrder(
                order,
                tail.has(Clause.TO_QUANTITY) ? (Long) quantity(tail.text(Clause.TO_QUANTITY), instrument) : null,
                tail.has(Clause.PRICE) ? (Long) price(tail.text(Clause.PRICE), instrument) : null);
        return toOrders(account, body, tail, at, expectation);
    }

    private Step extend(String account, Words words, At at, YamlNode expectation) {
        var order = Ids.of("order", words.next("an order"));
        var tail = tail(words, Clause.TO_TIME);
        if (!tail.has(Clause.TO_TIME)) {
            throw Fault.of("line", at.text(), "must say until when: extend ORDER to TIME");
        }
        return toOrders(account, new ExtendOrder(order, tail.instant(Clause.TO_TIME)), tail, at, expectation);
    }

    private Step fill(String account, FillKind kind, Words words, At at, YamlNode expectation) {
        var execution = words.next("an execution");
        words.expect("of");
        var order = Ids.of("order", words.next("an order"));
        var placement = orders.of(account, order);
        boolean buy = words.take("buy");
        if (!buy && !words.take("sell")) {
            if (placement == null) {
                throw Fault.of("order", order, "is not placed in this scenario, so the fill must say buy or sell");
            }
            buy = placement.buy();
        }
        var number = words.next("a quantity");
        var named = words.peek().equals("@") ? null : words.next("an instrument");
        var instrument = instrumentOf(account, order, named);
        var tail = new Tail(words.clauses(
                List.of(
                        Clause.PRICE,
                        Clause.FEE,
                        Clause.MAKER,
                        Clause.TAKER,
                        Clause.FINAL,
                        Clause.VENUE,
                        Clause.OCCURRED),
                ""));
        if (!tail.has(Clause.PRICE)) {
            throw Fault.of("line", at.text(), "must say the price: fill EXECUTION of ORDER QUANTITY @ PRICE");
        }
        var message = Fill.newBuilder()
                .setExecutionId(Ids.of("execution", execution))
                .setAccountId(account)
                .setOrderId(order)
                .setInstrument(instrument.getId())
                .setSide(buy ? Side.BUY : Side.SELL)
                .setQuantity(quantity(number, instrument))
                .setPrice(price(tail.text(Clause.PRICE), instrument))
                .setFee(fee(tail, instrument))
                .setFeeAsset(feeAsset(tail))
                .setLiquidity(liquidity(tail))
                .setFinal$(tail.has(Clause.FINAL))
                .setVenue(tail.has(Clause.VENUE) ? Ids.of("venue", tail.text(Clause.VENUE)) : null)
                .setOccurredAt(tail.occurredAt(at))
                .setKind(kind)
                .build();
        return send(new Message.ToFills(message), at, expectation, Kind.SETTLED);
    }

    private Step resolve(String verb, String account, Words words, At at, YamlNode expectation) {
        var execution = words.next("an execution, or the word entry");
        long sequence = 0;
        var order = "";
        if (execution.equals("entry")) {
            sequence = Amounts.units("entry", words.next("the number of a journal entry"), 0);
        } else {
            words.expect("of");
            order = Ids.of("order", words.next("an order"));
        }
        var tail = tail(words, Clause.STRATEGY, Clause.BECAUSE);
        boolean settle = verb.equals("settle");
        var body = new ResolveFill(
                sequence,
                settle ? Resolution.SETTLE : Resolution.DISCARD,
                tail.textOr(Clause.BECAUSE, NO_REASON),
                tail.has(Clause.STRATEGY) ? tail.text(Clause.STRATEGY) : null);
        var message = new Message.ToOrders(new OrderCommand(tail.commandId(at), account, tail.occurredAt(at), body));
        var expected = ExpectationParser.expected(expectation, settle ? Kind.SETTLED : Kind.ACCEPTED);
        return order.isEmpty()
                ? new Step.Send(at.line(), at.text(), message, at.receivedAt(), expected)
                : new Step.Resolve(at.line(), at.text(), order, execution, message, at.receivedAt(), expected);
    }

    private Step trade(Words words, At at, YamlNode expectation) {
        var id = Ids.of("trade", words.next("a trade"));
        var number = words.next("a quantity");
        var instrument = instrument(words.next("an instrument"));
        words.expect("@");
        var price = words.next("a price");
        words.expect("buyer");
        var buyer = party(words, instrument, "seller");
        words.expect("seller");
        var seller = party(words, instrument, "occurred");
        var tail = new Tail(words.clauses(List.of(Clause.OCCURRED), ""));
        var trade = new Trade(
                id,
                instrument.getId(),
                quantity(number, instrument),
                price(price, instrument),
                tail.occurredAt(at),
                buyer,
                seller);
        var expected = ExpectationParser.expectedOfTrade(expectation);
        return new Step.Send(at.line(), at.text(), new Message.ToTrades(trade), at.receivedAt(), expected);
    }

    private TradeParty party(Words words, Instrument instrument, String stop) {
        var who = words.next("ACCOUNT/ORDER");
        int slash = who.indexOf('/');
        if (slash < 0 || !accounts.contains(who.substring(0, slash))) {
            throw Fault.of("party", who, "must be ACCOUNT/ORDER with an account of this scenario");
        }
        var tail = new Tail(words.clauses(List.of(Clause.FEE, Clause.MAKER, Clause.TAKER, Clause.FINAL), stop));
        return new TradeParty(
                who.substring(0, slash),
                Ids.of("order", who.substring(slash + 1)),
                fee(tail, instrument),
                feeAsset(tail),
                liquidity(tail),
                tail.has(Clause.FINAL));
    }

    private Step toAccounts(String account, Object body, Tail tail, At at, YamlNode expectation) {
        var command = new AccountCommand(tail.commandId(at), account, tail.occurredAt(at), body);
        return send(new Message.ToAccounts(command), at, expectation, Kind.ACCEPTED);
    }

    private Step toOrders(String account, Object body, Tail tail, At at, YamlNode expectation) {
        var command = new OrderCommand(tail.commandId(at), account, tail.occurredAt(at), body);
        return send(new Message.ToOrders(command), at, expectation, Kind.ACCEPTED);
    }

    private static Step send(Message message, At at, YamlNode expectation, Kind success) {
        Expected expected = ExpectationParser.expected(expectation, success);
        return new Step.Send(at.line(), at.text(), message, at.receivedAt(), expected);
    }

    /** The instrument that a line names, or that of the order it speaks of, or the only one there is. */
    private Instrument instrumentOf(String account, String order, String named) {
        if (named != null) {
            return instrument(named);
        }
        var placement = orders.of(account, order);
        if (placement == null) {
            throw Fault.of("order", order, "is not placed in this scenario, so the line must name an instrument");
        }
        return instrument(placement.instrument());
    }

    private long quantity(String text, Instrument instrument) {
        return Amounts.units("quantity", text, catalogue.baseScale(instrument));
    }

    private static long price(String text, Instrument instrument) {
        return Amounts.units("price", text, instrument.getPriceScale());
    }

    private long notional(List<String> amount, Instrument instrument) {
        if (!amount.get(1).equals(instrument.getQuoteAsset())) {
            throw Fault.of(
                    "amount",
                    String.join(" ", amount),
                    "must be in " + instrument.getQuoteAsset() + ", in which " + instrument.getId() + " is paid");
        }
        return Amounts.units("amount", amount.getFirst(), catalogue.quoteScale(instrument));
    }

    private long fee(Tail tail, Instrument instrument) {
        if (!tail.has(Clause.FEE)) {
            return 0;
        }
        var feeAsset = feeAsset(tail);
        int scale = feeAsset == null
                ? catalogue.quoteScale(instrument)
                : asset(feeAsset).getScale();
        return Amounts.units("fee", tail.list(Clause.FEE).getFirst(), scale);
    }

    private String feeAsset(Tail tail) {
        if (!tail.has(Clause.FEE) || tail.list(Clause.FEE).size() < 2) {
            return null;
        }
        return asset(tail.list(Clause.FEE).get(1)).getId();
    }

    private static Liquidity liquidity(Tail tail) {
        if (tail.has(Clause.MAKER)) {
            return Liquidity.MAKER;
        }
        return tail.has(Clause.TAKER) ? Liquidity.TAKER : Liquidity.UNKNOWN;
    }

    private static CancelCause cause(String by) {
        return switch (by) {
            case "user", "admin", "venue-rejected", "venue-cancelled" ->
                CancelCause.valueOf(by.replace('-', '_').toUpperCase(Locale.ROOT));
            default -> throw Fault.of("by", by, "must be user, admin, venue-rejected or venue-cancelled");
        };
    }

    /** The clauses of a command that has an id of its own. */
    private static Tail tail(Words words, Clause... clauses) {
        var allowed = new ArrayList<>(List.of(clauses));
        allowed.add(Clause.AS);
        allowed.add(Clause.OCCURRED);
        return new Tail(words.clauses(allowed, ""));
    }

    /** What follows the beginning of a command. */
    private record Tail(Map<Clause, List<String>> clauses) {
        boolean has(Clause clause) {
            return clauses.containsKey(clause);
        }

        List<String> list(Clause clause) {
            return clauses.get(clause);
        }

        String text(Clause clause) {
            return String.join(" ", clauses.get(clause));
        }

        String textOr(Clause clause, String otherwise) {
            return has(clause) ? text(clause) : otherwise;
        }

        Instant instant(Clause clause) {
            return Scenario.START.plus(offset(clause.keyword(), text(clause)));
        }

        Instant occurredAt(At at) {
            return has(Clause.OCCURRED) ? instant(Clause.OCCURRED) : at.receivedAt();
        }

        String commandId(At at) {
            return Ids.of("command", textOr(Clause.AS, "step-" + at.number()));
        }
    }
}
