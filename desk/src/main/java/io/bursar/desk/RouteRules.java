package io.bursar.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerAccountType;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.BrokerTokenStatus;
import java.time.Instant;
import java.util.Optional;

/** Which accounts can be used for what. */
public final class RouteRules {
    private RouteRules() {}

    /** Why the account cannot be given for a request; empty when it can, as soon as it has a valid token. */
    public static Optional<RouteRefusal> refusal(BrokerAccount account, RouteRequest request) {
        if (account.getStatus() != BrokerAccountStatus.ACTIVE) {
            return Optional.of(RouteRefusal.NOT_ACTIVE);
        }
        if (!account.getPermissions().containsAll(request.permissions())) {
            return Optional.of(RouteRefusal.PERMISSION_MISSING);
        }
        if (request.environment() != null && account.getEnvironment() != request.environment()) {
            return Optional.of(RouteRefusal.ENVIRONMENT_DIFFERS);
        }
        return refusal(account, request.operation().group());
    }

    private static Optional<RouteRefusal> refusal(BrokerAccount account, Operation.Group group) {
        if (group == Operation.Group.TRADING
                && account.getEnvironment() != BrokerEnvironment.PRODUCTION
                && account.getType() != BrokerAccountType.PAPER) {
            return Optional.of(RouteRefusal.NOT_FOR_TRADING);
        }
        if (account.getUsage().getErrorsInRow() >= group.tooManyErrors()) {
            return Optional.of(RouteRefusal.TOO_MANY_ERRORS);
        }
        return canHaveToken(account) ? Optional.empty() : Optional.of(RouteRefusal.TOKEN_NOT_VALID);
    }

    /** Why the account cannot be used now for a group of operations, whatever else is asked for; empty when it can. */
    public static Optional<RouteRefusal> refusal(BrokerAccount account, Operation.Group group, Instant now) {
        if (account.getStatus() != BrokerAccountStatus.ACTIVE) {
            return Optional.of(RouteRefusal.NOT_ACTIVE);
        }
        return refusal(account, group)
                .or(() -> hasValidToken(account, now) ? Optional.empty() : Optional.of(RouteRefusal.TOKEN_NOT_VALID));
    }

    /** Whether the account has a token that the broker takes, or needs none. */
    public static boolean hasValidToken(BrokerAccount account, Instant now) {
        if (!account.getUsesTokens()) {
            return true;
        }
        var token = account.getToken();
        return token != null
                && token.getStatus() == BrokerTokenStatus.VALID
                && (token.getExpiresAt() == null || token.getExpiresAt().isAfter(now));
    }

    /** Whether a token is there or can be fetched: not while a person has revoked it, nor with nothing to log in with. */
    private static boolean canHaveToken(BrokerAccount account) {
        if (!account.getUsesTokens()) {
            return true;
        }
        var token = account.getToken();
        boolean isRevoked = token != null && token.getStatus() == BrokerTokenStatus.REVOKED;
        boolean isUsable = token != null && token.getStatus() == BrokerTokenStatus.VALID;
        return !isRevoked && (isUsable || TokenLife.hasCredentials(account));
    }
}
