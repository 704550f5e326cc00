package io.bursar.service.desk;

import io.bursar.desk.RouteRules;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.RefreshRequested;
import io.bursar.schemas.RefreshTrigger;
import io.bursar.topology.UnavailableException;
import io.bursar.topology.commands.NotWrittenException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the token of an account renewed when somebody needs it, and waits for that. Thread-safe. */
final class TokensOnDemand {
    private static final Logger LOG = LoggerFactory.getLogger(TokensOnDemand.class);

    private final DeskCommands commands;

    TokensOnDemand(DeskCommands commands) {
        this.commands = commands;
    }

    /**
     * The account as it is once it has a valid token; at once when it has one.
     *
     * @param atMost not positive: nothing is waited for
     * @return empty when it gets none in that time
     */
    Optional<BrokerAccount> withToken(BrokerAccount account, Duration atMost) throws InterruptedException {
        if (hasToken(account)) {
            return Optional.of(account);
        }
        if (!atMost.isPositive() || isPausing(account)) {
            return Optional.empty();
        }
        long started = System.nanoTime();
        var from = account.getRefresh() == null ? request(account, atMost) : OptionalLong.of(account.getRevision());
        if (from.isEmpty()) {
            return Optional.empty();
        }
        var copy = commands.desk().copy();
        copy.await(
                account.getId(),
                current -> current == null || isDecided(current, from.getAsLong()),
                atMost.minusNanos(System.nanoTime() - started));
        return copy.account(account.getId()).filter(this::hasToken);
    }

    private boolean hasToken(BrokerAccount account) {
        return RouteRules.hasValidToken(account, commands.now());
    }

    /** Whether the last refresh has failed and the desk itself waits before the next: then nobody goes before it. */
    private boolean isPausing(BrokerAccount account) {
        return account.getRefresh() == null
                && account.getFailedRefreshes() > 0
                && account.getNextRefreshAt() != null
                && account.getNextRefreshAt().isAfter(commands.now());
    }

    /** @param from the revision from which on the refresh is known of */
    private boolean isDecided(BrokerAccount account, long from) {
        return account.getRevision() >= from && (hasToken(account) || account.getRefresh() == null);
    }

    /**
     * Asks for a refresh. One that is refused is under way already, or not possible: what the account is like then says it.
     *
     * @return the account's revision as of the answer; empty without an answer
     */
    private OptionalLong request(BrokerAccount account, Duration atMost) throws InterruptedException {
        long version = account.getToken() == null ? 0 : account.getToken().getVersion();
        var request = RefreshRequested.newBuilder()
                .setTrigger(RefreshTrigger.ON_DEMAND)
                .setTokenVersion(version)
                .build();
        try {
            return OptionalLong.of(commands.desk()
                    .ask(commands.event(account.getId(), request), null, atMost)
                    .getSequence());
        } catch (TimeoutException | NotWrittenException | UnavailableException e) {
            LOG.debug("a refresh of the token of {} could not be asked for: {}", account.getId(), e.toString());
            return OptionalLong.empty();
        }
    }
}
