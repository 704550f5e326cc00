package io.bursar.connect.redis;

import io.bursar.schemas.JournalEntry;
import java.util.LinkedHashMap;
import java.util.Map;

/** What consecutive entries of one account made of its balances, positions and open orders: the last value of each. */
final class AccountChanges {
    /** A field with this value is deleted; no JSON is empty. */
    static final String DELETED = "";

    private final String accountId;
    private final long first;
    private long last;
    private final Map<String, String> balances = new LinkedHashMap<>();
    private final Map<String, String> positions = new LinkedHashMap<>();
    private final Map<String, String> orders = new LinkedHashMap<>();

    AccountChanges(JournalEntry first) {
        this.accountId = first.getAccountId();
        this.first = first.getSequence();
        this.last = first.getSequence() - 1;
    }

    /**
     * Adds the account's next entry.
     *
     * @throws JournalGapException when it does not follow the one before
     */
    void add(JournalEntry entry) {
        long sequence = entry.getSequence();
        if (sequence != last + 1) {
            throw new JournalGapException(accountId, last, sequence);
        }
        last = sequence;
        for (var balance : entry.getBalances()) {
            balances.put(RedisValues.field(balance), RedisValues.value(balance, sequence));
        }
        var position = entry.getPosition();
        if (position != null) {
            positions.put(RedisValues.field(position), RedisValues.value(position, sequence));
        }
        var order = entry.getOrder();
        if (order != null) {
            orders.put(order.getOrderId(), RedisValues.value(order, sequence).orElse(DELETED));
        }
    }

    String accountId() {
        return accountId;
    }

    /** Of the first entry. */
    long first() {
        return first;
    }

    /** Of the last entry. */
    long last() {
        return last;
    }

    Map<String, String> balances() {
        return balances;
    }

    Map<String, String> positions() {
        return positions;
    }

    Map<String, String> orders() {
        return orders;
    }
}
