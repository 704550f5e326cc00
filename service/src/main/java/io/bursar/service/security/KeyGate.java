package io.bursar.service.security;

import io.bursar.service.http.Access;
import io.bursar.service.http.Parameters;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.security.RouteRole;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lets those through who have a key that allows what they ask for. */
final class KeyGate implements Gate {
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(?<key>\\S+) *");
    private static final Duration READ_SOON = Duration.ofSeconds(1);

    private final KeyTable table;
    private final KeyLog log;
    private final KeyUses uses;
    private final InstantSource clock;

    KeyGate(KeyTable table, KeyLog log, KeyUses uses, InstantSource clock) {
        this.table = table;
        this.log = log;
        this.uses = uses;
        this.clock = clock;
    }

    @Override
    public void check(Context context) {
        var key = authenticate(context);
        var caller = key.caller(context.ip());
        caller.attachTo(context, () -> isInForce(caller.keyId()), key::sentOn);
        key.requireNetwork(context.ip());
        requireRate(context, key);
        requireOneOf(context.routeRoles(), caller);
        for (var parameter : List.of(Parameters.ACCOUNT, Parameters.BROKER_ACCOUNT)) {
            var account = context.pathParamMap().get(parameter);
            if (account != null) {
                caller.requireAccount(account);
            }
        }
        uses.used(caller, clock.instant());
    }

    private boolean isInForce(String keyId) {
        return table.find(keyId)
                .filter(known -> ApiKeys.isInForce(known.state(), clock.instant()))
                .isPresent();
    }

    private KnownKey authenticate(Context context) {
        var header = context.header(Header.AUTHORIZATION);
        var bearer = BEARER.matcher(header == null ? "" : header);
        if (!bearer.matches()) {
            throw Refusals.unknown("key_missing", "an API key is needed, as the header Authorization: Bearer KEY");
        }
        if (!log.isRead()) {
            retryAfter(context, READ_SOON);
            throw Refusals.unavailable("this instance has not read all API keys yet");
        }
        var text = bearer.group("key");
        var key = KeyText.idIn(text)
                .flatMap(table::find)
                .filter(known -> known.isKey(text))
                .orElseThrow(() -> Refusals.unknown("key_unknown", "there is no such API key"));
        key.requireValid(clock.instant());
        return key;
    }

    private static void requireOneOf(Set<RouteRole> needed, Caller caller) {
        if (!needed.contains(Access.ANY_KEY) && needed.stream().noneMatch(caller.scopes()::contains)) {
            var texts =
                    needed.stream().map(role -> ((Access) role).text()).sorted().collect(Collectors.joining(" or "));
            throw Refusals.forbidden("scope_missing", "the key %s does not have %s".formatted(caller.keyId(), texts));
        }
    }

    private static void requireRate(Context context, KnownKey key) {
        var wait = key.countRequest();
        if (wait.isPresent()) {
            retryAfter(context, wait.get());
            throw Refusals.tooMany("the key %s may make %d requests per second"
                    .formatted(key.state().getId(), key.state().getRequestsPerSecond()));
        }
    }

    private static void retryAfter(Context context, Duration wait) {
        context.header(
                Header.RETRY_AFTER,
                Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }
}
