package io.bursar.ledger.model;

import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferOutcome;
import java.time.Instant;

/** Money goes from one account to another, and comes back when it is not taken. */
final class ModelTransfers {
    private final ModelReference reference;

    ModelTransfers(ModelReference reference) {
        this.reference = reference;
    }

    /** Its sender may use the id again when it is over and forgotten, which is later. */
    static String key(TransferArrival arrival, Instant at) {
        return arrival.getFromAccountId() + " " + arrival.getTransferId() + " " + at;
    }

    long send(ModelAccount account, Transfer transfer, String transferId, Instant at) {
        ModelLifeCycle.requireOpen(account);
        reference.requireAsset(transfer.getAsset());
        if (transfer.getToAccountId().equals(account.id)) {
            throw Refusal.of("accounts_must_differ").thrown();
        }
        var amount = ModelFunds.requirePositive("amount_must_be_positive", transfer.getAmount());
        account.requireAvailable("insufficient_funds", "", transfer.getAsset(), amount);
        account.advance(at);
        account.move("", transfer.getAsset(), amount.negate(), "TRANSIT");
        account.onTheirWay.put(
                transferId, new ModelAccount.Transfer(transfer.getToAccountId(), transfer.getAsset(), amount));
        return account.journal("FundsTransferred");
    }

    void receive(ModelAccount account, TransferArrival arrival, Instant at) {
        if (at.plus(ModelAccount.COMMAND_MEMORY).isBefore(account.time)) {
            throw Refusal.of("command_too_old").thrown();
        }
        ModelLifeCycle.requireNotClosed(account);
        account.advance(at);
        account.move("", arrival.getAsset(), Amounts.of(arrival.getAmount()), "TRANSIT");
        account.requireFitting();
        account.journal("TransferReceived");
        account.arrivals.put(key(arrival, at), account.time);
    }

    void refuse(ModelAccount account, TransferArrival arrival, Refusal refusal, Instant at) {
        account.journal("TransferRefused " + refusal.words());
        account.arrivals.put(key(arrival, at), account.decidedAt(at));
    }

    void learn(ModelAccount account, TransferOutcome outcome, Instant at) {
        var transfer = account.onTheirWay.remove(outcome.getTransferId());
        account.advance(at);
        if (outcome.getReason() == null) {
            account.journal("TransferConfirmed");
            return;
        }
        account.move("", transfer.asset(), transfer.amount(), "TRANSIT");
        account.journal("TransferReturned");
    }
}
