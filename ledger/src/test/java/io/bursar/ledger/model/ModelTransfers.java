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

    static String key(TransferArrival arrival) {
        return arrival.getFromAccountId() + " " + arrival.getTransferId();
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

    long receive(ModelAccount account, TransferArrival arrival, Instant at) {
        ModelLifeCycle.requireNotClosed(account);
        account.advance(at);
        account.move("", arrival.getAsset(), Amounts.of(arrival.getAmount()), "TRANSIT");
        account.requireFitting();
        long sequence = account.journal("TransferReceived");
        account.arrivals.put(key(arrival), new ModelAccount.Decided(arrival, null, sequence, account.time));
        return sequence;
    }

    long refuse(ModelAccount account, TransferArrival arrival, Refusal refusal) {
        long sequence = account.journal("TransferRefused " + refusal.words());
        account.arrivals.put(key(arrival), new ModelAccount.Decided(arrival, refusal, sequence, account.time));
        return sequence;
    }

    long learn(ModelAccount account, TransferOutcome outcome, Instant at) {
        var transfer = account.onTheirWay.remove(outcome.getTransferId());
        account.advance(at);
        if (outcome.getReason() == null) {
            return account.journal("TransferConfirmed");
        }
        account.move("", transfer.asset(), transfer.amount(), "TRANSIT");
        return account.journal("TransferReturned");
    }
}
