package io.bursar.cli.verify;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.progress.Text;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Reads accounts from the tables that the PostgreSQL sink keeps. An account is read in one transaction, at one instant. */
final class PostgresReader implements StoreReader {
    private static final int TAKER_FEE_RATE_SCALE = 6;

    private final DataSource database;
    private final String schema;

    /**
     * @param database gives connections that see one instant in a transaction, and do not commit by themselves
     * @param schema that the tables lie in
     */
    PostgresReader(DataSource database, String schema) {
        this.database = database;
        this.schema = schema;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public AccountPicture read(String accountId) throws IOException {
        try (var connection = database.getConnection()) {
            var facts = new TreeMap<String, String>();
            long sequence = readAccount(connection, accountId, facts);
            if (sequence == 0) {
                return AccountPicture.ABSENT;
            }
            readBalances(connection, accountId, facts);
            readPositions(connection, accountId, facts);
            readOrders(connection, accountId, facts);
            readSuspendedFills(connection, accountId, facts);
            return new AccountPicture(sequence, false, facts);
        } catch (SQLException e) {
            throw new IOException("account " + accountId + " cannot be read from PostgreSQL: " + e.getMessage(), e);
        }
    }

    /**
     * The trial balance as SQL gives it, a line for each asset.
     *
     * @throws CommandException when it cannot be read
     */
    List<String> trialBalance() {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(
                        "SELECT asset, sum, postings FROM " + schema + ".trial_balance ORDER BY asset");
                var rows = statement.executeQuery()) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add("trial balance by SQL: %s %s over %s postings"
                        .formatted(
                                rows.getString("asset"),
                                rows.getBigDecimal("sum").toPlainString(),
                                Text.count(rows.getLong("postings"))));
            }
            return lines;
        } catch (SQLException e) {
            throw new CommandException("The trial balance cannot be read from PostgreSQL: " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void query(Connection connection, String sql, String accountId, Row each) throws SQLException {
        try (var statement = connection.prepareStatement(sql.replace("$", schema + "."))) {
            statement.setString(1, accountId);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.take(rows);
                }
            }
        }
    }

    /** The sequence of the last entry; 0 for an account that is not there. */
    private long readAccount(Connection connection, String accountId, SortedMap<String, String> facts)
            throws SQLException {
        var sequence = new long[1];
        query(connection, """
                SELECT last_sequence, status, owner, name, taker_fee_rate, account_time, last_hash,
                  (SELECT count(*) FROM $orders o
                    WHERE o.account_id = a.account_id AND o.status IN ('ACTIVE', 'PARTIALLY_FILLED')) AS open_orders,
                  (SELECT count(*) FROM $suspended_fills f WHERE f.account_id = a.account_id) AS suspended_fills
                FROM $accounts a WHERE account_id = ?""", accountId, row -> {
            sequence[0] = row.getLong("last_sequence");
            facts.put("status", row.getString("status"));
            facts.put("owner", row.getString("owner"));
            facts.put("name", row.getString("name"));
            facts.put(
                    "takerFeeRate",
                    AccountPicture.amount(row.getBigDecimal("taker_fee_rate").movePointLeft(TAKER_FEE_RATE_SCALE)));
            facts.put("accountTime", instant(row, "account_time"));
            facts.put("lastHash", HexFormat.of().formatHex(row.getBytes("last_hash")));
            facts.put("openOrders", row.getString("open_orders"));
            facts.put("suspendedFills", row.getString("suspended_fills"));
        });
        return sequence[0];
    }

    private void readBalances(Connection connection, String accountId, SortedMap<String, String> facts)
            throws SQLException {
        query(
                connection,
                "SELECT strategy, asset, total, reserved FROM $balances WHERE account_id = ?",
                accountId,
                row -> {
                    for (var name : new String[] {"total", "reserved"}) {
                        put(
                                AccountPicture.balance(row.getString("strategy"), row.getString("asset"), name),
                                row,
                                name,
                                facts);
                    }
                });
    }

    private void readPositions(Connection connection, String accountId, SortedMap<String, String> facts)
            throws SQLException {
        query(connection, """
                SELECT strategy, instrument, quantity, cost_basis AS "costBasis", realized_pnl AS "realizedPnl",
                  uncovered_quantity AS "uncoveredQuantity"
                FROM $positions WHERE account_id = ?""", accountId, row -> {
            for (var name : new String[] {"quantity", "costBasis", "realizedPnl", "uncoveredQuantity"}) {
                put(
                        AccountPicture.position(row.getString("strategy"), row.getString("instrument"), name),
                        row,
                        name,
                        facts);
            }
        });
        query(
                connection,
                "SELECT strategy, instrument, asset, amount FROM $position_fees WHERE account_id = ?",
                accountId,
                row -> put(
                        AccountPicture.position(
                                row.getString("strategy"),
                                row.getString("instrument"),
                                "fees in " + row.getString("asset")),
                        row,
                        "amount",
                        facts));
    }

    private void readOrders(Connection connection, String accountId, SortedMap<String, String> facts)
            throws SQLException {
        query(connection, """
                SELECT order_id, status, expires_at, filled_quantity AS "filledQuantity",
                  filled_notional AS "filledNotional", held, quantity, notional, limit_price AS "limitPrice"
                FROM $orders WHERE account_id = ? AND status IN ('ACTIVE', 'PARTIALLY_FILLED')""", accountId, row -> {
            var id = row.getString("order_id");
            facts.put(AccountPicture.order(id, "status"), row.getString("status"));
            facts.put(AccountPicture.order(id, "expiresAt"), instant(row, "expires_at"));
            for (var name :
                    new String[] {"filledQuantity", "filledNotional", "held", "quantity", "notional", "limitPrice"}) {
                put(AccountPicture.order(id, name), row, name, facts);
            }
        });
    }

    private void readSuspendedFills(Connection connection, String accountId, SortedMap<String, String> facts)
            throws SQLException {
        query(
                connection,
                "SELECT sequence, execution_id, order_id, reason FROM $suspended_fills WHERE account_id = ?",
                accountId,
                row -> {
                    long sequence = row.getLong("sequence");
                    facts.put(AccountPicture.suspendedFill(sequence, "executionId"), row.getString("execution_id"));
                    facts.put(AccountPicture.suspendedFill(sequence, "orderId"), row.getString("order_id"));
                    facts.put(AccountPicture.suspendedFill(sequence, "reason"), row.getString("reason"));
                });
    }

    private static void put(String fact, ResultSet row, String column, SortedMap<String, String> facts)
            throws SQLException {
        var amount = row.getBigDecimal(column);
        if (amount != null) {
            facts.put(fact, AccountPicture.amount(amount));
        }
    }

    private static String instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }
}
