package io.bursar.service.security;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.security.RouteRole;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;

/** Lets those through who have a key that allows what they ask for. */
final class KeyGate implements Gate {
    /** The name of the path parameter that says which account a route is about. */
    static final String ACCOUNT = "accountId";

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
        caller.attachTo(context);
        key.requireNetwork(context.ip());
        key.countRequest();
        requireOneOf(context.routeRoles(), caller);
        var account = context.pathParamMap().get(ACCOUNT);
        if (account != null) {
            caller.requireAccount(account);
        }
        uses.used(caller, clock.instant());
    }

    private KnownKey authenticate(Context context) {
        var header = context.header(Header.AUTHORIZATION);
        var bearer = BEARER.matcher(header == null ? "" : header);
        if (!bearer.matches()) {
            throw RefusedException.unknown(
                    "key_missing", "an API key is needed, as the header Authorization: Bearer KEY");
        }
        if (!log.isRead()) {
            throw RefusedException.unavailable("this instance has not read all API keys yet", READ_SOON);
        }
        var text = bearer.group("key");
        var key = KeyText.idIn(text)
                .flatMap(table::find)
                .filter(known -> known.isKey(text))
                .orElseThrow(() -> RefusedException.unknown("key_unknown", "there is no such API key"));
        key.requireValid(clock.instant());
        return key;
    }

    private static void requireOneOf(Set<RouteRole> needed, Caller caller) {
        if (needed.stream().noneMatch(caller.scopes()::contains)) {
            throw RefusedException.forbidden(
                    "scope_missing", "the key %s does not have %s".formatted(caller.keyId(), Access.textOf(needed)));
        }
    }
}
