package io.bursar.bench.workload;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.OpenAccount;
import io.bursar.topology.topics.Topics;
import java.time.Instant;
import java.util.List;

/** The accounts of the benchmark, numbered from 0. */
public final class Accounts {
    private Accounts() {}

    /** The id of an account. */
    public static String id(int number) {
        return "account-" + number;
    }

    /** Opens an account. */
    public static Message open(Topics topics, int number, Instant occurredAt) {
        var open =
                new OpenAccount("owner-" + number, "benchmark", Market.TAKER_FEE_RATE, CostMethod.AVERAGE, List.of());
        return new Message(topics.accounts(), id(number), new AccountCommand("open", id(number), occurredAt, open));
    }

    /** Gives it more of an asset than it can use up. */
    public static Message fund(Topics topics, int number, String asset, Instant occurredAt) {
        var deposit = new Deposit(asset, Market.FUNDS, null, null);
        return new Message(
                topics.balanceUpdates(),
                id(number),
                new BalanceUpdate("fund-" + asset, id(number), occurredAt, deposit));
    }
}
