package io.bursar.exactlyonce;

import io.bursar.schemas.FundsTransferred;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.TransferConfirmed;
import io.bursar.schemas.TransferReturned;
import io.bursar.stack.JournalReader;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the journal holds by now; reads on in it whenever it is asked. */
final class Progress {
    private final JournalReader journal;
    private final Set<DecisionKey> decided = new HashSet<>();
    private final Map<DecisionKey, Instant> deadlines = new HashMap<>();
    private final Set<DecisionKey> transfersOnTheirWay = new HashSet<>();

    Progress(JournalReader journal) {
        this.journal = journal;
    }

    int decided() {
        read();
        return decided.size();
    }

    /** How many of them are not decided yet and which one is the first; empty when all are. */
    Optional<String> undecided(Collection<DecisionKey> keys) {
        read();
        if (decided.size() < keys.size()) {
            return Optional.of("some of " + (keys.size() - decided.size()) + " commands are not decided");
        }
        var missing = keys.stream().filter(key -> !decided.contains(key)).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(missing.size() + " commands are not decided, such as " + missing.getFirst());
    }

    /** How many orders are open with an earlier deadline; empty when none is. */
    Optional<String> openUntil(Instant latest) {
        read();
        var open = deadlines.entrySet().stream()
                .filter(order -> order.getValue().isBefore(latest))
                .toList();
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(open.size() + " orders have not expired, such as " + open.getFirst());
    }

    /** How many transfers have neither arrived nor come back; empty when all have. */
    Optional<String> onTheirWay() {
        read();
        return transfersOnTheirWay.isEmpty()
                ? Optional.empty()
                : Optional.of(transfersOnTheirWay.size() + " transfers are on their way, such as "
                        + transfersOnTheirWay.iterator().next());
    }

    private void read() {
        for (var journalled : journal.poll()) {
            var entry = journalled.entry();
            DecisionKey.of(entry).ifPresent(decided::add);
            followTransfer(entry);
            var order = entry.getOrder();
            if (order != null) {
                var key = DecisionKey.ofOrder(entry.getAccountId(), order.getOrderId());
                boolean open =
                        order.getStatus() == OrderStatus.ACTIVE || order.getStatus() == OrderStatus.PARTIALLY_FILLED;
                if (open) {
                    deadlines.put(key, order.getExpiresAt());
                } else {
                    deadlines.remove(key);
                }
            }
        }
    }

    private void followTransfer(JournalEntry entry) {
        var accountId = entry.getAccountId();
        switch (entry.getBody()) {
            case FundsTransferred body ->
                transfersOnTheirWay.add(DecisionKey.ofCommand(accountId, entry.getCommandId()));
            case TransferConfirmed body ->
                transfersOnTheirWay.remove(
                        DecisionKey.ofCommand(accountId, body.getOutcome().getTransferId()));
            case TransferReturned body ->
                transfersOnTheirWay.remove(
                        DecisionKey.ofCommand(accountId, body.getOutcome().getTransferId()));
            default -> {
                // Moves nothing between accounts.
            }
        }
    }
}
