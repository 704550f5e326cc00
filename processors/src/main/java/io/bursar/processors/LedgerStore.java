package io.bursar.processors;

import io.bursar.processors.store.DueTime;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.OrderRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * All rows of the accounts of one partition, in one key-value store: an account with its balances and positions is one
 * value, so that a command costs few store operations. For the stream thread of its task only.
 */
final class LedgerStore {
    /**
     * Of the heap, for the accounts of all partitions, and as much for their open orders; as objects they take some five
     * times as much, a third of the heap for both. A row that is found here is neither read nor decoded.
     */
    private static final long CACHE_SHARE = 32;

    private final KeyValueStore<Bytes, byte[]> store;
    private final RowCodecs codecs = new RowCodecs();
    private final LedgerReader reader;
    private final RowCache<String, AccountRow> accounts;
    private final RowCache<OrderKey, OrderRow> openOrders;

    // No alarm lies before it. Deleted rows are still there until they are compacted, and slow to step over.
    private Bytes firstAlarm = RowKeys.alarmsFrom(0);

    private record OrderKey(String accountId, String orderId) {}

    /** An account whose alarm is due. */
    record Alarm(long micros, String accountId) {}

    /** @param partitions among which the accounts are shared out; this instance may have all of them */
    LedgerStore(KeyValueStore<Bytes, byte[]> store, int partitions) {
        this.store = store;
        this.reader = new LedgerReader(store, codecs);
        long cacheBytes = Runtime.getRuntime().maxMemory() / CACHE_SHARE / partitions;
        this.accounts = new RowCache<>(cacheBytes);
        this.openOrders = new RowCache<>(cacheBytes);
    }

    KeyValueStore<Bytes, byte[]> rows() {
        return store;
    }

    RowCodecs codecs() {
        return codecs;
    }

    LedgerReader reader() {
        return reader;
    }

    /** The rows of an account, for one decision. */
    StoredAccount account(String accountId) {
        return new StoredAccount(this, accountId);
    }

    /** At most {@code atMost} alarms before {@code micros}, the earliest first. */
    List<Alarm> alarmsBefore(long micros, int atMost) {
        var alarms = new ArrayList<Alarm>();
        var end = RowKeys.alarmsFrom(micros);
        if (firstAlarm.compareTo(end) >= 0) {
            return alarms;
        }
        try (var rows = store.range(firstAlarm, end)) {
            firstAlarm = rows.hasNext() ? rows.peekNextKey() : end;
            while (rows.hasNext() && alarms.size() < atMost) {
                var key = rows.next().key;
                alarms.add(new Alarm(RowKeys.alarmMicros(key), RowKeys.accountIdOfAlarm(key)));
            }
        }
        return alarms;
    }

    /** Takes an alarm away that is not its account's any more; see {@link DueTime}. */
    void removeAlarm(Alarm alarm) {
        store.put(RowKeys.alarm(alarm.micros(), alarm.accountId()), null);
    }

    /** The account's row, or null. */
    AccountRow accountRow(String accountId) {
        var cached = accounts.get(accountId);
        return cached != null ? cached : reader.accountRow(accountId);
    }

    void putAccount(AccountState account, long alarmMicros, long alarmBeforeMicros) {
        var accountId = account.getAccountId();
        var value = codecs.accounts.encode(account, alarmMicros, alarmBeforeMicros);
        store.put(RowKeys.account(accountId), value);
        accounts.put(accountId, new AccountRow(account, alarmMicros), value.length);
        if (alarmMicros != alarmBeforeMicros && alarmMicros != DueTime.NEVER) {
            var alarm = RowKeys.alarm(alarmMicros, accountId);
            firstAlarm = alarm.compareTo(firstAlarm) < 0 ? alarm : firstAlarm;
        }
    }

    /** The row of the order, or null. */
    OrderRow orderRow(String accountId, String orderId) {
        var cached = openOrders.get(new OrderKey(accountId, orderId));
        return cached != null ? cached : reader.orderRow(accountId, orderId);
    }

    /** @param before the row as it was, or null */
    void putOrderRow(String accountId, String orderId, OrderRow row, OrderRow before) {
        var value = codecs.orders.encode(
                row, RowIndex.deadlineMicros(OrderRows.order(row)), RowIndex.deadlineMicros(OrderRows.order(before)));
        store.put(RowKeys.order(accountId, orderId), value);
        if (DueTime.of(value) == DueTime.NEVER) {
            // Hardly anybody asks for a closed order again.
            openOrders.remove(new OrderKey(accountId, orderId));
        } else {
            openOrders.put(new OrderKey(accountId, orderId), row, value.length);
        }
    }

    /**
     * The order is forgotten.
     *
     * @param left what is still remembered under its id, or null
     */
    void forgetOrder(String accountId, String orderId, OrderRow left) {
        var value = left == null ? null : codecs.orders.encode(left, DueTime.NEVER, DueTime.NEVER);
        store.put(RowKeys.order(accountId, orderId), value);
        openOrders.remove(new OrderKey(accountId, orderId));
    }
}
