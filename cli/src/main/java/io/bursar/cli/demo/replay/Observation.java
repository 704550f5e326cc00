package io.bursar.cli.demo.replay;

import io.bursar.cli.demo.flow.DecisionKey;
import io.bursar.cli.demo.flow.Outcome;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderRejected;

/** What a journal entry says was decided, and how. */
record Observation(DecisionKey key, Outcome outcome, JournalEntry entry) {

    static Observation of(JournalEntry entry) {
        var account = entry.getAccountId();
        return switch (entry.getBody()) {
            case OrderAccepted body ->
                new Observation(DecisionKey.ofOrder(account, body.getPlace().getOrderId()), Outcome.ACCEPTED, entry);
            case OrderRejected body ->
                new Observation(
                        DecisionKey.ofOrder(account, body.getPlace().getOrderId()),
                        Outcome.rejected(body.getRejection().getReason()),
                        entry);
            case OrderExpired body ->
                new Observation(DecisionKey.ofExpiry(account, body.getOrderId()), Outcome.EXPIRED, entry);
            case FillSettled body
            when body.getResolve() == null -> new Observation(keyOf(body), Outcome.SETTLED, entry);
            case FillSuspended body ->
                new Observation(
                        keyOf(body.getFill()),
                        Outcome.suspended(body.getRejection().getReason()),
                        entry);
            case CommandRejected body ->
                new Observation(
                        DecisionKey.ofCommand(account, entry.getCommandId()),
                        Outcome.rejected(body.getRejection().getReason()),
                        entry);
            default -> new Observation(DecisionKey.ofCommand(account, entry.getCommandId()), Outcome.ACCEPTED, entry);
        };
    }

    private static DecisionKey keyOf(FillSettled settled) {
        var fill = settled.getFill();
        return settled.getSuspendedSequence() == null
                ? keyOf(fill)
                : DecisionKey.ofWaitingFill(fill.getAccountId(), fill.getOrderId(), fill.getExecutionId());
    }

    private static DecisionKey keyOf(Fill fill) {
        return DecisionKey.ofFill(fill.getAccountId(), fill.getOrderId(), fill.getExecutionId());
    }
}
