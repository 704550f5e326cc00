package io.bursar.service.history;

import io.bursar.service.view.BalanceView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Balances as the sums of their postings. */
record BalanceSums(Connection connection) {
    private static final String SELECT = """
            SELECT strategy, asset, scale,
              sum(amount_units) FILTER (WHERE ledger_account = 'AVAILABLE') AS available,
              sum(amount_units) FILTER (WHERE ledger_account = 'RESERVED') AS reserved
            FROM postings
            WHERE account_id = ? AND ledger_account IN ('AVAILABLE', 'RESERVED') AND %s <= ?
            GROUP BY strategy, asset, scale ORDER BY strategy, asset
            """;

    List<BalanceView> upTo(String accountId, long sequence) throws SQLException {
        try (var statement = connection.prepareStatement(SELECT.formatted("sequence"))) {
            statement.setLong(2, sequence);
            return sums(accountId, statement);
        }
    }

    List<BalanceView> upTo(String accountId, Instant instant) throws SQLException {
        try (var statement = connection.prepareStatement(SELECT.formatted("occurred_at"))) {
            statement.setObject(2, Columns.parameter(instant));
            return sums(accountId, statement);
        }
    }

    private static List<BalanceView> sums(String accountId, PreparedStatement statement) throws SQLException {
        statement.setString(1, accountId);
        try (var rows = statement.executeQuery()) {
            var balances = new ArrayList<BalanceView>();
            while (rows.next()) {
                balances.add(BalanceView.of(
                        rows.getString("strategy"),
                        rows.getString("asset"),
                        rows.getInt("scale"),
                        rows.getLong("available"),
                        rows.getLong("reserved")));
            }
            return balances;
        }
    }
}
