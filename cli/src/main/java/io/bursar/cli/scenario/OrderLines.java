package io.bursar.cli.scenario;

import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import java.util.List;
import java.util.Locale;

/** Lines about an order of the account. */
final class OrderLines {
    private final Names names;

    OrderLines(Names names) {
        this.names = names;
    }

    Step place(Line line, Side side) {
        var words = line.words();
        var order = order(line);
        var number = words.nextIsNumber() ? words.next("a quantity") : null;
        var instrument = names.instrument(words.next("an instrument"));
        var tail = line.tail();
        var body = new PlaceOrder(
                order,
                instrument.getId(),
                side,
                tail.has(Clause.AT_MARKET) ? OrderType.MARKET : OrderType.LIMIT,
                number == null ? null : names.quantity(number, instrument),
                price(tail, instrument),
                tail.has(Clause.FOR) ? (Long) notional(tail.list(Clause.FOR), instrument) : null,
                tail.has(Clause.EXPIRES) ? tail.instant(Clause.EXPIRES) : null,
                tail.textOr(Clause.STRATEGY, ""),
                tail.has(Clause.REDUCE_ONLY));
        return line.toOrders(body, tail);
    }

    Step cancel(Line line) {
        var order = order(line);
        var tail = line.tail();
        var body = new CancelOrder(
                order,
                cause(tail.textOr(Clause.BY, "user")),
                tail.has(Clause.BECAUSE) ? tail.text(Clause.BECAUSE) : null);
        return line.toOrders(body, tail);
    }

    Step amend(Line line) {
        var order = order(line);
        var tail = line.tail();
        var named = tail.has(Clause.IN) ? tail.text(Clause.IN) : null;
        var instrument = names.instrument(named, line.account(), order);
        var body = new AmendOrder(
                order,
                tail.has(Clause.TO_QUANTITY) ? (Long) names.quantity(tail.text(Clause.TO_QUANTITY), instrument) : null,
                price(tail, instrument));
        return line.toOrders(body, tail);
    }

    Step extend(Line line) {
        var order = order(line);
        var tail = line.tail();
        if (!tail.has(Clause.TO_TIME)) {
            throw Fault.of(
                    "line", line.text(), "must say until when: " + line.verb().form());
        }
        return line.toOrders(new ExtendOrder(order, tail.instant(Clause.TO_TIME)), tail);
    }

    private static String order(Line line) {
        return Ids.of("order", line.words().next("an order"));
    }

    private Long price(Tail tail, Instrument instrument) {
        return tail.has(Clause.PRICE) ? (Long) names.price(tail.text(Clause.PRICE), instrument) : null;
    }

    private long notional(List<String> amount, Instrument instrument) {
        if (!amount.get(1).equals(instrument.getQuoteAsset())) {
            throw Fault.of(
                    "amount",
                    String.join(" ", amount),
                    "must be in " + instrument.getQuoteAsset() + ", in which " + instrument.getId() + " is paid");
        }
        return names.quote("amount", amount.getFirst(), instrument);
    }

    private static CancelCause cause(String by) {
        return switch (by) {
            case "user", "admin", "venue-rejected", "venue-cancelled" ->
                CancelCause.valueOf(by.replace('-', '_').toUpperCase(Locale.ROOT));
            default -> throw Fault.of("by", by, "must be user, admin, venue-rejected or venue-cancelled");
        };
    }
}
