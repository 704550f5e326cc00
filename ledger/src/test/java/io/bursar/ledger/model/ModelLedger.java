package io.bursar.ledger.model;

import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.Withdraw;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules of the ledger a second time, written down as they are read: slowly, with plain maps and exact decimals, and
 * nothing taken from the ledger itself. What the two do not agree about, one of them has wrong.
 */
final class ModelLedger {
    static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(5);

    private final SortedMap<String, ModelAccount> accounts = new TreeMap<>();
    private final ModelFunds funds;
    private final ModelOrders orders;
    private final ModelFills fills;
    private final ModelTransfers transfers;
    private final ModelLifeCycle lifeCycle;

    ModelLedger(ModelReference reference, int mostOpenOrders) {
        this.funds = new ModelFunds(reference);
        this.fills = new ModelFills(reference);
        this.orders = new ModelOrders(reference, mostOpenOrders);
        this.transfers = new ModelTransfers(reference);
        this.lifeCycle = new ModelLifeCycle(reference);
    }

    ModelAccount account(String id) {
        return accounts.computeIfAbsent(id, ModelAccount::new);
    }

    Outcome decide(Request request) {
        var account = account(request.accountId());
        account.entries.clear();
        var outcome = switch (request.body()) {
            case Fill fill -> arrive(account, request, fill);
            case TransferArrival arrival -> arrive(account, request, arrival);
            case TransferOutcome outcomeOfTransfer -> learn(account, request, outcomeOfTransfer);
            default -> execute(account, request);
        };
        account(request.accountId()).forget();
        return outcome;
    }

    /** The timer finds overdue orders. */
    List<String> expire(String accountId, Instant now, int atMost) {
        var account = account(accountId);
        account.entries.clear();
        account.expire(now, atMost);
        return List.copyOf(account.entries);
    }

    private Outcome execute(ModelAccount account, Request request) {
        boolean isPlacement = request.body() instanceof PlaceOrder;
        var first = account.decided(request.commandId(), request.body());
        if (first != null) {
            return first.content().equals(request.body())
                    ? new Outcome(first.refusal(), true, first.sequence(), List.of())
                    : refuse(account, request, Refusal.of(isPlacement ? "order_id_reused" : "command_id_reused"));
        }
        if (!isPlacement && account.onTheirWay.containsKey(request.commandId())) {
            return refuse(account, request, Refusal.of("command_id_reused"));
        }
        var memory = isPlacement ? ModelAccount.ORDER_MEMORY : ModelAccount.COMMAND_MEMORY;
        if (request.occurredAt().plus(memory).isBefore(account.time)) {
            var oldest = account.time.minus(memory);
            return refuse(account, request, Refusal.bound("command_too_old", oldest, request.occurredAt()));
        }
        var latest = request.receivedAt().plus(FUTURE_TOLERANCE);
        if (request.occurredAt().isAfter(latest)) {
            return refuse(account, request, Refusal.bound("occurred_in_the_future", latest, request.occurredAt()));
        }
        account.expire(request.occurredAt(), Integer.MAX_VALUE);
        var attempt = account.copy();
        try {
            long sequence = perform(attempt, request);
            attempt.requireFitting();
            if (!isPlacement) {
                attempt.commands.put(
                        request.commandId(), new ModelAccount.Decided(request.body(), null, sequence, attempt.time));
            }
            accounts.put(attempt.id, attempt);
            if (isPlacement) {
                settleWaiting(((PlaceOrder) request.body()).getOrderId(), attempt);
            }
            return new Outcome(null, false, sequence, List.copyOf(account(request.accountId()).entries));
        } catch (Refusal.Refused refused) {
            return refuse(account, request, refused.refusal);
        }
    }

    private long perform(ModelAccount account, Request request) {
        var at = request.occurredAt();
        return switch (request.body()) {
            case OpenAccount open -> lifeCycle.open(account, open, at);
            case UpdateAccount update -> lifeCycle.update(account, update, at);
            case SuspendAccount any -> lifeCycle.suspend(account, at);
            case ResumeAccount any -> lifeCycle.resume(account, at);
            case CloseAccount any -> lifeCycle.close(account, at);
            case SetLimits set -> lifeCycle.setLimits(account, set, at);
            case SetQuota set -> lifeCycle.setQuota(account, set, at);
            case Deposit deposit -> funds.deposit(account, deposit, at);
            case Withdraw withdraw -> funds.withdraw(account, withdraw, at);
            case Adjust adjust -> funds.adjust(account, adjust, at);
            case AllocateFunds allocate -> funds.allocate(account, allocate, at);
            case Transfer transfer -> transfers.send(account, transfer, request.commandId(), at);
            case PlaceOrder place -> orders.place(account, place, at);
            case CancelOrder cancel -> orders.cancel(account, cancel, at);
            case AmendOrder amend -> orders.amend(account, amend, at);
            case ExtendOrder extend -> orders.extend(account, extend, at);
            case ResolveFill resolve -> fills.resolve(account, resolve, at);
            default -> throw new IllegalArgumentException("no command: " + request.body());
        };
    }

    private static Outcome refuse(ModelAccount account, Request request, Refusal refusal) {
        long sequence;
        if (request.body() instanceof PlaceOrder place) {
            sequence = account.journal("OrderRejected " + place.getOrderId() + " " + refusal.words());
            if (refusal.spendsId()) {
                var order = new ModelOrder(place, request.occurredAt());
                order.status = ModelOrder.Status.REJECTED;
                order.closedAt = account.decidedAt(request.occurredAt());
                order.refusal = refusal;
                order.decidedSequence = sequence;
                account.orders.put(order.id, order);
            }
        } else {
            sequence = account.journal("CommandRejected " + refusal.words());
            if (refusal.spendsId()) {
                account.commands.put(
                        request.commandId(),
                        new ModelAccount.Decided(
                                request.body(), refusal, sequence, account.decidedAt(request.occurredAt())));
            }
        }
        return new Outcome(refusal, false, sequence, List.copyOf(account.entries));
    }

    private Outcome arrive(ModelAccount account, Request request, Fill fill) {
        var latest = request.receivedAt().plus(FUTURE_TOLERANCE);
        var at = request.occurredAt().isAfter(latest) ? latest : request.occurredAt();
        var known = account.execution(ModelFills.key(fill));
        if (known != null && known.contents.contains(ModelFills.content(fill))) {
            return new Outcome(null, true, null, List.of());
        }
        account.expire(at, Integer.MAX_VALUE);
        var attempt = account.copy();
        try {
            if (account.execution(ModelFills.key(fill)) != null) {
                throw Refusal.of("execution_id_reused").thrown();
            }
            fills.settle(attempt, fill, at, ModelFills.Course.BY_ITSELF);
            accounts.put(attempt.id, attempt);
        } catch (Refusal.Refused refused) {
            fills.suspend(account, fill, at, refused.refusal);
        }
        return new Outcome(null, false, null, List.copyOf(account(request.accountId()).entries));
    }

    /** Fills that came before their order settle now, as far as nothing speaks against it. */
    private void settleWaiting(String orderId, ModelAccount accepted) {
        for (var waiting : List.copyOf(accepted.waiting.entrySet())) {
            var waits = waiting.getValue();
            if (waits.fill().getOrderId().equals(orderId)
                    && !waits.refusal().reason().equals("execution_id_reused")) {
                settleWaiting(account(accepted.id), waiting.getKey());
            }
        }
    }

    private void settleWaiting(ModelAccount account, long suspendedSequence) {
        var waiting = account.waiting.get(suspendedSequence);
        account.expire(waiting.at(), Integer.MAX_VALUE);
        var attempt = account.copy();
        try {
            fills.settle(attempt, waiting.fill(), waiting.at(), ModelFills.Course.byItsOrder(suspendedSequence));
            accounts.put(attempt.id, attempt);
        } catch (Refusal.Refused refused) {
            account.forget();
        }
    }

    private Outcome arrive(ModelAccount account, Request request, TransferArrival arrival) {
        if (account.hasArrived(arrival, request.occurredAt())) {
            return new Outcome(null, true, null, List.of());
        }
        account.expire(request.occurredAt(), Integer.MAX_VALUE);
        var attempt = account.copy();
        try {
            transfers.receive(attempt, arrival, request.occurredAt());
            accounts.put(attempt.id, attempt);
            return new Outcome(null, false, null, List.copyOf(attempt.entries));
        } catch (Refusal.Refused refused) {
            transfers.refuse(account, arrival, refused.refusal, request.occurredAt());
            return new Outcome(refused.refusal, false, null, List.copyOf(account.entries));
        }
    }

    private Outcome learn(ModelAccount account, Request request, TransferOutcome outcome) {
        if (!account.onTheirWay.containsKey(outcome.getTransferId())) {
            return new Outcome(null, true, null, List.of());
        }
        account.expire(request.occurredAt(), Integer.MAX_VALUE);
        transfers.learn(account, outcome, request.occurredAt());
        return new Outcome(null, false, null, List.copyOf(account.entries));
    }
}
