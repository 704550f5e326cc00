package io.bursar.connect.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.bursar.connect.BatchReader;
import io.bursar.connect.BatchReader.NotReportedException;
import io.bursar.connect.Retries;
import io.bursar.connect.Version;
import io.bursar.schemas.serde.RegistryUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the partitions that the worker gives it. Each batch is one transaction, and the offsets to go on from are in
 * it; Kafka's own are never committed. What may pass is tried again without an end of the task, by the worker, which
 * delivers the same batch once more. For the worker's one thread.
 *
 * @param <R> what is written of a record
 */
abstract class TablesSinkTask<R> extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(TablesSinkTask.class);

    private final Set<TopicPartition> open = new HashSet<>();
    private DatabaseSettings settings;
    private HikariDataSource database;
    private SinkTables<R> tables;
    private BatchReader<R> reader;
    private Retries retries;
    private boolean isMigrated;

    /**
     * What a task's start has to end with. A database that cannot be reached does not keep the task from starting: the
     * first batch waits for it.
     *
     * @param tablesIn makes the tables of the sink, given connections without auto-commit
     */
    final void begin(
            Duration retryFor,
            DatabaseSettings where,
            BatchReader<R> batches,
            Function<DataSource, SinkTables<R>> tablesIn) {
        settings = where;
        reader = batches;
        database = Database.connections(where.url(), where.user(), where.password(), 1);
        tables = tablesIn.apply(database);
        retries = new Retries(retryFor, System::nanoTime, new SplittableRandom());
        tryNow("start", this::migrate);
    }

    /**
     * Does what has to be done to the tables from time to time, before a batch, empty ones included.
     *
     * @param claimed what is this task's to write
     */
    void tend(DataSource connections, Set<TopicPartition> claimed) throws SQLException {}

    @Override
    public final String version() {
        return Version.VERSION;
    }

    @Override
    public final void open(Collection<TopicPartition> partitions) {
        open.addAll(partitions);
        tryNow("take over " + partitions, () -> {
            if (isMigrated) {
                claim();
            }
        });
    }

    @Override
    public final void close(Collection<TopicPartition> partitions) {
        open.removeAll(partitions);
        tables.release(partitions);
    }

    /**
     * Writes the records, all or none.
     *
     * @throws RetriableException when it may work later: the same records are to be delivered again
     * @throws ConnectException when it will not, with the reason and where the records lie
     */
    @Override
    public final void put(Collection<SinkRecord> records) {
        try {
            deliver(records);
            retries.succeeded();
        } catch (SQLException | FlywayException e) {
            throw failed(e, SqlFailures.within(e), records);
        } catch (RegistryUnavailableException | NotReportedException e) {
            throw retries.failure(e.getMessage(), e, context);
        } catch (SinkConflictException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    /** Nothing for Kafka to commit: the offsets lie beside the rows. */
    @Override
    public final Map<TopicPartition, OffsetAndMetadata> preCommit(
            Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        return Map.of();
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }

    private void deliver(Collection<SinkRecord> records) throws SQLException {
        migrate();
        // Records that came before it was known from where to go on are left; they come again if they are wanted.
        if (!open.stream().allMatch(tables::isClaimed)) {
            claim();
            rewind();
            return;
        }
        tend(database, open);
        if (!tables.write(reader.read(records))) {
            LOG.info("The tables of schema {} end elsewhere than they did: going on from there", settings.schema());
            isMigrated = false;
            migrate();
            claim();
            rewind();
        }
    }

    private void migrate() throws SQLException {
        if (isMigrated) {
            return;
        }
        try (var migrating = Database.migrating(settings.url(), settings.user(), settings.password())) {
            if (settings.appliesMigrations()) {
                Migrations.apply(migrating, settings.schema());
            } else {
                Migrations.validate(migrating, settings.schema());
            }
        }
        isMigrated = true;
    }

    private void claim() throws SQLException {
        var unclaimed =
                open.stream().filter(partition -> !tables.isClaimed(partition)).toList();
        var claimed = tables.claim(unclaimed);
        claimed.forEach(context::offset);
        LOG.info("Writing partitions from these offsets on: {}", claimed);
    }

    private void rewind() {
        var offsets = new HashMap<TopicPartition, Long>();
        open.forEach(partition -> offsets.put(partition, tables.nextOffset(partition)));
        context.offset(offsets);
    }

    private interface Attempt {
        void run() throws SQLException;
    }

    /** Where the worker does not try again, what may pass is left to {@link #put}. */
    private void tryNow(String what, Attempt attempt) {
        try {
            attempt.run();
        } catch (SQLException | FlywayException e) {
            var failure = SqlFailures.within(e);
            if (failure == null || !SqlFailures.mayPass(failure)) {
                throw failed(e, failure, List.of());
            }
            LOG.warn("Cannot {} yet: {}", what, e.getMessage());
        } catch (SinkConflictException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }

    private ConnectException failed(Exception e, SQLException failure, Collection<SinkRecord> records) {
        if (failure != null && SqlFailures.mayPass(failure)) {
            return retries.failure("The database is not available: " + e.getMessage(), e, context);
        }
        return new ConnectException(
                "The database refuses (SQLSTATE " + SqlFailures.state(failure) + ", " + places(records)
                        + "), and nothing of the batch was written: " + e.getMessage(),
                e);
    }

    /** Of a batch, as topic-partition@first..last. */
    private static String places(Collection<SinkRecord> records) {
        var offsets = new TreeMap<String, long[]>();
        for (var record : records) {
            var range = offsets.computeIfAbsent(record.topic() + "-" + record.kafkaPartition(), any ->
                    new long[] {record.kafkaOffset(), record.kafkaOffset()});
            range[1] = record.kafkaOffset();
        }
        return offsets.isEmpty()
                ? "no records"
                : offsets.entrySet().stream()
                        .map(range -> range.getKey() + "@" + range.getValue()[0] + ".." + range.getValue()[1])
                        .collect(Collectors.joining(", "));
    }
}
