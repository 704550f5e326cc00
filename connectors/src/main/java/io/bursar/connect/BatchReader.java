package io.bursar.connect;

import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RegistryUnavailableException;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a batch. A record that does not hold what it must stops the task, unless the user wants errors tolerated: then it
 * goes where errors go, and is left out. For one thread only.
 *
 * @param <R> what is made of a record
 */
public abstract class BatchReader<R> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchReader.class);
    private static final long REPORT_TIMEOUT_SECONDS = 60;

    private final SinkTaskContext context;

    protected BatchReader(SinkTaskContext context) {
        this.context = context;
    }

    /**
     * What a record holds.
     *
     * @throws MalformedRecordException when it does not hold what it must
     * @throws UnknownSchemaException when the registry does not know its schema
     * @throws RegistryUnavailableException when the schema is not known yet and the registry gives no usable answer
     * @throws IllegalArgumentException when a converter has changed it
     */
    protected abstract R read(SinkRecord record);

    /** What a record that cannot be read lacks, such as "no journal entry". */
    protected abstract String lacking(SinkRecord record);

    /** What comes of it when a record is left out, as a sentence. */
    protected abstract String whenLeftOut();

    /** A record that is to be left out could not be reported; it may be later. */
    public static final class NotReportedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotReportedException(Exception cause) {
            super("A record that is left out could not be reported: " + cause, cause);
        }
    }

    /**
     * What the records hold, in their order. What was left out has been reported by then.
     *
     * @throws ConnectException when a record does not hold what it must and errors are not tolerated
     * @throws NotReportedException when errors are tolerated, but the record did not get where they go
     * @throws RegistryUnavailableException when a schema is not known yet and the registry gives no usable answer
     */
    public final List<R> read(Collection<SinkRecord> records) {
        var read = new ArrayList<R>(records.size());
        var reports = new ArrayList<Future<Void>>();
        for (var record : records) {
            try {
                read.add(readUnchanged(record));
            } catch (MalformedRecordException | UnknownSchemaException e) {
                reports.add(reportOrStop(record, e));
            }
        }
        await(reports);
        return read;
    }

    private R readUnchanged(SinkRecord record) {
        try {
            return read(record);
        } catch (IllegalArgumentException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    private Future<Void> reportOrStop(SinkRecord record, RuntimeException cause) {
        var problem = new ConnectException(
                "Topic %s, partition %d, offset %d holds %s: %s. If it is left out, by errors.tolerance=all, %s"
                        .formatted(
                                record.topic(),
                                record.kafkaPartition(),
                                record.kafkaOffset(),
                                lacking(record),
                                cause.getMessage(),
                                whenLeftOut()),
                cause);
        var reporter = context.errantRecordReporter();
        if (reporter == null) {
            throw problem;
        }
        LOG.warn("Left out", problem);
        return reporter.report(record, problem);
    }

    /** What is left out has to be where errors go before the sink moves past it. */
    private static void await(List<Future<Void>> reports) {
        try {
            for (var report : reports) {
                report.get(REPORT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new NotReportedException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("Interrupted while reporting records that are left out", e);
        }
    }
}
