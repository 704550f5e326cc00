package io.bursar.connect;

import io.bursar.schemas.JournalEntry;
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
 * Reads the entries of a batch. A record that holds none stops the task, unless the user wants errors tolerated: then it
 * goes where errors go, and is left out. For one thread only.
 */
public final class EntryReader {
    private static final Logger LOG = LoggerFactory.getLogger(EntryReader.class);
    private static final long REPORT_TIMEOUT_SECONDS = 60;

    private final JournalDecoder decoder;
    private final SinkTaskContext context;

    /** @param decoder stays the caller's, who closes it */
    public EntryReader(JournalDecoder decoder, SinkTaskContext context) {
        this.decoder = decoder;
        this.context = context;
    }

    /** A record that is to be left out could not be reported; it may be later. */
    public static final class NotReportedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotReportedException(Exception cause) {
            super("A record that is left out could not be reported: " + cause, cause);
        }
    }

    /**
     * The entries in the order of their records. What was left out has been reported by then.
     *
     * @throws ConnectException when a record holds no entry and errors are not tolerated
     * @throws NotReportedException when errors are tolerated, but the record did not get where they go
     * @throws RegistryUnavailableException when a schema is not known yet and the registry gives no usable answer
     */
    public List<JournalRecord> read(Collection<SinkRecord> records) {
        var read = new ArrayList<JournalRecord>(records.size());
        var reports = new ArrayList<Future<Void>>();
        for (var record : records) {
            try {
                read.add(new JournalRecord(record.kafkaPartition(), record.kafkaOffset(), entry(record)));
            } catch (MalformedRecordException | UnknownSchemaException e) {
                reports.add(reportOrStop(record, e));
            }
        }
        await(reports);
        return read;
    }

    private JournalEntry entry(SinkRecord record) {
        try {
            return decoder.decode(SinkSettings.bytes(record.value()));
        } catch (IllegalArgumentException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    private Future<Void> reportOrStop(SinkRecord record, RuntimeException cause) {
        var problem = new ConnectException(
                "Topic %s, partition %d, offset %d holds no journal entry: %s. If it is left out, by errors.tolerance=all, the task stops at the next entry of the account"
                        .formatted(record.topic(), record.kafkaPartition(), record.kafkaOffset(), cause.getMessage()),
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
