package io.bursar.ledger.model;

import io.bursar.schemas.CostMethod;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.Quota;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.UpdateAccount;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Set;

/** Accounts are opened, changed, suspended, resumed and closed. */
final class ModelLifeCycle {
    private static final int WHOLE_NOTIONAL = 1_000_000;

    private final ModelReference reference;

    ModelLifeCycle(ModelReference reference) {
        this.reference = reference;
    }

    static void requireNotClosed(ModelAccount account) {
        if (account.status == ModelAccount.Status.UNOPENED) {
            throw Refusal.of("account_not_found").thrown();
        }
        if (account.status == ModelAccount.Status.CLOSED) {
            throw Refusal.of("account_is_closed").thrown();
        }
    }

    static void requireOpen(ModelAccount account) {
        requireNotClosed(account);
        if (account.status == ModelAccount.Status.SUSPENDED) {
            throw Refusal.of("account_is_suspended").thrown();
        }
    }

    long open(ModelAccount account, OpenAccount open, Instant at) {
        if (account.status != ModelAccount.Status.UNOPENED) {
            throw Refusal.of("account_already_exists").thrown();
        }
        requireRate(open.getTakerFeeRate());
        account.advance(at);
        account.status = ModelAccount.Status.OPEN;
        account.owner = open.getOwner();
        account.name = open.getName();
        account.takerFeeRate = open.getTakerFeeRate();
        account.fifo = open.getCostMethod() == CostMethod.FIFO;
        account.markets = Set.copyOf(open.getMarketPermissions());
        return account.journal("AccountOpened");
    }

    long update(ModelAccount account, UpdateAccount update, Instant at) {
        requireNotClosed(account);
        if (update.getTakerFeeRate() != null) {
            requireRate(update.getTakerFeeRate());
            account.takerFeeRate = update.getTakerFeeRate();
        }
        if (update.getName() != null) {
            account.name = update.getName();
        }
        if (update.getMarketPermissions() != null) {
            account.markets = Set.copyOf(update.getMarketPermissions());
        }
        account.advance(at);
        return account.journal("AccountUpdated");
    }

    long suspend(ModelAccount account, Instant at) {
        requireOpen(account);
        account.advance(at);
        account.status = ModelAccount.Status.SUSPENDED;
        return account.journal("AccountSuspended");
    }

    long resume(ModelAccount account, Instant at) {
        if (account.status == ModelAccount.Status.UNOPENED) {
            throw Refusal.of("account_not_found").thrown();
        }
        account.advance(at);
        account.status = ModelAccount.Status.OPEN;
        return account.journal("AccountResumed");
    }

    long close(ModelAccount account, Instant at) {
        requireNotClosed(account);
        requireZero("open_orders_must_be_zero", account.openOrders().size());
        requireZero("suspended_fills_must_be_zero", account.waiting.size());
        requireZero("transfers_must_be_settled", account.onTheirWay.size());
        account.balances.forEach((key, money) -> {
            if (money.total().signum() != 0) {
                throw Refusal.lack("balance_must_be_zero", key.strategy(), key.of(), BigInteger.ZERO, money.total())
                        .thrown();
            }
        });
        account.advance(at);
        account.status = ModelAccount.Status.CLOSED;
        return account.journal("AccountClosed");
    }

    long setLimits(ModelAccount account, SetLimits set, Instant at) {
        bound(account, "", set.getLimits(), at);
        return account.journal("LimitsSet");
    }

    long setQuota(ModelAccount account, SetQuota set, Instant at) {
        bound(account, set.getStrategy(), set.getQuota(), at);
        return account.journal("QuotaSet");
    }

    private void bound(ModelAccount account, String strategy, Quota bounds, Instant at) {
        requireNotClosed(account);
        ModelLimits.requireKnown(reference, bounds);
        account.advance(at);
        var quota = new ModelQuota(bounds, account.quotas.remove(strategy));
        if (!quota.isUnlimited()) {
            account.quotas.put(strategy, quota);
            ModelLimits.requireCountable(account, strategy, quota);
        }
    }

    private static void requireZero(String reason, int count) {
        if (count != 0) {
            throw Refusal.bound(reason, BigInteger.ZERO, Amounts.of(count)).thrown();
        }
    }

    private static void requireRate(int rate) {
        if (rate < 0 || rate > WHOLE_NOTIONAL) {
            throw Refusal.bound("taker_fee_rate_out_of_range", Amounts.of(WHOLE_NOTIONAL), Amounts.of(rate))
                    .thrown();
        }
    }
}
