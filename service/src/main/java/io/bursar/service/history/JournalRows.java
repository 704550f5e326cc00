package io.bursar.service.history;

import io.bursar.service.view.EntryView;
import io.bursar.service.view.PostingView;
import io.bursar.service.view.Units;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The journal of an account, with the postings of each entry. */
record JournalRows(Connection connection) {
    // An amendment names its order alone. Of an id that was used again the table has the last order, which was decided
    // after the amendments of those before.
    private static final String ENTRIES = """
            SELECT j.sequence, j.occurred_at, j.kind, j.command_id, j.body, j.hash, o.instrument
            FROM journal j LEFT JOIN orders o ON o.account_id = j.account_id AND o.decided_sequence <= j.sequence
              AND o.order_id = coalesce(j.body->'amend'->>'orderId', j.body->'command'->'AmendOrder'->>'orderId')
            WHERE j.account_id = ? AND j.sequence BETWEEN ? AND ?
            ORDER BY j.sequence LIMIT ?
            """;

    // The index of the postings is by time.
    private static final String POSTINGS = """
            SELECT sequence, ledger_account, strategy, asset, amount, balance_after
            FROM postings WHERE account_id = ? AND occurred_at BETWEEN ? AND ? AND sequence BETWEEN ? AND ?
            ORDER BY sequence, number
            """;

    private record Row(
            long sequence,
            Instant occurredAt,
            String kind,
            String commandId,
            String body,
            String hash,
            String instrument) {}

    List<EntryView> of(String accountId, long from, long to, int atMost, Units units) throws SQLException {
        var rows = rows(accountId, from, to, atMost);
        if (rows.isEmpty()) {
            return List.of();
        }
        var postings = postings(accountId, rows);
        return rows.stream()
                .map(row -> EntryView.ofTable(
                        accountId,
                        row.sequence(),
                        row.kind(),
                        row.occurredAt(),
                        row.commandId(),
                        row.body(),
                        row.instrument(),
                        postings.getOrDefault(row.sequence(), List.of()),
                        row.hash(),
                        units))
                .toList();
    }

    private List<Row> rows(String accountId, long from, long to, int atMost) throws SQLException {
        try (var statement = connection.prepareStatement(ENTRIES)) {
            statement.setString(1, accountId);
            statement.setLong(2, from);
            statement.setLong(3, to);
            statement.setInt(4, atMost);
            try (var found = statement.executeQuery()) {
                var rows = new ArrayList<Row>();
                while (found.next()) {
                    rows.add(row(found));
                }
                return rows;
            }
        }
    }

    private static Row row(ResultSet found) throws SQLException {
        return new Row(
                found.getLong("sequence"),
                Columns.instant(found, "occurred_at"),
                found.getString("kind"),
                found.getString("command_id"),
                found.getString("body"),
                HexFormat.of().formatHex(found.getBytes("hash")),
                found.getString("instrument"));
    }

    private Map<Long, List<PostingView>> postings(String accountId, List<Row> rows) throws SQLException {
        var times = rows.stream().map(Row::occurredAt).sorted().toList();
        try (var statement = connection.prepareStatement(POSTINGS)) {
            statement.setString(1, accountId);
            statement.setObject(2, Columns.parameter(times.getFirst()));
            statement.setObject(3, Columns.parameter(times.getLast()));
            statement.setLong(4, rows.getFirst().sequence());
            statement.setLong(5, rows.getLast().sequence());
            try (var found = statement.executeQuery()) {
                var postings = new HashMap<Long, List<PostingView>>();
                while (found.next()) {
                    postings.computeIfAbsent(found.getLong("sequence"), sequence -> new ArrayList<>())
                            .add(new PostingView(
                                    found.getString("ledger_account"),
                                    found.getString("strategy"),
                                    found.getString("asset"),
                                    Columns.decimal(found, "amount"),
                                    Columns.decimal(found, "balance_after")));
                }
                return postings;
            }
        }
    }
}
