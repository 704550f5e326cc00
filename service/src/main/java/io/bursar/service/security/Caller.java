package io.bursar.service.security;

import io.bursar.service.http.Access;
import io.javalin.http.Context;
import java.util.Collection;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Who makes a request, and what that one may do. Immutable.
 *
 * @param keyId of the caller's key; empty when the API asks for none
 * @param name of that key; empty likewise
 * @param scopes what it may do
 * @param accounts of which accounts; empty: of all
 * @param address where the request comes from, as the server sees it: behind a proxy, the proxy's
 */
public record Caller(String keyId, String name, Set<Access> scopes, Set<String> accounts, String address) {
    private static final String ATTRIBUTE = "bursar.caller";
    private static final String STAYS_ALLOWED = "bursar.stays-allowed";
    private static final String SENT_ON = "bursar.sent-on";

    /** Of an API that asks for no keys: may do everything. */
    static Caller anybody(String address) {
        return new Caller("", "", Access.scopes(), Set.of(), address);
    }

    /**
     * The caller of this request.
     *
     * @throws IllegalStateException on a route with {@link Access#OPEN}, which does not ask who it is
     */
    public static Caller of(Context context) {
        Caller caller = context.attribute(ATTRIBUTE);
        if (caller == null) {
            throw new IllegalStateException("the route asks nobody for a key");
        }
        return caller;
    }

    /** Whether the key of this request is still in force, for answers that take long; any thread may ask, at any time. */
    public static BooleanSupplier staysAllowed(Context context) {
        BooleanSupplier check = context.attribute(STAYS_ALLOWED);
        return check == null ? () -> true : check;
    }

    /** Before the request goes to another instance, which counts it for its key as well: it shall not count twice. */
    public static void sendsOn(Context context) {
        Runnable sentOn = context.attribute(SENT_ON);
        if (sentOn != null) {
            sentOn.run();
        }
    }

    /** The key's id, or empty when the request has none that is known. */
    static String keyIdOf(Context context) {
        Caller caller = context.attribute(ATTRIBUTE);
        return caller == null ? "" : caller.keyId();
    }

    void attachTo(Context context) {
        context.attribute(ATTRIBUTE, this);
    }

    void attachTo(Context context, BooleanSupplier isInForce, Runnable sentOn) {
        attachTo(context);
        context.attribute(STAYS_ALLOWED, isInForce);
        context.attribute(SENT_ON, sentOn);
    }

    /** Whether the account is one of the caller's. */
    public boolean mayUse(String accountId) {
        return accounts.isEmpty() || accounts.contains(accountId);
    }

    /**
     * Refuses what is about an account that is not the caller's; for accounts that are not in the path, where that has
     * been checked already.
     *
     * @throws io.bursar.service.http.ProblemException 403, account_not_allowed
     */
    public void requireAccount(String accountId) {
        if (!mayUse(accountId)) {
            throw Refusals.forbidden("account_not_allowed", "the key " + keyId + " is not for account " + accountId);
        }
    }

    /**
     * Refuses a caller that does not have the scope; for what a route does beside its own scope.
     *
     * @throws io.bursar.service.http.ProblemException 403, scope_missing
     */
    public void requireScope(Access scope) {
        if (!scopes.contains(scope)) {
            throw Refusals.forbidden("scope_missing", "the key " + keyId + " does not have " + scope.text());
        }
    }

    /**
     * Refuses a caller that is bound to accounts and is not to see or change what is for these. Nobody gives or takes
     * away what is not theirs.
     *
     * @param others empty: all
     * @throws io.bursar.service.http.ProblemException 403, account_not_allowed
     */
    public void requireAllOf(Collection<String> others) {
        if (!mayUseAllOf(others)) {
            throw Refusals.forbidden(
                    "account_not_allowed", "the key " + keyId + " is for some accounts only, and not for all of these");
        }
    }

    /** Whether all accounts of another key are the caller's; empty stands for all there are. */
    public boolean mayUseAllOf(Collection<String> others) {
        return accounts.isEmpty() || (!others.isEmpty() && accounts.containsAll(others));
    }
}
