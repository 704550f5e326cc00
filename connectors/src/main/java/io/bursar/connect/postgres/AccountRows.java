package io.bursar.connect.postgres;

import io.bursar.connect.JournalRecord;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Hash;
import io.bursar.schemas.state.AccountStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The rows of accounts as the entries go by; those used last stay in memory. For one thread only. */
final class AccountRows {
    /** Some 20 MB; what is beyond them is read again. */
    private static final int MOST_IN_MEMORY = 50_000;

    private final String select;
    private final Map<String, AccountRow> changed = new LinkedHashMap<>();
    private final Map<String, AccountRow> committed = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AccountRow> eldest) {
            return size() > MOST_IN_MEMORY;
        }
    };

    AccountRows(Schema schema) {
        this.select = "SELECT account_id, journal_partition, status, owner, name, cost_method, market_permissions,"
                + " taker_fee_rate, account_time, last_sequence, last_hash FROM " + schema.table("accounts")
                + " WHERE account_id = ANY (?)";
    }

    /**
     * Applies entries in their order.
     *
     * @throws SinkConflictException when one does not follow what is in the tables
     */
    void apply(Connection connection, List<JournalRecord> records) throws SQLException {
        load(connection, records);
        for (var record : records) {
            var accountId = record.entry().getAccountId();
            var row = changed.get(accountId);
            if (row == null) {
                row = committed.get(accountId);
            }
            if (row == null) {
                row = AccountRow.unseen(accountId, record.partition());
            }
            changed.put(accountId, row.after(record));
        }
    }

    /** The account as the entries that were applied last left it. */
    AccountRow changed(String accountId) {
        return changed.get(accountId);
    }

    Collection<AccountRow> changed() {
        return changed.values();
    }

    /** What was applied is in the database. */
    void commit() {
        committed.putAll(changed);
        changed.clear();
    }

    /** What was applied, or read before, may not be what is in the database. */
    void forget() {
        changed.clear();
        committed.clear();
    }

    private void load(Connection connection, List<JournalRecord> records) throws SQLException {
        var missing = new LinkedHashSet<String>();
        for (var record : records) {
            // Asking for it also keeps it from being the next to go.
            if (committed.get(record.entry().getAccountId()) == null) {
                missing.add(record.entry().getAccountId());
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(select)) {
            statement.setArray(1, connection.createArrayOf("text", missing.toArray()));
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    var row = row(result);
                    committed.put(row.accountId(), row);
                }
            }
        }
    }

    private static AccountRow row(ResultSet result) throws SQLException {
        return new AccountRow(
                result.getString(1),
                result.getInt(2),
                AccountStatus.valueOf(result.getString(3)),
                result.getString(4),
                result.getString(5),
                CostMethod.valueOf(result.getString(6)),
                List.of((String[]) result.getArray(7).getArray()),
                result.getInt(8),
                result.getObject(9, OffsetDateTime.class).toInstant(),
                result.getLong(10),
                new Hash(result.getBytes(11)));
    }
}
