package io.bursar.connect.redis;

/** How keys and fields in Redis are called, for whoever writes or reads them. */
public final class RedisKeys {
    /** The field of each of an account's hashes that says up to which entry the hash is right; no id begins like this. */
    public static final String SEQUENCE = "@sequence";

    /** Between a strategy and what it has; no id has one. */
    private static final char WITHIN = '/';

    private RedisKeys() {}

    /** Assets, or {@link #field strategies and assets}. */
    public static String balances(String accountId) {
        return account(accountId, "balances");
    }

    /** Instruments, or {@link #field strategies and instruments}. */
    public static String positions(String accountId) {
        return account(accountId, "positions");
    }

    /** The ids of open orders. */
    public static String orders(String accountId) {
        return account(accountId, "orders");
    }

    private static String account(String accountId, String what) {
        return "account:" + accountId + ":" + what;
    }

    /** A hash that has the next offset of each partition of the journal's topic. */
    public static String offsets(String topic) {
        return "journal:" + topic + ":offsets";
    }

    /** @param strategy empty for the unallocated money */
    public static String field(String strategy, String id) {
        return strategy.isEmpty() ? id : strategy + WITHIN + id;
    }

    /** The strategy in a {@link #field}; empty for none. */
    public static String strategyOf(String field) {
        return field.substring(0, Math.max(0, field.indexOf(WITHIN)));
    }

    /** The asset or instrument in a {@link #field}. */
    public static String idOf(String field) {
        return field.substring(field.indexOf(WITHIN) + 1);
    }
}
