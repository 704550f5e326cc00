package io.bursar.ledger;

import io.bursar.schemas.Balance;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Hash;
import io.bursar.schemas.Position;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.AccountStatus;
import io.bursar.schemas.state.InTransit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looking things up in an account, and making one. */
public final class Accounts {
    /** The hash before the first entry of every account. */
    public static final Hash NO_HASH = new Hash(new byte[32]);

    private Accounts() {}

    /** An account that was never opened and of which nothing is known. */
    public static AccountState unopened(String accountId) {
        return new AccountState(
                accountId,
                AccountStatus.UNOPENED,
                "",
                "",
                0,
                Instant.EPOCH,
                0,
                0,
                List.of(),
                List.of(),
                0L,
                NO_HASH,
                CostMethod.AVERAGE,
                List.of(),
                0,
                0,
                List.of());
    }

    /** The same account, at the end of its chain of journal hashes. */
    public static AccountState withLastHash(AccountState account, Hash lastHash) {
        return at(account, account.getSequence(), lastHash);
    }

    /** The same account, as if this were the end of its journal. */
    static AccountState at(AccountState account, long sequence, Hash lastHash) {
        return new AccountState(
                account.getAccountId(),
                account.getStatus(),
                account.getOwner(),
                account.getName(),
                account.getTakerFeeRate(),
                account.getAccountTime(),
                account.getOpenOrders(),
                account.getSuspendedFills(),
                account.getBalances(),
                account.getPositions(),
                sequence,
                lastHash,
                account.getCostMethod(),
                account.getMarketPermissions(),
                account.getQuotas(),
                account.getTransfersOnTheirWay(),
                account.getInTransit());
    }

    /** The balance of this strategy and asset, or null when the account never held any. */
    public static Balance balance(AccountState account, String strategy, String asset) {
        for (var balance : account.getBalances()) {
            if (isOf(balance, strategy, asset)) {
                return balance;
            }
        }
        return null;
    }

    /** What can be reserved, withdrawn or paid with, in units of the asset; 0 without a balance. */
    public static long available(AccountState account, String strategy, String asset) {
        var balance = balance(account, strategy, asset);
        return balance == null ? 0 : balance.getTotal() - balance.getReserved();
    }

    /** What the account has sent of an asset and may get back, in units of the asset. */
    static long inTransit(AccountState account, String asset) {
        for (var sent : account.getInTransit()) {
            if (sent.getAsset().equals(asset)) {
                return sent.getAmount();
            }
        }
        return 0;
    }

    /** Without an entry for an asset of which nothing is in transit. */
    static List<InTransit> withInTransit(List<InTransit> inTransit, String asset, long amount) {
        var result = new ArrayList<InTransit>(inTransit.size() + 1);
        long sum = amount;
        for (var sent : inTransit) {
            if (sent.getAsset().equals(asset)) {
                sum = Math.addExact(sum, sent.getAmount());
            } else {
                result.add(sent);
            }
        }
        if (sum != 0) {
            result.add(new InTransit(asset, sum));
        }
        return result;
    }

    /** The position of this strategy and instrument, or null when nothing was ever filled. */
    public static Position position(AccountState account, String strategy, String instrument) {
        for (var position : account.getPositions()) {
            if (isOf(position, strategy, instrument)) {
                return position;
            }
        }
        return null;
    }

    static List<Balance> replaced(List<Balance> balances, List<Balance> changed) {
        if (changed.isEmpty()) {
            return balances;
        }
        var result = new ArrayList<Balance>(balances.size() + changed.size());
        result.addAll(balances);
        for (var balance : changed) {
            int at = 0;
            while (at < result.size() && !isOf(result.get(at), balance.getStrategy(), balance.getAsset())) {
                at++;
            }
            putAt(result, at, balance);
        }
        return result;
    }

    static List<Position> replaced(List<Position> positions, Position changed) {
        if (changed == null) {
            return positions;
        }
        var result = new ArrayList<Position>(positions.size() + 1);
        result.addAll(positions);
        int at = 0;
        while (at < result.size() && !isOf(result.get(at), changed.getStrategy(), changed.getInstrument())) {
            at++;
        }
        putAt(result, at, changed);
        return result;
    }

    private static <T> void putAt(List<T> list, int at, T value) {
        if (at == list.size()) {
            list.add(value);
        } else {
            list.set(at, value);
        }
    }

    private static boolean isOf(Balance balance, String strategy, String asset) {
        return balance.getAsset().equals(asset) && balance.getStrategy().equals(strategy);
    }

    private static boolean isOf(Position position, String strategy, String instrument) {
        return position.getInstrument().equals(instrument)
                && position.getStrategy().equals(strategy);
    }
}
