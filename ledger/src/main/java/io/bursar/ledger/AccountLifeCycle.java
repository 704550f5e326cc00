package io.bursar.ledger;

import static io.bursar.ledger.Rejections.because;
import static io.bursar.ledger.Rejections.beyond;

import io.bursar.ledger.EntryDraft.Cause;
import io.bursar.schemas.AccountClosed;
import io.bursar.schemas.AccountOpened;
import io.bursar.schemas.AccountResumed;
import io.bursar.schemas.AccountSuspended;
import io.bursar.schemas.AccountUpdated;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.AccountStatus;

/** {@code OPEN ⇄ SUSPENDED}, {@code OPEN | SUSPENDED → CLOSED}, and back to {@code OPEN}. */
final class AccountLifeCycle {
    private AccountLifeCycle() {}

    static Rejection open(WorkingAccount work, Command command, OpenAccount open) {
        if (work.account().getStatus() != AccountStatus.UNOPENED) {
            return because(ReasonCode.ACCOUNT_ALREADY_EXISTS);
        }
        var refusal = checkRate(open.getTakerFeeRate());
        return refusal != null ? refusal : accept(work, command, new AccountOpened(open));
    }

    static Rejection update(WorkingAccount work, Command command, UpdateAccount update) {
        var refusal = unlessKnown(work.account());
        if (refusal == null && update.getTakerFeeRate() != null) {
            refusal = checkRate(update.getTakerFeeRate());
        }
        return refusal != null ? refusal : accept(work, command, new AccountUpdated(update));
    }

    private static Rejection checkRate(int takerFeeRate) {
        return takerFeeRate < 0 || takerFeeRate > Arithmetic.FEE_RATE_UNIT
                ? beyond(ReasonCode.TAKER_FEE_RATE_OUT_OF_RANGE, Arithmetic.FEE_RATE_UNIT, takerFeeRate)
                : null;
    }

    static Rejection suspend(WorkingAccount work, Command command, SuspendAccount suspend) {
        return switch (work.account().getStatus()) {
            case UNOPENED -> because(ReasonCode.ACCOUNT_NOT_FOUND);
            case SUSPENDED -> because(ReasonCode.ACCOUNT_IS_SUSPENDED);
            case CLOSED -> because(ReasonCode.ACCOUNT_IS_CLOSED);
            case OPEN -> accept(work, command, new AccountSuspended(suspend));
        };
    }

    /** Resuming an open account changes nothing and is accepted: the sender has what it wants. */
    static Rejection resume(WorkingAccount work, Command command, ResumeAccount resume) {
        if (work.account().getStatus() == AccountStatus.UNOPENED) {
            return because(ReasonCode.ACCOUNT_NOT_FOUND);
        }
        return accept(work, command, new AccountResumed());
    }

    static Rejection close(WorkingAccount work, Command command, CloseAccount close) {
        var account = work.account();
        var refusal = unlessKnown(account);
        if (refusal != null) {
            return refusal;
        }
        if (account.getOpenOrders() > 0) {
            return beyond(ReasonCode.OPEN_ORDERS_MUST_BE_ZERO, 0, account.getOpenOrders());
        }
        if (account.getSuspendedFills() > 0) {
            return beyond(ReasonCode.SUSPENDED_FILLS_MUST_BE_ZERO, 0, account.getSuspendedFills());
        }
        if (account.getTransfersOnTheirWay() > 0) {
            return beyond(ReasonCode.TRANSFERS_MUST_BE_SETTLED, 0, account.getTransfersOnTheirWay());
        }
        for (var balance : account.getBalances()) {
            if (balance.getTotal() != 0) {
                return Rejections.lacking(
                        ReasonCode.BALANCE_MUST_BE_ZERO,
                        balance.getStrategy(),
                        balance.getAsset(),
                        balance.getScale(),
                        0,
                        balance.getTotal());
            }
        }
        return accept(work, command, new AccountClosed());
    }

    /** Refuses what needs an account that is open or suspended. */
    static Rejection unlessKnown(AccountState account) {
        return switch (account.getStatus()) {
            case UNOPENED -> because(ReasonCode.ACCOUNT_NOT_FOUND);
            case CLOSED -> because(ReasonCode.ACCOUNT_IS_CLOSED);
            case OPEN, SUSPENDED -> null;
        };
    }

    /** Refuses what needs an account that is open. */
    static Rejection unlessOpen(AccountState account) {
        return account.getStatus() == AccountStatus.SUSPENDED
                ? because(ReasonCode.ACCOUNT_IS_SUSPENDED)
                : unlessKnown(account);
    }

    private static Rejection accept(WorkingAccount work, Command command, Object body) {
        new EntryDraft(work).append(Cause.of(command), command.occurredAt(), body, null, null);
        return null;
    }
}
