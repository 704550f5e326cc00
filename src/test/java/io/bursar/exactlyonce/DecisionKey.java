package io.bursar.exactlyonce;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderRejected;
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
        return new DecisionKey(fill.getAccountId(), "fill " + fill.getExecutionId() + " of " + fill.getOrderId());
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
                    case OrderExpired body -> null;
                    default -> ofCommand(entry.getAccountId(), entry.getCommandId());
                });
    }

    @Override
    public String toString() {
        return id + " of " + accountId;
    }
}
