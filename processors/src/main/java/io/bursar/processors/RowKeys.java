package io.bursar.processors;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Where rows stand in the ledger store. A key is the account id, a zero byte, the kind of row, and what identifies the
 * row within the account; so all rows of an account are one range, and its own row comes first. Ids hold no zero byte.
 * Alarms begin with a zero byte, which no account id does; they are in the order of their time over all accounts.
 */
final class RowKeys {
    static final byte ACCOUNT = 'A';
    static final byte COMMAND = 'C';
    static final byte DEADLINE = 'D';
    static final byte EXECUTION = 'E';
    static final byte LOT = 'L';
    static final byte ORDER = 'O';
    static final byte QUOTA = 'Q';
    static final byte SUSPENDED_FILL = 'S';
    static final byte TRANSFER = 'T';
    static final byte WAITING_FILL = 'W';
    private static final byte ALARM = 'a';

    private static final byte END_OF_ID = 0;

    /** After all alarms, before all accounts. */
    static final Bytes FIRST_ACCOUNT = Bytes.wrap(new byte[] {END_OF_ID + 1});

    /** After all accounts: no id begins with such a byte. */
    static final Bytes AFTER_ALL_ACCOUNTS = Bytes.wrap(new byte[] {(byte) 0xFF});

    private RowKeys() {}

    static Bytes account(String accountId) {
        return key(accountId, ACCOUNT, 0).done();
    }

    /** After all rows of the account, before those of any other that comes after it. */
    static Bytes afterAccount(String accountId) {
        var id = utf8(accountId);
        return new Builder(id.length + 1).add(id).add((byte) (END_OF_ID + 1)).done();
    }

    static Bytes command(String accountId, String commandId) {
        var id = utf8(commandId);
        return key(accountId, COMMAND, id.length).add(id).done();
    }

    static Bytes order(String accountId, String orderId) {
        var id = utf8(orderId);
        return key(accountId, ORDER, id.length).add(id).done();
    }

    static Bytes execution(String accountId, String orderId, String executionId) {
        var order = utf8(orderId);
        var execution = utf8(executionId);
        return key(accountId, EXECUTION, order.length + 1 + execution.length)
                .add(order)
                .add(END_OF_ID)
                .add(execution)
                .done();
    }

    /** The executions of one order that have rows of their own begin with this. */
    static Bytes executions(String accountId, String orderId) {
        return execution(accountId, orderId, "");
    }

    static Bytes suspendedFill(String accountId, long sequence) {
        return key(accountId, SUSPENDED_FILL, Long.BYTES).add(sequence).done();
    }

    /** @param strategy empty for the limits of the whole account */
    static Bytes quota(String accountId, String strategy) {
        var id = utf8(strategy);
        return key(accountId, QUOTA, id.length).add(id).done();
    }

    /** The oldest first; a sale that is taken back may get a number below zero. */
    static Bytes lot(String accountId, String strategy, String instrument, long number) {
        var strategyId = utf8(strategy);
        var instrumentId = utf8(instrument);
        return key(accountId, LOT, strategyId.length + instrumentId.length + 2 + Long.BYTES)
                .add(strategyId)
                .add(END_OF_ID)
                .add(instrumentId)
                .add(END_OF_ID)
                .add(number ^ Long.MIN_VALUE)
                .done();
    }

    static Bytes transfer(String accountId, String transferId) {
        var id = utf8(transferId);
        return key(accountId, TRANSFER, id.length).add(id).done();
    }

    /** Leads from an order to the suspended fills that name it. */
    static Bytes waitingFill(String accountId, String orderId, long sequence) {
        var id = utf8(orderId);
        return key(accountId, WAITING_FILL, id.length + 1 + Long.BYTES)
                .add(id)
                .add(END_OF_ID)
                .add(sequence)
                .done();
    }

    /** There is one for each open order, so these also list the open orders of an account. */
    static Bytes deadline(String accountId, long deadlineMicros, String orderId) {
        var id = utf8(orderId);
        return key(accountId, DEADLINE, Long.BYTES + id.length)
                .add(deadlineMicros)
                .add(id)
                .done();
    }

    /** Lies before the deadlines of this time and after all earlier ones. */
    static Bytes deadlinesFrom(String accountId, long micros) {
        return key(accountId, DEADLINE, Long.BYTES).add(micros).done();
    }

    static long deadlineMicros(Bytes deadline) {
        return ByteBuffer.wrap(deadline.get()).getLong(indexOfEnd(deadline.get()) + 2);
    }

    static String orderIdOfDeadline(Bytes deadline) {
        return text(deadline.get(), indexOfEnd(deadline.get()) + 2 + Long.BYTES);
    }

    static Bytes alarm(long micros, String accountId) {
        var id = utf8(accountId);
        return new Builder(2 + Long.BYTES + id.length)
                .add(END_OF_ID)
                .add(ALARM)
                .add(micros)
                .add(id)
                .done();
    }

    static Bytes alarmsFrom(long micros) {
        return alarm(micros, "");
    }

    static long alarmMicros(Bytes alarm) {
        return ByteBuffer.wrap(alarm.get()).getLong(2);
    }

    static String accountIdOfAlarm(Bytes alarm) {
        return text(alarm.get(), 2 + Long.BYTES);
    }

    static boolean isAlarm(Bytes key) {
        return key.get()[0] == END_OF_ID;
    }

    static String accountId(Bytes key) {
        return new String(key.get(), 0, indexOfEnd(key.get()), StandardCharsets.UTF_8);
    }

    static String orderId(Bytes order) {
        return text(order.get(), indexOfEnd(order.get()) + 2);
    }

    static byte kind(Bytes key) {
        return key.get()[indexOfEnd(key.get()) + 1];
    }

    /** The last eight bytes of a waiting fill's key. */
    static long sequenceOfWaitingFill(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(key.get().length - Long.BYTES);
    }

    /** The lowest key above all keys that begin with these bytes; for the upper end of a range. */
    static Bytes afterAll(Bytes prefix) {
        var bytes = Arrays.copyOf(prefix.get(), prefix.get().length);
        int last = bytes.length - 1;
        while (bytes[last] == (byte) 0xFF) {
            last--;
        }
        bytes[last]++;
        return Bytes.wrap(Arrays.copyOf(bytes, last + 1));
    }

    /** The lowest key above this one. */
    static Bytes justAfter(Bytes key) {
        return Bytes.wrap(Arrays.copyOf(key.get(), key.get().length + 1));
    }

    /** All rows of one kind of an account begin with this. */
    static Bytes prefix(String accountId, byte kind) {
        return key(accountId, kind, 0).done();
    }

    /** The suspended fills of one order begin with this. */
    static Bytes waitingFills(String accountId, String orderId) {
        var id = utf8(orderId);
        return key(accountId, WAITING_FILL, id.length + 1)
                .add(id)
                .add(END_OF_ID)
                .done();
    }

    private static Builder key(String accountId, byte kind, int further) {
        var id = utf8(accountId);
        return new Builder(id.length + 2 + further).add(id).add(END_OF_ID).add(kind);
    }

    private static int indexOfEnd(byte[] key) {
        int at = 0;
        while (key[at] != END_OF_ID) {
            at++;
        }
        return at;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] key, int from) {
        return new String(key, from, key.length - from, StandardCharsets.UTF_8);
    }

    private static final class Builder {
        private final ByteBuffer bytes;

        Builder(int length) {
            bytes = ByteBuffer.allocate(length);
        }

        Builder add(byte[] part) {
            bytes.put(part);
            return this;
        }

        Builder add(byte part) {
            bytes.put(part);
            return this;
        }

        /** Instants and sequences are never negative, so big-endian bytes are in their order. */
        Builder add(long part) {
            bytes.putLong(part);
            return this;
        }

        Bytes done() {
            return Bytes.wrap(bytes.array());
        }
    }
}
