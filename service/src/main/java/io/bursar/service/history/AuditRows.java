package io.bursar.service.history;

import io.bursar.service.view.AuditView;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of the audit, the last that happened first. */
record AuditRows(Connection connection) {
    private static final String SELECT = """
            SELECT occurred_at, audit_partition, audit_offset, kind, severity, result, action, status, reason, key_id, address,
              request_id, account_id, broker_account_id, subject, unrecorded
            FROM audit_log WHERE\s""";
    private static final String ORDER = " ORDER BY occurred_at DESC, audit_partition DESC, audit_offset DESC LIMIT ?";

    List<AuditEntry> of(AuditQuery query) throws SQLException {
        var conditions = new ArrayList<String>();
        var values = new ArrayList<Object>();
        conditions.add("occurred_at >= ?");
        values.add(Columns.parameter(query.from()));
        add(conditions, values, "starts_with(kind, ?)", query.kindPrefix());
        add(conditions, values, "severity = ?", query.severity());
        add(conditions, values, "result = ?", query.result());
        add(conditions, values, "key_id = ?", query.keyId());
        add(conditions, values, "account_id = ?", query.accountId());
        add(conditions, values, "broker_account_id = ?", query.brokerAccountId());
        query.before().ifPresent(place -> {
            conditions.add("(occurred_at, audit_partition, audit_offset) < (?, ?, ?)");
            values.addAll(List.of(Columns.parameter(place.occurredAt()), place.partition(), place.offset()));
        });
        values.add(query.atMost());
        try (var statement = connection.prepareStatement(SELECT + String.join(" AND ", conditions) + ORDER)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (var rows = statement.executeQuery()) {
                var events = new ArrayList<AuditEntry>();
                while (rows.next()) {
                    events.add(entry(rows));
                }
                return events;
            }
        }
    }

    private static void add(List<String> conditions, List<Object> values, String condition, Optional<String> value) {
        value.ifPresent(given -> {
            conditions.add(condition);
            values.add(given);
        });
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        var occurredAt = Columns.instant(row, "occurred_at");
        int status = row.getInt("status");
        long unrecorded = row.getLong("unrecorded");
        return new AuditEntry(
                new AuditPlace(occurredAt, row.getInt("audit_partition"), row.getLong("audit_offset")),
                new AuditView(
                        occurredAt.toString(),
                        orNull(row.getString("kind")),
                        row.getString("severity"),
                        row.getString("result"),
                        row.getString("action"),
                        status == 0 ? null : status,
                        row.getString("reason"),
                        orNull(row.getString("key_id")),
                        orNull(row.getString("address")),
                        orNull(row.getString("request_id")),
                        row.getString("account_id"),
                        row.getString("broker_account_id"),
                        row.getString("subject"),
                        unrecorded == 0 ? null : unrecorded));
    }

    /** The contract has no null for these. */
    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
