package io.bursar.service.desk;

import io.bursar.desk.DeskCopy;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.Reply;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the routes and workers need of the desk. Every method throws {@link io.bursar.topology.UnavailableException} while
 * it cannot be reached. Thread-safe.
 */
public interface DeskAccess {
    /** The broker accounts and their refreshes as this instance has heard of them. */
    DeskCopy copy();

    /**
     * Sends a command or a token event and waits for the committed decision.
     *
     * @param message a {@link io.bursar.schemas.BrokerAccountCommand} or {@link io.bursar.schemas.TokenEvent}
     * @param traceParent of the caller's trace; null without one
     * @throws TimeoutException when there is none in that time; there may be one later
     * @throws io.bursar.topology.commands.NotWrittenException when the log did not confirm that it has the message
     */
    Reply ask(SpecificRecord message, String traceParent, Duration atMost)
            throws InterruptedException, TimeoutException;

    /**
     * Publishes a report, which nobody decides about.
     *
     * @throws io.bursar.topology.commands.NotWrittenException as above
     */
    void publish(OperationReport report) throws InterruptedException;
}
