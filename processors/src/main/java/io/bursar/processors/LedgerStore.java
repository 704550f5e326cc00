package io.bursar.processors;

import io.bursar.processors.store.DueTime;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * All rows of the accounts of one partition, in one key-value store: an account with its balances and positions is one
 * value, so that a command costs few store operations. For the stream thread of its task only.
 */
final class LedgerStore {
    /** Of the heap, for the accounts and for the orders of one task; as objects they take some five times as much. */
    private static final long CACHE_SHARE = 128;

    private final KeyValueStore<Bytes, byte[]> store;
    private final RowCodecs codecs = new RowCodecs();
    private final LedgerReader reader;
    private final RowCache<String, AccountRow> accounts = new RowCache<>(cacheBytes());
    private final RowCache<OrderKey, Order> orders = new RowCache<>(cacheBytes());

    // No alarm lies before it. Deleted rows are still there until they are compacted, and slow to step over.
    private Bytes firstAlarm = RowKeys.alarmsFrom(0);

    private record OrderKey(String accountId, String orderId) {}

    /** An account whose alarm is due. */
    record Alarm(long micros, String accountId) {}

    LedgerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.reader = new LedgerReader(store, codecs);
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

    /** The order, or null. */
    Order order(String accountId, String orderId) {
        var cached = orders.get(new OrderKey(accountId, orderId));
        return cached != null ? cached : reader.order(accountId, orderId);
    }

    void putOrder(String accountId, Order order, Order before) {
        var value = codecs.orders.encode(order, RowIndex.deadlineMicros(order), RowIndex.deadlineMicros(before));
        store.put(RowKeys.order(accountId, order.getOrderId()), value);
        orders.put(new OrderKey(accountId, order.getOrderId()), order, value.length);
    }

    void deleteOrder(String accountId, String orderId) {
        store.put(RowKeys.order(accountId, orderId), null);
        orders.remove(new OrderKey(accountId, orderId));
    }

    private static long cacheBytes() {
        return Runtime.getRuntime().maxMemory() / CACHE_SHARE;
    }
}
