package io.bursar.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.TokenRefresh;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * All broker accounts and the last refreshes of their tokens, as they were committed last, in the memory of every
 * instance. Behind the desk by the time that a commit and a read take. Thread-safe; what it gives is to be read only.
 */
public final class DeskCopy {
    private final Map<String, BrokerAccount> accounts = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, TokenRefresh>> refreshes = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** The account; empty when there is none. */
    public Optional<BrokerAccount> account(String id) {
        return Optional.ofNullable(accounts.get(id));
    }

    /** All accounts, by their ids. */
    public Collection<BrokerAccount> accounts() {
        return Collections.unmodifiableCollection(accounts.values());
    }

    /** The last refreshes of an account, the newest first. */
    public List<TokenRefresh> refreshes(String accountId) {
        return refreshes.getOrDefault(accountId, Map.of()).values().stream()
                .sorted(Comparator.comparingLong(TokenRefresh::getNumber).reversed())
                .toList();
    }

    /**
     * Waits until an account is as asked for.
     *
     * @param condition of the account, or of null while there is none; must be quick
     * @return false when it was not by then
     */
    public boolean await(String id, Predicate<BrokerAccount> condition, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.test(accounts.get(id))) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes an account as it was committed; null when it was deleted. */
    public void putAccount(String id, BrokerAccount account) {
        lock.lock();
        try {
            if (account == null) {
                accounts.remove(id);
            } else {
                accounts.put(id, account);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a refresh in the place of whatever came under this key. */
    public void putRefresh(String key, TokenRefresh refresh) {
        if (refresh != null) {
            refreshes
                    .computeIfAbsent(refresh.getAccountId(), any -> new ConcurrentHashMap<>())
                    .put(key, refresh);
        }
    }
}
