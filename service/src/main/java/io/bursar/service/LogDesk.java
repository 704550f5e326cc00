package io.bursar.service;

import io.bursar.desk.DeskCopy;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.Reply;
import io.bursar.service.desk.DeskAccess;
import io.bursar.topology.Bursar;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;

/** The desk behind the log of the real application. */
record LogDesk(Bursar bursar) implements DeskAccess {
    @Override
    public DeskCopy copy() {
        return bursar.desk();
    }

    @Override
    public Reply ask(SpecificRecord message, String traceParent, Duration atMost)
            throws InterruptedException, TimeoutException {
        try (var sent = new LogAccess(bursar).send(message, traceParent)) {
            return sent.await(atMost);
        }
    }

    @Override
    public void publish(OperationReport report) throws InterruptedException {
        bursar.commands().publish(report);
    }
}
