package io.bursar.connect.postgres;

import static io.bursar.connect.postgres.StateRows.ACCOUNTS;
import static io.bursar.connect.postgres.StateRows.BALANCES;
import static io.bursar.connect.postgres.StateRows.LOTS;
import static io.bursar.connect.postgres.StateRows.ORDERS;
import static io.bursar.connect.postgres.StateRows.POSITIONS;
import static io.bursar.connect.postgres.StateRows.QUOTAS;
import static io.bursar.connect.postgres.StateRows.STRATEGIES;
import static io.bursar.connect.postgres.StateRows.SUSPENDED_FILLS;
import static io.bursar.connect.postgres.StateRows.TRANSFERS;

import io.bursar.connect.postgres.Changes.LotOf;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LimitsSet;
import io.bursar.schemas.Quota;
import io.bursar.schemas.QuotaSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes what a batch left behind, one statement for each table. Keeps its buffers; for one thread only. */
final class StateWriter {
    private final Upsert accounts;
    private final Upsert strategies;
    private final Upsert balances;
    private final Upsert positions;
    private final Upsert lots;
    private final Upsert orders;
    private final Upsert suspendedFills;
    private final Upsert quotas;
    private final Upsert transfers;
    private final Upsert usedUpLots;
    private final Upsert resolvedFills;
    private final Upsert concludedTransfers;

    /** Lots are written before those that are used up go: one of a batch may be both. */
    private final List<Upsert> inOrder;

    /** A statement, and the rows that it takes. */
    private record Upsert(String sql, ArrayRows rows) {}

    StateWriter(Schema schema) {
        this.accounts = upsert(ACCOUNTS, schema);
        this.strategies = new Upsert(STRATEGIES.insertNew(schema), new ArrayRows(STRATEGIES));
        this.balances = upsert(BALANCES, schema);
        this.positions = upsert(POSITIONS, schema);
        this.lots = upsert(LOTS, schema);
        this.orders = upsert(ORDERS, schema);
        this.suspendedFills = upsert(SUSPENDED_FILLS, schema);
        this.quotas = upsert(QUOTAS, schema);
        this.transfers = upsert(TRANSFERS, schema);
        this.usedUpLots = new Upsert(LOTS.deleteBelow(schema), new ArrayRows(LOTS.keys()));
        this.resolvedFills = delete(SUSPENDED_FILLS, schema);
        this.concludedTransfers = delete(TRANSFERS, schema);
        this.inOrder = List.of(
                accounts,
                strategies,
                balances,
                positions,
                orders,
                quotas,
                lots,
                usedUpLots,
                suspendedFills,
                resolvedFills,
                transfers,
                concludedTransfers);
    }

    /**
     * Writes the rows of accounts and all that changed in them.
     *
     * @return how many rows were written or deleted
     */
    long write(Connection connection, AccountRows accountRows, Changes changes) throws SQLException {
        // A batch that failed may have left rows.
        inOrder.forEach(each -> each.rows().clear());
        accountRows.changed().forEach(row -> StateRows.account(accounts.rows(), row));
        changes.strategies.forEach((key, first) -> StateRows.strategy(strategies.rows(), key.name(), first));
        changes.balances.forEach((key, in) ->
                StateRows.balance(balances.rows(), in.entry().getBalances().get(in.index()), in.entry()));
        changes.orders.forEach((key, entry) -> StateRows.order(orders.rows(), entry.getOrder(), entry));
        changes.quotas.forEach((key, entry) -> StateRows.quota(quotas.rows(), key.name(), quota(entry), entry));
        addPositions(accountRows, changes);
        addLots(changes.lots);
        addSuspendedFills(changes);
        addTransfers(changes);
        return execute(connection);
    }

    private void addPositions(AccountRows accountRows, Changes changes) {
        changes.positions.forEach((key, entry) -> {
            StateRows.position(positions.rows(), entry.getPosition(), entry);
            if (accountRows.changed(key.accountId()).costMethod() == CostMethod.FIFO) {
                usedUpLots
                        .rows()
                        .text(key.accountId())
                        .text(key.strategy())
                        .text(key.name())
                        .number(entry.getPosition().getOldestLot())
                        .end();
            }
        });
    }

    /** A lot that the batch used up after it had changed it goes with those that were used up whole. */
    private void addLots(Map<LotOf, JournalEntry> changed) {
        changed.forEach((key, entry) -> {
            if (entry.getLot().getQuantity() != 0) {
                StateRows.lot(lots.rows(), entry);
            }
        });
    }

    private void addSuspendedFills(Changes changes) {
        changes.suspendedFills.forEach((key, entry) -> {
            if (entry == null) {
                resolvedFills.rows().text(key.accountId()).number(key.number()).end();
            } else {
                StateRows.suspendedFill(suspendedFills.rows(), entry);
            }
        });
    }

    private void addTransfers(Changes changes) {
        changes.transfers.forEach((key, entry) -> {
            if (entry == null) {
                concludedTransfers.rows().text(key.accountId()).text(key.name()).end();
            } else {
                StateRows.transfer(transfers.rows(), entry);
            }
        });
    }

    private static Quota quota(JournalEntry entry) {
        return entry.getBody() instanceof QuotaSet body
                ? body.getSet().getQuota()
                : ((LimitsSet) entry.getBody()).getSet().getLimits();
    }

    private long execute(Connection connection) throws SQLException {
        long rows = 0;
        for (var each : inOrder) {
            rows += each.rows().execute(connection, each.sql());
        }
        return rows;
    }

    private static Upsert upsert(Table table, Schema schema) {
        return new Upsert(table.upsert(schema), new ArrayRows(table));
    }

    private static Upsert delete(Table table, Schema schema) {
        return new Upsert(table.delete(schema), new ArrayRows(table.keys()));
    }
}
