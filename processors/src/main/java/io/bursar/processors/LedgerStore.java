package io.bursar.processors;

import io.bursar.schemas.state.AccountRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * All rows of the accounts of one partition, in one key-value store: an account with its balances and positions is one
 * value, so that a command costs few store operations. For the stream thread of its task only.
 */
final class LedgerStore {
    /** The alarm of an account without open orders. */
    static final long NO_ALARM = Long.MAX_VALUE;

    private final KeyValueStore<Bytes, byte[]> store;
    private final RowCodecs codecs = new RowCodecs();
    private final LedgerReader reader;

    // No alarm lies before it. Deleted rows are still there until they are compacted, and slow to step over.
    private Bytes firstAlarm = RowKeys.alarmsFrom(0);

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

    void putAccount(AccountRow row, long previousAlarmMicros) {
        var accountId = row.getAccount().getAccountId();
        if (row.getAlarmMicros() != previousAlarmMicros) {
            if (previousAlarmMicros != NO_ALARM) {
                store.delete(RowKeys.alarm(previousAlarmMicros, accountId));
            }
            if (row.getAlarmMicros() != NO_ALARM) {
                putAlarm(RowKeys.alarm(row.getAlarmMicros(), accountId));
            }
        }
        store.put(RowKeys.account(accountId), codecs.accounts.encode(row));
    }

    private void putAlarm(Bytes alarm) {
        store.put(alarm, new byte[0]);
        if (alarm.compareTo(firstAlarm) < 0) {
            firstAlarm = alarm;
        }
    }
}
