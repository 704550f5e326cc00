package io.bursar.service;

import io.bursar.ledger.Answer;
import io.bursar.ledger.Command;
import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.Order;
import io.bursar.schemas.Reply;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.service.command.LedgerAccess;
import io.bursar.topology.AccountWith;
import io.bursar.topology.Bursar;
import io.bursar.topology.commands.CommandGateway;
import io.bursar.topology.commands.NotWrittenException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;

/** The ledger behind the log of the real application. */
record LogAccess(Bursar bursar) implements LedgerAccess {
    @Override
    public ReferenceData reference() {
        return bursar.reference();
    }

    @Override
    public Optional<Order> rememberedOrder(String accountId, String orderId) {
        return bursar.queries().order(accountId, orderId).flatMap(AccountWith::rows);
    }

    @Override
    public Optional<CommandRecord> decidedCommand(String accountId, String commandId) {
        return bursar.queries().command(accountId, commandId);
    }

    @Override
    public Answer wouldAnswer(Command command) {
        return bursar.queries().wouldAnswer(command);
    }

    @Override
    public Sent send(SpecificRecord message, String traceParent) throws InterruptedException {
        return new InFlight(bursar.commands().send(message, traceParent));
    }

    @Override
    public void publish(SpecificRecord reference) throws InterruptedException {
        bursar.commands().publish(reference);
    }

    private record InFlight(CommandGateway.Pending pending) implements Sent {
        @Override
        public Reply await(Duration atMost) throws InterruptedException, TimeoutException {
            try {
                return pending.reply().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof NotWrittenException notWritten
                        ? notWritten
                        : new IllegalStateException("a command failed unexpectedly", e.getCause());
            }
        }

        @Override
        public void close() {
            pending.close();
        }
    }
}
