package io.bursar.service.view;

import io.bursar.desk.Route;
import io.bursar.schemas.BrokerAccount;
import java.util.List;

/**
 * Which broker account to use.
 *
 * @param ledgerAccountId null when it belongs to none
 * @param tokenExpiresAt null when it has no token, or the broker does not say
 * @param strategy which chose it, or DEFAULT
 * @param tried candidates that came first and could not be given
 */
public record RouteView(
        String accountId,
        String number,
        String broker,
        String environment,
        String type,
        String ledgerAccountId,
        String tokenExpiresAt,
        String strategy,
        List<Tried> tried) {
    /** A candidate that could not be given. */
    public record Tried(String accountId, String reason) {}

    /** @param account the candidate as it is now */
    public static RouteView of(Route route, Route.Candidate candidate, BrokerAccount account, List<Tried> tried) {
        var token = account.getUsesTokens() ? account.getToken() : null;
        return new RouteView(
                account.getId(),
                account.getNumber(),
                account.getBroker(),
                account.getEnvironment().name(),
                account.getType().name(),
                account.getLedgerAccountId(),
                token == null || token.getExpiresAt() == null
                        ? null
                        : token.getExpiresAt().toString(),
                candidate.isDefault() ? "DEFAULT" : route.strategy().name(),
                tried);
    }
}
