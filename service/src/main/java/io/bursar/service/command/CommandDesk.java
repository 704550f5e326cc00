package io.bursar.service.command;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.Micros;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Reply;
import io.bursar.service.http.Fields;
import io.bursar.service.view.RejectionView;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/** Sends what requests stand for and makes answers of what the ledger decides. Thread-safe. */
final class CommandDesk {
    private final Supplier<? extends LedgerAccess> ledger;
    private final Duration atMost;
    private final InstantSource clock;

    /**
     * @param atMost how long a caller waits for a decision
     * @param clock what {@code occurredAt} is taken from
     */
    CommandDesk(Supplier<? extends LedgerAccess> ledger, Duration atMost, InstantSource clock) {
        this.ledger = ledger;
        this.atMost = atMost;
        this.clock = clock;
    }

    /**
     * A request that is made now.
     *
     * @param key the caller's, or null
     */
    CommandRequest request(Map<String, String> path, Map<String, String> query, Fields body, String key) {
        return new CommandRequest(
                ledger(), path, query, body, key, UUID.randomUUID().toString(), Micros.floor(clock.instant()));
    }

    Duration atMost() {
        return atMost;
    }

    LedgerAccess ledger() {
        return ledger.get();
    }

    /** A command that the log has been given. */
    final class Open implements AutoCloseable {
        private final Endpoint endpoint;
        private final SpecificRecord message;
        private final LedgerAccess.Sent sent;
        private final long deadline = System.nanoTime() + atMost.toNanos();

        private Open(Endpoint endpoint, SpecificRecord message, LedgerAccess.Sent sent) {
            this.endpoint = endpoint;
            this.message = message;
            this.sent = sent;
        }

        /** Waits for the decision until the caller's time is over. */
        Decided await() throws InterruptedException {
            try {
                var left = Math.max(0, deadline - System.nanoTime());
                return decided(endpoint, message, sent.await(Duration.ofNanos(left)));
            } catch (TimeoutException e) {
                return undecided(message);
            }
        }

        @Override
        public void close() {
            sent.close();
        }
    }

    /** Sends it; a request that says more than is understood is refused first. */
    Open send(Endpoint endpoint, SpecificRecord message, String traceParent) throws InterruptedException {
        return new Open(endpoint, message, ledger().send(message, traceParent));
    }

    /** The account that a message is about. */
    static String accountId(SpecificRecord message) {
        return switch (message) {
            case AccountCommand command -> command.getAccountId();
            case BalanceUpdate update -> update.getAccountId();
            case OrderCommand command -> command.getAccountId();
            case Fill fill -> fill.getAccountId();
            default -> throw new IllegalArgumentException("a " + message.getSchema() + " is about no account");
        };
    }

    /** The id by which a repeat of a message is recognised. */
    static String key(SpecificRecord message) {
        return switch (message) {
            case AccountCommand command -> command.getCommandId();
            case BalanceUpdate update -> update.getCommandId();
            case OrderCommand command -> command.getCommandId();
            case Fill fill -> fill.getExecutionId();
            default -> throw new IllegalArgumentException("a " + message.getSchema() + " has no identity");
        };
    }

    private static String orderId(SpecificRecord message) {
        return switch (message) {
            case OrderCommand command when command.getBody() instanceof PlaceOrder place -> place.getOrderId();
            case Fill fill -> fill.getOrderId();
            default -> null;
        };
    }

    private static Decided decided(Endpoint endpoint, SpecificRecord message, Reply reply) {
        boolean isFill = message instanceof Fill;
        if (!reply.getAccepted() && !isFill) {
            var refusal = Refusal.of(reply);
            return new Decided(refusal.status(), refusal, key(message), reply.getRepeated(), null);
        }
        boolean isMade = endpoint.method().equals(HandlerType.POST);
        var status = isMade ? HttpStatus.CREATED : HttpStatus.OK;
        var view = view(
                message, reply.getSequence(), outcome(isFill, reply), RejectionView.ofNullable(reply.getRejection()));
        return new Decided(status.getCode(), view, key(message), reply.getRepeated(), isMade ? made(message) : null);
    }

    private static String outcome(boolean isFill, Reply reply) {
        if (!isFill) {
            return "accepted";
        }
        return reply.getAccepted() ? "settled" : "suspended";
    }

    private static Decided undecided(SpecificRecord message) {
        return new Decided(
                HttpStatus.ACCEPTED.getCode(),
                view(message, null, "undecided", null),
                key(message),
                false,
                orderId(message) == null ? account(message) + "/commands/" + key(message) : made(message));
    }

    private static DecisionView view(SpecificRecord message, Long sequence, String outcome, RejectionView rejection) {
        boolean isFill = message instanceof Fill;
        return new DecisionView(
                accountId(message),
                isFill ? null : key(message),
                orderId(message),
                isFill ? key(message) : null,
                sequence,
                outcome,
                rejection);
    }

    /** Where what was made can be read. */
    private static String made(SpecificRecord message) {
        return switch (message) {
            case OrderCommand command
            when command.getBody() instanceof PlaceOrder place -> account(message) + "/orders/" + place.getOrderId();
            case Fill fill -> account(message) + "/orders/" + fill.getOrderId();
            default -> account(message);
        };
    }

    private static String account(SpecificRecord message) {
        return Endpoint.ROOT + "/accounts/" + accountId(message);
    }
}
