package io.bursar.ledger.model;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.ZERO;

import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Withdraw;
import java.math.BigInteger;
import java.time.Instant;

/** Money enters, leaves, is corrected, and goes to strategies and back. */
final class ModelFunds {
    private final ModelReference reference;

    ModelFunds(ModelReference reference) {
        this.reference = reference;
    }

    long deposit(ModelAccount account, Deposit deposit, Instant at) {
        ModelLifeCycle.requireNotClosed(account);
        reference.requireAsset(deposit.getAsset());
        boolean hasCost = deposit.getCostBasis() != null;
        if (deposit.getInstrument() != null) {
            var instrument = reference.requireInstrument(deposit.getInstrument());
            if (!hasCost || !instrument.getBaseAsset().equals(deposit.getAsset())) {
                throw Refusal.of("fields_do_not_fit_deposit").thrown();
            }
        } else if (hasCost) {
            throw Refusal.of("fields_do_not_fit_deposit").thrown();
        }
        var amount = requirePositive("amount_must_be_positive", deposit.getAmount());
        if (hasCost && deposit.getCostBasis() < 0) {
            throw Refusal.bound("cost_must_not_be_negative", ZERO, Amounts.of(deposit.getCostBasis()))
                    .thrown();
        }
        account.advance(at);
        account.move("", deposit.getAsset(), amount, "EXTERNAL");
        if (hasCost) {
            account.position("", deposit.getInstrument()).buy(amount, Amounts.of(deposit.getCostBasis()));
        }
        return account.journal("FundsDeposited");
    }

    long withdraw(ModelAccount account, Withdraw withdraw, Instant at) {
        ModelLifeCycle.requireOpen(account);
        reference.requireAsset(withdraw.getAsset());
        var amount = requirePositive("amount_must_be_positive", withdraw.getAmount());
        account.requireAvailable("insufficient_funds", "", withdraw.getAsset(), amount);
        account.advance(at);
        account.move("", withdraw.getAsset(), amount.negate(), "EXTERNAL");
        return account.journal("FundsWithdrawn");
    }

    long adjust(ModelAccount account, Adjust adjust, Instant at) {
        ModelLifeCycle.requireNotClosed(account);
        reference.requireAsset(adjust.getAsset());
        var amount = requireNotZero(adjust.getAmount());
        if (amount.signum() < 0) {
            account.requireAvailable("insufficient_funds", "", adjust.getAsset(), amount.negate());
        }
        account.advance(at);
        account.move("", adjust.getAsset(), amount, "ADJUSTMENT");
        return account.journal("FundsAdjusted");
    }

    long allocate(ModelAccount account, AllocateFunds allocate, Instant at) {
        ModelLifeCycle.requireNotClosed(account);
        reference.requireAsset(allocate.getAsset());
        var amount = requireNotZero(allocate.getAmount());
        boolean isGiven = amount.signum() > 0;
        var from = isGiven ? "" : allocate.getStrategy();
        var to = isGiven ? allocate.getStrategy() : "";
        account.requireAvailable("insufficient_funds", from, allocate.getAsset(), amount.abs());
        account.advance(at);
        account.move(from, allocate.getAsset(), amount.abs().negate(), "ALLOCATED");
        account.move(to, allocate.getAsset(), amount.abs(), "ALLOCATED");
        return account.journal("FundsAllocated");
    }

    static BigInteger requirePositive(String reason, long amount) {
        if (amount <= 0) {
            throw Refusal.bound(reason, ONE, Amounts.of(amount)).thrown();
        }
        return Amounts.of(amount);
    }

    private static BigInteger requireNotZero(long amount) {
        if (amount == 0) {
            throw Refusal.bound("amount_must_be_positive", ONE, ZERO).thrown();
        }
        return Amounts.of(amount);
    }
}
