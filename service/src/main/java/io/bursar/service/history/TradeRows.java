package io.bursar.service.history;

import io.bursar.service.view.TradeView;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The trades of an account, in the order of the table's key backwards. */
record TradeRows(Connection connection) {
    private static final String SELECT = """
            SELECT occurred_at, sequence, kind, strategy, order_id, execution_id, instrument, side, quantity, price, notional,
              quote_asset, fee, fee_asset, realized_pnl, liquidity, late, venue, trade_id
            FROM trades WHERE account_id = ?%s
            ORDER BY occurred_at DESC, sequence DESC LIMIT ?
            """;
    private static final String FIRST_PAGE = SELECT.formatted("");
    private static final String NEXT_PAGE = SELECT.formatted(" AND (occurred_at, sequence) < (?, ?)");

    List<TradeView> of(String accountId, TradePlace before, int atMost) throws SQLException {
        try (var statement = connection.prepareStatement(before == null ? FIRST_PAGE : NEXT_PAGE)) {
            int parameter = 1;
            statement.setString(parameter++, accountId);
            if (before != null) {
                statement.setObject(parameter++, Columns.parameter(before.occurredAt()));
                statement.setLong(parameter++, before.sequence());
            }
            statement.setInt(parameter, atMost);
            try (var rows = statement.executeQuery()) {
                var trades = new ArrayList<TradeView>();
                while (rows.next()) {
                    trades.add(view(rows));
                }
                return trades;
            }
        }
    }

    private static TradeView view(ResultSet row) throws SQLException {
        return new TradeView(
                row.getLong("sequence"),
                Columns.instant(row, "occurred_at").toString(),
                row.getString("kind"),
                row.getString("strategy"),
                row.getString("order_id"),
                row.getString("execution_id"),
                row.getString("instrument"),
                row.getString("side"),
                Columns.decimal(row, "quantity"),
                Columns.decimal(row, "price"),
                Columns.decimal(row, "notional"),
                row.getString("quote_asset"),
                Columns.decimal(row, "fee"),
                row.getString("fee_asset"),
                Columns.decimal(row, "realized_pnl"),
                row.getString("liquidity"),
                row.getBoolean("late"),
                row.getString("venue"),
                row.getString("trade_id"));
    }
}
