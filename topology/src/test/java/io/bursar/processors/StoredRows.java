package io.bursar.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.Retention;
import io.bursar.processors.store.DueTime;
import io.bursar.schemas.Micros;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.OrderRow;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** All rows of a ledger store at one moment, index rows included. */
public final class StoredRows {
    private static final byte[] EMPTY = {};

    private final RowCodecs codecs = new RowCodecs();
    private final Map<Bytes, byte[]> rows = new TreeMap<>();
    private final Map<String, Long> alarms = new HashMap<>();

    public StoredRows(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        try (var all = store.all()) {
            while (all.hasNext()) {
                var row = all.next();
                if (RowKeys.isAlarm(row.key)) {
                    var before = alarms.put(RowKeys.accountIdOfAlarm(row.key), RowKeys.alarmMicros(row.key));
                    assertThat(before).as("second alarm of an account").isNull();
                } else {
                    rows.put(row.key, row.value);
                }
            }
        }
    }

    /** The rows that a replay has made so far. */
    public static StoredRows of(JournalReplay replay) {
        return new StoredRows(replay.rows());
    }

    /** When the timer looks after an account in microseconds since 1970, if it ever does. */
    public OptionalLong alarmMicros(String accountId) {
        return alarms.containsKey(accountId) ? OptionalLong.of(alarms.get(accountId)) : OptionalLong.empty();
    }

    /** How many there are, alarms left out. */
    public int size() {
        return rows.size();
    }

    /** How many lots there are. */
    public long lotRows() {
        return rows.keySet().stream()
                .filter(key -> RowKeys.kind(key) == RowKeys.LOT)
                .count();
    }

    /** How many executions have rows of their own. */
    public long executionRows() {
        return rows.keySet().stream()
                .filter(key -> RowKeys.kind(key) == RowKeys.EXECUTION)
                .count();
    }

    /** How many rows of orders hold executions only: the order never came, or is forgotten. */
    public long rowsWithoutOrder() {
        return rows.entrySet().stream()
                .filter(row -> RowKeys.kind(row.getKey()) == RowKeys.ORDER)
                .filter(row -> codecs.orders.decode(row.getValue()).getOrder() == null)
                .count();
    }

    /**
     * These accounts, as their journals tell them, are all that is stored, and every index leads to its rows. What is
     * forgotten may be there still, or no longer.
     */
    public void assertAre(Collection<FoldedAccount> accounts, LedgerRules rules) {
        var expected = new TreeMap<Bytes, byte[]>();
        accounts.forEach(account -> addRows(account, rules, expected));
        assertThat(rows.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (key, row) -> assertThat(rows.get(key)).as("row %s", key).isEqualTo(row));
        accounts.forEach(this::assertAlarmFits);
    }

    private void addRows(FoldedAccount account, LedgerRules rules, Map<Bytes, byte[]> expected) {
        var id = account.account().getAccountId();
        var time = account.account().getAccountTime();
        var stored = codecs.accounts.decode(rows.get(RowKeys.account(id)));
        assertThat(stored).as("row of account %s", id).isNotNull();
        assertThat(stored).isEqualTo(account.account());
        expected.put(RowKeys.account(id), rows.get(RowKeys.account(id)));
        for (var orderId : orderIds(account)) {
            addOrderRow(account, orderId, expected);
        }
        for (var order : account.orders()) {
            assertOrderIsKept(account, order, rules);
            if (isOpen(order)) {
                expected.put(RowKeys.deadline(id, Micros.of(order.getExpiresAt()), order.getOrderId()), EMPTY);
            }
        }
        for (var execution : account.executions()) {
            addExecution(account, execution, rules, expected);
        }
        for (var command : account.commands()) {
            put(
                    expected,
                    RowKeys.command(id, command.getCommandId()),
                    codecs.commands,
                    command,
                    Retention.isForgotten(command, time, rules));
        }
        for (var fill : account.suspendedFills()) {
            expected.put(RowKeys.suspendedFill(id, fill.getSequence()), codecs.suspendedFills.encode(fill));
            expected.put(RowKeys.waitingFill(id, fill.getFill().getOrderId(), fill.getSequence()), EMPTY);
        }
        account.quotas()
                .forEach(quota -> expected.put(RowKeys.quota(id, quota.getStrategy()), codecs.quotas.encode(quota)));
        account.lots()
                .forEach(lot -> expected.put(
                        RowKeys.lot(id, lot.getStrategy(), lot.getInstrument(), lot.getNumber()),
                        codecs.lots.encode(lot)));
        account.transfers()
                .forEach(transfer -> expected.put(
                        RowKeys.transfer(id, transfer.getTransferId()), codecs.transfers.encode(transfer)));
    }

    private static Set<String> orderIds(FoldedAccount account) {
        var ids = new HashSet<String>();
        account.orders().forEach(order -> ids.add(order.getOrderId()));
        account.executions().forEach(execution -> ids.add(execution.getOrderId()));
        return ids;
    }

    /** What it was due before, and what lies elsewhere, is history that the journal does not tell. */
    private void addOrderRow(FoldedAccount account, String orderId, Map<Bytes, byte[]> expected) {
        var key = RowKeys.order(account.account().getAccountId(), orderId);
        var value = rows.get(key);
        if (value == null) {
            return;
        }
        expected.put(key, value);
        var row = codecs.orders.decode(value);
        assertThat(DueTime.of(value)).isEqualTo(RowIndex.deadlineMicros(row.getOrder()));
        assertThat(row.getOrder()).isIn(account.order(orderId), null);
        assertThat(row.getExecutions())
                .hasSizeLessThanOrEqualTo(OrderRows.MOST_EXECUTIONS)
                .allSatisfy(execution ->
                        assertThat(execution).isEqualTo(account.execution(orderId, execution.getExecutionId())));
        assertThat(row.getOrder() != null || !row.getExecutions().isEmpty() || row.getExecutionsElsewhere())
                .as("something is in %s", row)
                .isTrue();
    }

    private void assertOrderIsKept(FoldedAccount account, Order order, LedgerRules rules) {
        if (!Retention.isForgotten(order, account.account().getAccountTime(), rules)) {
            assertThat(OrderRows.order(orderRow(account, order.getOrderId()))).isEqualTo(order);
        }
    }

    /** In its order's row or in a row of its own, which the order's row leads to; never in both. */
    private void addExecution(
            FoldedAccount account, Execution execution, LedgerRules rules, Map<Bytes, byte[]> expected) {
        var id = account.account().getAccountId();
        var key = RowKeys.execution(id, execution.getOrderId(), execution.getExecutionId());
        var row = orderRow(account, execution.getOrderId());
        boolean isInOrderRow = row != null && OrderRows.execution(row, execution.getExecutionId()) != null;
        if (rows.containsKey(key)) {
            expected.put(key, codecs.executions.encode(execution));
            assertThat(isInOrderRow).as("%s is in two rows", execution).isFalse();
            assertThat(row.getExecutionsElsewhere())
                    .as("%s leads to %s", row, execution)
                    .isTrue();
        } else if (!Retention.isForgotten(execution, account.account().getAccountTime(), rules)) {
            assertThat(isInOrderRow).as("%s is stored", execution).isTrue();
        }
    }

    private OrderRow orderRow(FoldedAccount account, String orderId) {
        return codecs.orders.decode(rows.get(RowKeys.order(account.account().getAccountId(), orderId)));
    }

    private <T extends SpecificRecord> void put(
            Map<Bytes, byte[]> expected, Bytes key, RowCodec<T> codec, T row, boolean forgotten) {
        if (!forgotten || rows.containsKey(key)) {
            expected.put(key, codec.encode(row));
        }
    }

    /** An alarm may ring too early, which costs a look, never too late. */
    private void assertAlarmFits(FoldedAccount account) {
        var id = account.account().getAccountId();
        var alarm = DueTime.of(rows.get(RowKeys.account(id)));
        assertThat(alarmMicros(id).orElse(DueTime.NEVER)).as("alarm of %s", id).isEqualTo(alarm);
        var earliest = account.orders().stream()
                .filter(StoredRows::isOpen)
                .map(Order::getExpiresAt)
                .min(Instant::compareTo);
        earliest.ifPresent(
                deadline -> assertThat(alarm).as("alarm of %s", id).isLessThanOrEqualTo(Micros.of(deadline)));
    }

    private static boolean isOpen(Order order) {
        return order.getStatus() == OrderStatus.ACTIVE || order.getStatus() == OrderStatus.PARTIALLY_FILLED;
    }
}
