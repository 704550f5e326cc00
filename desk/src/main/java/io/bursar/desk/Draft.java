package io.bursar.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.TokenRefreshCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A decision in the making: the accounts as they would be, and what else would follow. */
final class Draft {
    private final Map<String, BrokerAccount> stored;
    private final Instant now;
    private final Map<String, BrokerAccount> changed = new TreeMap<>();
    private final Set<String> deleted = new TreeSet<>();
    private final List<TokenRefreshCall> calls = new ArrayList<>();
    private final List<TokenRefresh> refreshes = new ArrayList<>();
    private final List<TokenEvent> events = new ArrayList<>();

    Draft(Map<String, BrokerAccount> stored, Instant now) {
        this.stored = stored;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /** The account as it would be, to be read only; null when there is none. */
    BrokerAccount find(String id) {
        var own = changed.get(id);
        return own != null || deleted.contains(id) ? own : stored.get(id);
    }

    /** The account as it would be, to be read only. */
    BrokerAccount require(String id) throws RefusedException {
        var found = find(id);
        if (found == null) {
            throw new RefusedException(DeskReason.BROKER_ACCOUNT_NOT_FOUND, "no broker account " + id + " is known");
        }
        return found;
    }

    /** A copy of the account to be changed, the same one each time. */
    BrokerAccount edit(String id) {
        return changed.computeIfAbsent(id, missing -> {
            var copy = BrokerAccount.newBuilder(stored.get(id)).build();
            copy.setRevision(copy.getRevision() + 1);
            return copy;
        });
    }

    void add(BrokerAccount account) {
        changed.put(account.getId(), account);
        deleted.remove(account.getId());
    }

    void delete(String id) {
        changed.remove(id);
        deleted.add(id);
    }

    /** All accounts as they would be, to be read only: those that are stored by their ids, then new ones. */
    List<BrokerAccount> all() {
        var all = new ArrayList<BrokerAccount>(stored.size() + 1);
        stored.forEach((id, account) -> {
            if (!deleted.contains(id)) {
                all.add(changed.getOrDefault(id, account));
            }
        });
        changed.forEach((id, account) -> {
            if (!stored.containsKey(id)) {
                all.add(account);
            }
        });
        return all;
    }

    void offer(TokenRefreshCall call) {
        calls.add(call);
    }

    void note(TokenRefresh refresh) {
        refreshes.add(refresh);
    }

    void announce(TokenEvent event) {
        events.add(event);
    }

    DeskDecision decide(DeskAnswer answer) {
        return new DeskDecision(
                now,
                answer,
                List.copyOf(changed.values()),
                List.copyOf(deleted),
                List.copyOf(calls),
                List.copyOf(refreshes),
                List.copyOf(events));
    }
}
