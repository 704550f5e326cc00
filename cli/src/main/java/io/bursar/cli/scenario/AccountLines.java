package io.bursar.cli.scenario;

import io.bursar.schemas.CostMethod;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Quota;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.UpdateAccount;
import java.util.List;

/** Lines about an account as a whole: its life cycle, its terms and what limits it. */
final class AccountLines {
    private final Names names;

    AccountLines(Names names) {
        this.names = names;
    }

    Step open(Line line) {
        var tail = line.tail();
        var body = new OpenAccount(
                tail.textOr(Clause.OWNER, "owner-of-" + line.account()),
                tail.textOr(Clause.NAME, line.account()),
                tail.has(Clause.TAKER_FEE) ? takerFee(tail) : 0,
                tail.has(Clause.FIFO) ? CostMethod.FIFO : CostMethod.AVERAGE,
                tail.has(Clause.MARKETS) ? markets(tail) : List.of());
        return line.toAccounts(body, tail);
    }

    Step update(Line line) {
        var tail = line.tail();
        var body = new UpdateAccount(
                tail.has(Clause.NAME) ? tail.text(Clause.NAME) : null,
                tail.has(Clause.MARKETS) ? markets(tail) : null,
                tail.has(Clause.TAKER_FEE) ? takerFee(tail) : null);
        return line.toAccounts(body, tail);
    }

    Step suspend(Line line) {
        var tail = line.tail();
        return line.toAccounts(new SuspendAccount(tail.textOr(Clause.BECAUSE, CommandParser.NO_REASON)), tail);
    }

    Step limits(Line line) {
        var tail = line.tail();
        return line.toAccounts(new SetLimits(quota(tail)), tail);
    }

    Step quota(Line line) {
        var strategy = Ids.of("strategy", line.words().next("a strategy"));
        var tail = line.tail();
        return line.toAccounts(new SetQuota(strategy, quota(tail)), tail);
    }

    private static Integer takerFee(Tail tail) {
        return Amounts.rate("taker fee", tail.text(Clause.TAKER_FEE));
    }

    private static List<String> markets(Tail tail) {
        var text = tail.text(Clause.MARKETS);
        return text.equals("none") ? List.of() : List.of(text.split(","));
    }

    private Quota quota(Tail tail) {
        return new Quota(
                count(tail, Clause.OPEN_ORDERS),
                count(tail, Clause.ORDERS_PER_DAY),
                notionals(tail, Clause.NOTIONAL_PER_DAY),
                notionals(tail, Clause.ORDER_NOTIONAL),
                positions(tail));
    }

    private static Integer count(Tail tail, Clause clause) {
        return tail.has(clause) ? Amounts.count(clause.keyword(), tail.text(clause)) : null;
    }

    private List<NotionalLimit> notionals(Tail tail, Clause clause) {
        if (!tail.has(clause)) {
            return List.of();
        }
        var asset = names.asset(tail.list(clause).get(1));
        long amount = Amounts.units(clause.keyword(), tail.list(clause).getFirst(), asset.getScale());
        return List.of(new NotionalLimit(asset.getId(), amount));
    }

    private List<PositionLimit> positions(Tail tail) {
        if (!tail.has(Clause.POSITION)) {
            return List.of();
        }
        var instrument = names.instrument(tail.list(Clause.POSITION).get(1));
        long quantity = names.quantity(tail.list(Clause.POSITION).getFirst(), instrument);
        return List.of(new PositionLimit(instrument.getId(), quantity));
    }
}
