package io.bursar.connect.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the rows of the audit that are too old: once an hour, and as long as there are more of them than fit into one
 * statement, every second. For one thread only.
 */
final class AuditRetention {
    /** So few that nobody waits for them. */
    static final int MOST_AT_ONCE = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration PAUSE_WHILE_MORE = Duration.ofSeconds(1);

    private final Optional<Duration> kept;
    private final InstantSource clock;
    private final String delete;
    private Instant next = Instant.MIN;

    /** @param kept how long rows are kept; empty: for ever */
    AuditRetention(Schema schema, Optional<Duration> kept, InstantSource clock) {
        this.kept = kept;
        this.clock = clock;
        var table = schema.table(DeskRows.AUDIT_LOG.name());
        this.delete = "DELETE FROM " + table + " WHERE (audit_partition, audit_offset) IN"
                + " (SELECT audit_partition, audit_offset FROM " + table + " WHERE occurred_at < ?"
                + " ORDER BY occurred_at LIMIT " + MOST_AT_ONCE + " FOR UPDATE SKIP LOCKED)";
    }

    /** Deletes some, in a transaction of its own, if it is time to. */
    void enforce(DataSource database) throws SQLException {
        var now = clock.instant();
        if (kept.isEmpty() || now.isBefore(next)) {
            return;
        }
        int deleted = delete(database, now.minus(kept.get()));
        if (deleted > 0) {
            LOG.info(
                    "Deleted {} rows of the audit that are older than {} days",
                    deleted,
                    kept.get().toDays());
        }
        next = now.plus(deleted == MOST_AT_ONCE ? PAUSE_WHILE_MORE : PAUSE);
    }

    private int delete(DataSource database, Instant before) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(delete)) {
            statement.setObject(1, before.atOffset(ZoneOffset.UTC));
            int deleted = statement.executeUpdate();
            connection.commit();
            return deleted;
        } catch (SQLException e) {
            throw new SQLException("old rows of audit_log: " + e.getMessage(), e.getSQLState(), e);
        }
    }
}
