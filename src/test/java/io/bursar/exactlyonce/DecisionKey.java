package io.bursar.exactlyonce;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferConfirmed;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.TransferReceived;
import io.bursar.schemas.TransferRefused;
import io.bursar.schemas.TransferReturned;
import java.util.Optional;

/**
 * What must be decided exactly once.
 *
 * @param id says of which kind it is as well, since a command, an order and a fill may have the same id
 */
record DecisionKey(String accountId, String id) {
    static DecisionKey ofCommand(String accountId, String commandId) {
        return new DecisionKey(accountId, "command " + commandId);
    }

    static DecisionKey ofOrder(String accountId, String orderId) {
        return new DecisionKey(accountId, "order " + orderId);
    }

    static DecisionKey ofFill(Fill fill) {
        var kind = fill.getKind() == FillKind.BUST ? "bust " : "fill ";
        return new DecisionKey(fill.getAccountId(), kind + fill.getExecutionId() + " of " + fill.getOrderId());
    }

    static DecisionKey ofArrival(String accountId, TransferArrival arrival) {
        return new DecisionKey(
                accountId, "arrival of " + arrival.getTransferId() + " from " + arrival.getFromAccountId());
    }

    static DecisionKey ofOutcome(String accountId, TransferOutcome outcome) {
        return new DecisionKey(accountId, "outcome of " + outcome.getTransferId());
    }

    /** What the entry decides; empty for what only follows from something else: an expiry, a settlement of what waited. */
    static Optional<DecisionKey> of(JournalEntry entry) {
        return Optional.ofNullable(
                switch (entry.getBody()) {
                    case OrderAccepted body ->
                        ofOrder(entry.getAccountId(), body.getPlace().getOrderId());
                    case OrderRejected body ->
                        ofOrder(entry.getAccountId(), body.getPlace().getOrderId());
                    case FillSuspended body -> ofFill(body.getFill());
                    case FillSettled body -> body.getSuspendedSequence() == null ? ofFill(body.getFill()) : null;
                    case TransferReceived body -> ofArrival(entry.getAccountId(), body.getArrival());
                    case TransferRefused body -> ofArrival(entry.getAccountId(), body.getArrival());
                    case TransferConfirmed body -> ofOutcome(entry.getAccountId(), body.getOutcome());
                    case TransferReturned body -> ofOutcome(entry.getAccountId(), body.getOutcome());
                    case OrderExpired body -> null;
                    default -> ofCommand(entry.getAccountId(), entry.getCommandId());
                });
    }

    @Override
    public String toString() {
        return id + " of " + accountId;
    }
}
