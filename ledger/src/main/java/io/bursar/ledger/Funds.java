package io.bursar.ledger;

import static io.bursar.ledger.Rejections.because;
import static io.bursar.ledger.Rejections.beyond;
import static io.bursar.ledger.Rejections.lacking;

import io.bursar.ledger.EntryDraft.Cause;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.FundsAdjusted;
import io.bursar.schemas.FundsDeposited;
import io.bursar.schemas.FundsWithdrawn;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Withdraw;

/** Money that enters, leaves or is corrected; always the unallocated money of the account. */
final class Funds {
    private static final String UNALLOCATED = "";

    private final ReferenceData reference;

    Funds(ReferenceData reference) {
        this.reference = reference;
    }

    Rejection deposit(WorkingAccount work, Command command, Deposit deposit) {
        var refusal = AccountLifeCycle.unlessKnown(work.account());
        if (refusal != null) {
            return refusal;
        }
        var asset = reference.asset(deposit.getAsset());
        if (asset == null) {
            return because(ReasonCode.ASSET_NOT_FOUND);
        }
        if (deposit.getAmount() <= 0) {
            return beyond(ReasonCode.AMOUNT_MUST_BE_POSITIVE, 1, deposit.getAmount());
        }
        var entry = new EntryDraft(work);
        entry.move(
                LedgerAccount.EXTERNAL,
                LedgerAccount.AVAILABLE,
                UNALLOCATED,
                asset.getId(),
                asset.getScale(),
                deposit.getAmount());
        entry.append(Cause.of(command), command.occurredAt(), new FundsDeposited(deposit), null, null);
        return null;
    }

    Rejection withdraw(WorkingAccount work, Command command, Withdraw withdraw) {
        var refusal = AccountLifeCycle.unlessOpen(work.account());
        if (refusal != null) {
            return refusal;
        }
        var asset = reference.asset(withdraw.getAsset());
        if (asset == null) {
            return because(ReasonCode.ASSET_NOT_FOUND);
        }
        if (withdraw.getAmount() <= 0) {
            return beyond(ReasonCode.AMOUNT_MUST_BE_POSITIVE, 1, withdraw.getAmount());
        }
        long available = Accounts.available(work.account(), UNALLOCATED, asset.getId());
        if (available < withdraw.getAmount()) {
            return lacking(
                    ReasonCode.INSUFFICIENT_FUNDS,
                    UNALLOCATED,
                    asset.getId(),
                    asset.getScale(),
                    withdraw.getAmount(),
                    available);
        }
        var entry = new EntryDraft(work);
        entry.move(
                LedgerAccount.AVAILABLE,
                LedgerAccount.EXTERNAL,
                UNALLOCATED,
                asset.getId(),
                asset.getScale(),
                withdraw.getAmount());
        entry.append(Cause.of(command), command.occurredAt(), new FundsWithdrawn(withdraw), null, null);
        return null;
    }

    Rejection adjust(WorkingAccount work, Command command, Adjust adjust) {
        var refusal = AccountLifeCycle.unlessKnown(work.account());
        if (refusal != null) {
            return refusal;
        }
        var asset = reference.asset(adjust.getAsset());
        if (asset == null) {
            return because(ReasonCode.ASSET_NOT_FOUND);
        }
        if (adjust.getAmount() == 0) {
            return beyond(ReasonCode.AMOUNT_MUST_BE_POSITIVE, 1, 0);
        }
        long required = adjust.getAmount() < 0 ? Math.negateExact(adjust.getAmount()) : 0;
        long available = Accounts.available(work.account(), UNALLOCATED, asset.getId());
        if (available < required) {
            return lacking(
                    ReasonCode.INSUFFICIENT_FUNDS, UNALLOCATED, asset.getId(), asset.getScale(), required, available);
        }
        var entry = new EntryDraft(work);
        entry.move(
                LedgerAccount.ADJUSTMENT,
                LedgerAccount.AVAILABLE,
                UNALLOCATED,
                asset.getId(),
                asset.getScale(),
                adjust.getAmount());
        entry.append(Cause.of(command), command.occurredAt(), new FundsAdjusted(adjust), null, null);
        return null;
    }
}
