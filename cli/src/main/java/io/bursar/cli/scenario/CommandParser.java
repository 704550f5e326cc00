package io.bursar.cli.scenario;

import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.Side;

/** Makes the messages that lines stand for. */
final class CommandParser {
    /** What a message must have and a scenario need not care for. */
    static final String NO_REASON = "as the scenario says";

    private final AccountLines accounts;
    private final FundsLines funds;
    private final OrderLines orders;
    private final FillLines fills;

    CommandParser(Names names) {
        accounts = new AccountLines(names);
        funds = new FundsLines(names);
        orders = new OrderLines(names);
        fills = new FillLines(names);
    }

    Step command(Line line) {
        return switch (line.verb()) {
            case OPEN -> accounts.open(line);
            case UPDATE -> accounts.update(line);
            case SUSPEND -> accounts.suspend(line);
            case RESUME -> line.toAccounts(new ResumeAccount(), line.tail());
            case CLOSE -> line.toAccounts(new CloseAccount(), line.tail());
            case LIMITS -> accounts.limits(line);
            case QUOTA -> accounts.quota(line);
            case ALLOCATE -> funds.allocate(line);
            case DEPOSIT -> funds.deposit(line);
            case WITHDRAW -> funds.withdraw(line);
            case ADJUST -> funds.adjust(line);
            case TRANSFER -> funds.transfer(line);
            case BUY -> orders.place(line, Side.BUY);
            case SELL -> orders.place(line, Side.SELL);
            case CANCEL -> orders.cancel(line);
            case AMEND -> orders.amend(line);
            case EXTEND -> orders.extend(line);
            case FILL -> fills.fill(line, FillKind.NEW);
            case BUST -> fills.fill(line, FillKind.BUST);
            case TRADE -> fills.trade(line);
            case SETTLE -> fills.resolve(line, Resolution.SETTLE);
            case DISCARD -> fills.resolve(line, Resolution.DISCARD);
            case AT, TIMER, LIST, ACCOUNT, BALANCE, ORDER, POSITION, SUSPENDED, TRIAL ->
                throw new IllegalArgumentException(line.verb() + " sends nothing");
        };
    }
}
