package io.bursar.connect.postgres;

import io.bursar.connect.JournalRecord;
import io.bursar.schemas.Micros;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the table of each month of the journal before the month's first entry is written. For one thread only. */
final class MonthPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(MonthPartitions.class);

    /** What lies outside has two tables of its own from the beginning. */
    private static final YearMonth FIRST = YearMonth.of(2000, 1);

    private static final YearMonth LAST = YearMonth.of(2099, 12);

    /** The number is any, but the same for all tasks: who has the lock makes tables. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 4207))";

    private final Schema schema;
    private final Set<YearMonth> known = new HashSet<>();

    /** What a month was found by last; most entries of a batch are of one. */
    private YearMonth lastMonth;

    private long lastMonthFrom;
    private long lastMonthTo;

    MonthPartitions(Schema schema) {
        this.schema = schema;
    }

    /** Commits a transaction of its own, if there is anything to make; when this throws, it is the caller's to roll back. */
    void ensure(Connection connection, List<JournalRecord> records) throws SQLException {
        var missing = new TreeSet<YearMonth>();
        for (var record : records) {
            var month = month(Micros.of(record.entry().getOccurredAt()));
            if (!known.contains(month)) {
                missing.add(month);
            }
        }
        missing.removeIf(month -> month.isBefore(FIRST) || month.isAfter(LAST));
        if (!missing.isEmpty()) {
            make(connection, missing);
            known.addAll(missing);
        }
    }

    /** The tables may be others. */
    void forget() {
        known.clear();
    }

    private void make(Connection connection, Set<YearMonth> months) throws SQLException {
        try (var lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, schema.name());
            lock.execute();
        }
        for (var month : months) {
            if (!exists(connection, month)) {
                make(connection, month);
            }
        }
        connection.commit();
    }

    private boolean exists(Connection connection, YearMonth month) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, table(month));
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getBoolean(1);
            }
        }
    }

    /** Attaching locks out neither readers nor writers; making the table as a partition would. */
    private void make(Connection connection, YearMonth month) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table(month) + " (LIKE " + schema.table("journal") + " INCLUDING ALL)");
            statement.execute("ALTER TABLE " + schema.table("journal") + " ATTACH PARTITION " + table(month)
                    + " FOR VALUES FROM ('" + month.atDay(1) + " 00:00:00+00') TO ('"
                    + month.plusMonths(1).atDay(1) + " 00:00:00+00')");
        }
        LOG.info("Made {} for the entries of {}", table(month), month);
    }

    private String table(YearMonth month) {
        return schema.table("journal_%04d_%02d".formatted(month.getYear(), month.getMonthValue()));
    }

    private YearMonth month(long micros) {
        if (lastMonth == null || micros < lastMonthFrom || micros >= lastMonthTo) {
            lastMonth =
                    YearMonth.from(Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
            lastMonthFrom = begin(lastMonth);
            lastMonthTo = begin(lastMonth.plusMonths(1));
        }
        return lastMonth;
    }

    private static long begin(YearMonth month) {
        return Micros.of(month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
}
