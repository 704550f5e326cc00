package io.bursar.cli.scenario;

import io.bursar.cli.scenario.Result.Kind;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.Side;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TradeParty;
import java.util.List;

/** Lines about executions: fills, busts and trades, and what becomes of a suspended fill. */
final class FillLines {
    private final Names names;

    FillLines(Names names) {
        this.names = names;
    }

    Step fill(Line line, FillKind kind) {
        var words = line.words();
        var execution = Ids.of("execution", words.next("an execution"));
        words.expect("of");
        var order = Ids.of("order", words.next("an order"));
        var side = side(line, order);
        var number = words.next("a quantity");
        var named = words.peek().equals("@") ? null : words.next("an instrument");
        var instrument = names.instrument(named, line.account(), order);
        var tail = line.tail();
        if (!tail.has(Clause.PRICE)) {
            throw Fault.of(
                    "line", line.text(), "must say the price: " + line.verb().form());
        }
        var message = Fill.newBuilder()
                .setExecutionId(execution)
                .setAccountId(line.account())
                .setOrderId(order)
                .setInstrument(instrument.getId())
                .setSide(side)
                .setQuantity(names.quantity(number, instrument))
                .setPrice(names.price(tail.text(Clause.PRICE), instrument))
                .setFee(fee(tail, instrument))
                .setFeeAsset(feeAsset(tail))
                .setLiquidity(liquidity(tail))
                .setFinal$(tail.has(Clause.FINAL))
                .setVenue(tail.has(Clause.VENUE) ? Ids.of("venue", tail.text(Clause.VENUE)) : null)
                .setOccurredAt(line.occurredAt(tail))
                .setKind(kind)
                .build();
        return line.send(new Message.ToFills(message), line.expected(Kind.SETTLED));
    }

    /** The side that the line names, or that of its order. */
    private Side side(Line line, String order) {
        if (line.words().take("buy")) {
            return Side.BUY;
        }
        if (line.words().take("sell")) {
            return Side.SELL;
        }
        var placement = names.placement(line.account(), order);
        if (placement == null) {
            throw Fault.of("order", order, "is not placed in this scenario, so the fill must say buy or sell");
        }
        return placement.buy() ? Side.BUY : Side.SELL;
    }

    Step trade(Line line) {
        var words = line.words();
        var id = Ids.of("trade", words.next("a trade"));
        var number = words.next("a quantity");
        var instrument = names.instrument(words.next("an instrument"));
        words.expect("@");
        var price = words.next("a price");
        words.expect("buyer");
        var buyer = party(line, instrument, "seller");
        words.expect("seller");
        var seller = party(line, instrument, Clause.OCCURRED.keyword());
        var tail = new Tail(words.clauses(List.of(Clause.OCCURRED), ""));
        var trade = new Trade(
                id,
                instrument.getId(),
                names.quantity(number, instrument),
                names.price(price, instrument),
                line.occurredAt(tail),
                buyer,
                seller);
        return line.send(new Message.ToTrades(trade), ExpectationParser.expectedOfTrade(line.expectation()));
    }

    private TradeParty party(Line line, Instrument instrument, String stop) {
        var who = line.words().next("ACCOUNT/ORDER");
        int slash = who.indexOf('/');
        if (slash < 0 || !names.accounts().contains(who.substring(0, slash))) {
            throw Fault.of("party", who, "must be ACCOUNT/ORDER with an account of this scenario");
        }
        var tail = new Tail(line.words().clauses(line.verb().clauses(), stop));
        return new TradeParty(
                who.substring(0, slash),
                Ids.of("order", who.substring(slash + 1)),
                fee(tail, instrument),
                feeAsset(tail),
                liquidity(tail),
                tail.has(Clause.FINAL));
    }

    /** Settles or discards what is suspended: an execution of an order, or the entry of this number. */
    Step resolve(Line line, Resolution resolution) {
        var words = line.words();
        var execution = words.next("an execution, or the word entry");
        long sequence = 0;
        var order = "";
        if (execution.equals("entry")) {
            sequence = Amounts.units("entry", words.next("the number of a journal entry"), 0);
        } else {
            words.expect("of");
            order = Ids.of("order", words.next("an order"));
        }
        var tail = line.tail();
        var body = new ResolveFill(
                sequence,
                resolution,
                tail.textOr(Clause.BECAUSE, CommandParser.NO_REASON),
                tail.has(Clause.STRATEGY) ? tail.text(Clause.STRATEGY) : null);
        var message = line.orders(body, tail);
        var expected = line.expected(resolution == Resolution.SETTLE ? Kind.SETTLED : Kind.ACCEPTED);
        return order.isEmpty()
                ? line.send(message, expected)
                : new Step.Resolve(line.line(), line.text(), order, execution, message, line.receivedAt(), expected);
    }

    private long fee(Tail tail, Instrument instrument) {
        if (!tail.has(Clause.FEE)) {
            return 0;
        }
        var number = tail.list(Clause.FEE).getFirst();
        var feeAsset = feeAsset(tail);
        return feeAsset == null
                ? names.quote("fee", number, instrument)
                : Amounts.units("fee", number, names.asset(feeAsset).getScale());
    }

    private String feeAsset(Tail tail) {
        if (!tail.has(Clause.FEE) || tail.list(Clause.FEE).size() < 2) {
            return null;
        }
        return names.asset(tail.list(Clause.FEE).get(1)).getId();
    }

    private static Liquidity liquidity(Tail tail) {
        if (tail.has(Clause.MAKER)) {
            return Liquidity.MAKER;
        }
        return tail.has(Clause.TAKER) ? Liquidity.TAKER : Liquidity.UNKNOWN;
    }
}
