package io.bursar.connect.postgres;

import io.bursar.connect.postgres.DeskRecord.Audited;
import io.bursar.connect.postgres.DeskRecord.Changed;
import io.bursar.connect.postgres.DeskRecord.Deleted;
import io.bursar.connect.postgres.DeskRecord.Refreshed;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.TokenRefresh;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/**
 * The tables of the desk: the audit as it comes, and of broker accounts and refreshes what a batch says last. A broker
 * account that is deleted keeps its row, with the time: the audit and its refreshes go on naming it. For one thread only.
 */
final class DeskTables extends SinkTables<DeskRecord> {
    /** Those that do not come from the journal. */
    static final List<Table> ALL = List.of(DeskRows.AUDIT_LOG, DeskRows.BROKER_ACCOUNTS, DeskRows.TOKEN_REFRESHES);

    private static final String SINK = "desk";

    private final Rows events;
    private final Rows accounts;
    private final Rows deletions;
    private final Rows refreshes;

    /** A statement, and the rows that it takes. */
    private record Rows(Table table, String sql, ArrayRows given) {
        Rows(Table table, String sql) {
            this(table, sql, new ArrayRows(table));
        }
    }

    private record RefreshOf(String accountId, long number) {}

    /** @param database gives connections without auto-commit; one at a time is in use */
    DeskTables(DataSource database, Schema schema) {
        super(database, schema, SINK);
        this.events = new Rows(DeskRows.AUDIT_LOG, DeskRows.AUDIT_LOG.insertNew(schema));
        this.accounts = new Rows(DeskRows.BROKER_ACCOUNTS, DeskRows.BROKER_ACCOUNTS.upsert(schema));
        this.deletions = new Rows(DeskRows.DELETIONS, DeskRows.DELETIONS.update(schema));
        this.refreshes = new Rows(DeskRows.TOKEN_REFRESHES, DeskRows.TOKEN_REFRESHES.upsert(schema));
    }

    @Override
    TopicPartition partition(DeskRecord written) {
        return written.partition();
    }

    @Override
    long offset(DeskRecord written) {
        return written.offset();
    }

    @Override
    void writeRows(Connection connection, List<DeskRecord> batch) throws SQLException {
        // A batch that failed may have left rows.
        var inOrder = List.of(events, accounts, deletions, refreshes);
        inOrder.forEach(each -> each.given().clear());
        var states = new LinkedHashMap<String, BrokerAccount>();
        var deleted = new LinkedHashMap<String, Instant>();
        var known = new LinkedHashMap<RefreshOf, TokenRefresh>();
        for (var record : batch) {
            switch (record.content()) {
                case Audited audited -> DeskRows.event(events.given(), record, audited.event());
                case Changed changed -> {
                    states.put(changed.account().getId(), changed.account());
                    deleted.remove(changed.account().getId());
                }
                case Deleted deletion -> deleted.put(deletion.accountId(), deletion.at());
                case Refreshed refreshed -> {
                    var refresh = refreshed.refresh();
                    known.put(new RefreshOf(refresh.getAccountId(), refresh.getNumber()), refresh);
                }
            }
        }
        states.values().forEach(account -> DeskRows.account(accounts.given(), account));
        deleted.forEach(
                (accountId, at) -> deletions.given().text(accountId).time(at).end());
        known.values().forEach(refresh -> DeskRows.refresh(refreshes.given(), refresh));
        for (var each : inOrder) {
            during(each.table().name());
            each.given().execute(connection, each.sql());
        }
    }
}
