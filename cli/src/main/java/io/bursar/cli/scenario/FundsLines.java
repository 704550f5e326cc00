package io.bursar.cli.scenario;

import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.Withdraw;

/** Lines that move money, each beginning with an amount and its asset. */
final class FundsLines {
    private final Names names;

    FundsLines(Names names) {
        this.names = names;
    }

    /** With a cost, it says in which instrument: that of the cost's scale. */
    Step deposit(Line line) {
        var amount = amount(line);
        var tail = line.tail();
        var instrument = tail.has(Clause.IN) ? names.instrument(tail.text(Clause.IN)) : null;
        if (instrument == null && tail.has(Clause.COST)) {
            throw Fault.of("cost", tail.text(Clause.COST), "needs an instrument: cost AMOUNT in INSTRUMENT");
        }
        var body = new Deposit(
                amount.asset().getId(),
                amount.units(),
                instrument == null ? null : instrument.getId(),
                tail.has(Clause.COST) ? (Long) names.quote("cost", tail.text(Clause.COST), instrument) : null);
        return line.toBalanceUpdates(body, tail);
    }

    Step withdraw(Line line) {
        var amount = amount(line);
        return line.toBalanceUpdates(new Withdraw(amount.asset().getId(), amount.units()), line.tail());
    }

    Step adjust(Line line) {
        var amount = amount(line);
        var tail = line.tail();
        var reason = tail.textOr(Clause.BECAUSE, CommandParser.NO_REASON);
        return line.toBalanceUpdates(new Adjust(amount.asset().getId(), amount.units(), reason), tail);
    }

    Step transfer(Line line) {
        var amount = amount(line);
        line.words().expect("to");
        var to = names.account(line.words().next("an account"));
        return line.toBalanceUpdates(new Transfer(to, amount.asset().getId(), amount.units()), line.tail());
    }

    Step allocate(Line line) {
        var amount = amount(line);
        line.words().expect("to");
        var strategy = Ids.of("strategy", line.words().next("a strategy"));
        return line.toAccounts(new AllocateFunds(strategy, amount.asset().getId(), amount.units()), line.tail());
    }

    private Amount amount(Line line) {
        var number = line.words().next("an amount");
        var asset = names.asset(line.words().next("an asset"));
        return new Amount(asset, Amounts.units("amount", number, asset.getScale()));
    }

    private record Amount(Asset asset, long units) {}
}
