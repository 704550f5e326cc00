package io.bursar.ledger;

import static io.bursar.ledger.Rejections.because;
import static io.bursar.ledger.Rejections.beyond;
import static io.bursar.ledger.Rejections.lacking;

import io.bursar.ledger.EntryDraft.Cause;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.FundsAdjusted;
import io.bursar.schemas.FundsAllocated;
import io.bursar.schemas.FundsDeposited;
import io.bursar.schemas.FundsWithdrawn;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Withdraw;

/** Money that enters, leaves, is corrected, or is given to a strategy; it comes and goes by the unallocated money. */
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
        var instrument = deposit.getInstrument() == null ? null : reference.instrument(deposit.getInstrument());
        if (deposit.getInstrument() != null && instrument == null) {
            return because(ReasonCode.INSTRUMENT_NOT_FOUND);
        }
        var terms = instrument == null ? null : Orders.terms(instrument, reference);
        if (instrument != null && terms == null) {
            return because(ReasonCode.ASSET_NOT_FOUND);
        }
        boolean hasCost = deposit.getCostBasis() != null;
        if (hasCost != (terms != null) || (hasCost && !terms.getBaseAsset().equals(asset.getId()))) {
            return because(ReasonCode.FIELDS_DO_NOT_FIT_DEPOSIT);
        }
        if (deposit.getAmount() <= 0) {
            return beyond(ReasonCode.AMOUNT_MUST_BE_POSITIVE, 1, deposit.getAmount());
        }
        if (hasCost && deposit.getCostBasis() < 0) {
            return beyond(ReasonCode.COST_MUST_NOT_BE_NEGATIVE, 0, deposit.getCostBasis());
        }
        var position = hasCost
                ? PositionEdit.of(work, UNALLOCATED, instrument.getId(), terms)
                        .buy(deposit.getAmount(), deposit.getCostBasis())
                : null;
        var entry = new EntryDraft(work);
        entry.move(
                LedgerAccount.EXTERNAL,
                LedgerAccount.AVAILABLE,
                UNALLOCATED,
                asset.getId(),
                asset.getScale(),
                deposit.getAmount());
        entry.append(Cause.of(command), command.occurredAt(), new FundsDeposited(deposit), null, position);
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

    /** Between the unallocated money and a strategy; both keep what they hold for orders. */
    Rejection allocate(WorkingAccount work, Command command, AllocateFunds allocate) {
        var refusal = AccountLifeCycle.unlessKnown(work.account());
        if (refusal != null) {
            return refusal;
        }
        var asset = reference.asset(allocate.getAsset());
        if (asset == null) {
            return because(ReasonCode.ASSET_NOT_FOUND);
        }
        if (allocate.getAmount() == 0) {
            return beyond(ReasonCode.AMOUNT_MUST_BE_POSITIVE, 1, 0);
        }
        boolean isGiven = allocate.getAmount() > 0;
        var giver = isGiven ? UNALLOCATED : allocate.getStrategy();
        var taker = isGiven ? allocate.getStrategy() : UNALLOCATED;
        long amount = isGiven ? allocate.getAmount() : Math.negateExact(allocate.getAmount());
        long available = Accounts.available(work.account(), giver, asset.getId());
        if (available < amount) {
            return lacking(ReasonCode.INSUFFICIENT_FUNDS, giver, asset.getId(), asset.getScale(), amount, available);
        }
        var entry = new EntryDraft(work);
        entry.moveBetweenStrategies(giver, taker, asset.getId(), asset.getScale(), amount);
        entry.append(Cause.of(command), command.occurredAt(), new FundsAllocated(allocate), null, null);
        return null;
    }
}
