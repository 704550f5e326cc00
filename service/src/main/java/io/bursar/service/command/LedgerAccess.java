package io.bursar.service.command;

import io.bursar.ledger.Answer;
import io.bursar.ledger.Command;
import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.Order;
import io.bursar.schemas.Reply;
import io.bursar.schemas.state.CommandRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;

/**
 * What commands need of the ledger. Every method throws {@link io.bursar.topology.UnavailableException} while it cannot be
 * reached. Thread-safe.
 */
public interface LedgerAccess {
    /** The assets and instruments as far as they have come. */
    ReferenceData reference();

    /**
     * The order as long as it is remembered, with or without its account being there.
     *
     * @throws io.bursar.topology.OwnedElsewhereException when another instance has the account
     */
    Optional<Order> rememberedOrder(String accountId, String orderId);

    /**
     * What is remembered of a decided command other than a placed order.
     *
     * @throws io.bursar.topology.OwnedElsewhereException when another instance has the account
     */
    Optional<CommandRecord> decidedCommand(String accountId, String commandId);

    /**
     * What the ledger would answer now, without anything being changed.
     *
     * @throws io.bursar.topology.OwnedElsewhereException when another instance has the account
     */
    Answer wouldAnswer(Command command);

    /**
     * Sends a command or a fill; the order of sending is the order of decisions of an account.
     *
     * @param traceParent of the caller's trace; null without one
     */
    Sent send(SpecificRecord message, String traceParent) throws InterruptedException;

    /** Publishes an asset or an instrument. */
    void publish(SpecificRecord reference) throws InterruptedException;

    /** A command or a fill that is on its way. */
    interface Sent extends AutoCloseable {
        /**
         * The committed decision.
         *
         * @throws TimeoutException when there is none in that time; there may be one later
         * @throws io.bursar.topology.commands.NotWrittenException when the log did not confirm that it has the command
         */
        Reply await(Duration atMost) throws InterruptedException, TimeoutException;

        @Override
        void close();
    }
}
