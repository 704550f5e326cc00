package io.bursar.service.view;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerProperty;
import io.bursar.schemas.OpenRefresh;
import io.bursar.schemas.SealedSecret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A broker account, without its secrets.
 *
 * @param revision counts its changes
 * @param suspendedByErrors whether a reset of its errors brings it back
 * @param secrets the version of each secret, by name
 * @param token null without one
 */
public record BrokerAccountView(
        String id,
        long revision,
        String owner,
        String name,
        String number,
        String broker,
        String environment,
        String type,
        String licence,
        List<String> permissions,
        String status,
        Boolean suspendedByErrors,
        String description,
        List<String> tags,
        String ledgerAccountId,
        boolean defaultTrading,
        boolean defaultData,
        Map<String, String> properties,
        Map<String, Long> secrets,
        String createdAt,
        String updatedAt,
        Usage usage,
        Token token) {
    /** Several accounts. */
    public record Listing(List<BrokerAccountView> accounts, String nextCursor) {}

    /** @param callsOfDay on the UTC day of the last call */
    public record Usage(long callsOfDay, int errorsInRow, String lastError, String lastErrorAt) {}

    /**
     * The state of its token.
     *
     * @param usesTokens whether the broker gives any to it
     * @param status NONE, VALID, EXPIRED or REVOKED
     * @param sha256 of the token, in hexadecimal digits
     * @param nextRefreshAt when it is due; null while nothing is planned
     */
    public record Token(
            boolean usesTokens,
            String status,
            Long version,
            String issuedAt,
            String expiresAt,
            String sha256,
            String nextRefreshAt,
            Refresh refresh) {}

    /** A refresh that is under way. */
    public record Refresh(long number, String trigger, String requestedAt, int attempt, String phase, String lastCode) {
        static Refresh ofNullable(OpenRefresh refresh) {
            return refresh == null
                    ? null
                    : new Refresh(
                            refresh.getNumber(),
                            refresh.getTrigger().name(),
                            refresh.getRequestedAt().toString(),
                            refresh.getAttempt(),
                            refresh.getPhase().name(),
                            refresh.getLastCode());
        }
    }

    /** @param now decides whether a token has expired that nobody has said so of yet */
    public static BrokerAccountView of(BrokerAccount account, Instant now) {
        return new BrokerAccountView(
                account.getId(),
                account.getRevision(),
                account.getOwner(),
                account.getName(),
                account.getNumber(),
                account.getBroker(),
                account.getEnvironment().name(),
                account.getType().name(),
                account.getLicence(),
                account.getPermissions(),
                account.getStatus().name(),
                account.getSuspendedByErrors() ? true : null,
                account.getDescription(),
                account.getTags(),
                account.getLedgerAccountId(),
                account.getDefaultTrading(),
                account.getDefaultData(),
                properties(account.getProperties()),
                secrets(account.getSecrets()),
                account.getCreatedAt().toString(),
                account.getUpdatedAt().toString(),
                usage(account),
                token(account, now));
    }

    /** The state of its token alone. */
    public static Token token(BrokerAccount account, Instant now) {
        var token = account.getToken();
        var refresh = Refresh.ofNullable(account.getRefresh());
        var next = text(account.getNextRefreshAt());
        if (token == null) {
            return new Token(account.getUsesTokens(), "NONE", null, null, null, null, next, refresh);
        }
        var isOver = token.getExpiresAt() != null && !token.getExpiresAt().isAfter(now);
        var status = token.getStatus().name();
        return new Token(
                account.getUsesTokens(),
                status.equals("VALID") && isOver ? "EXPIRED" : status,
                token.getVersion(),
                token.getIssuedAt().toString(),
                text(token.getExpiresAt()),
                token.getHash(),
                next,
                refresh);
    }

    private static Usage usage(BrokerAccount account) {
        var usage = account.getUsage();
        return new Usage(
                usage.getCallsOfDay(), usage.getErrorsInRow(), usage.getLastError(), text(usage.getLastErrorAt()));
    }

    private static Map<String, String> properties(List<BrokerProperty> properties) {
        Map<String, String> byName = new TreeMap<>();
        properties.forEach(property -> byName.put(property.getName(), property.getValue()));
        return byName;
    }

    private static Map<String, Long> secrets(List<SealedSecret> secrets) {
        Map<String, Long> byName = new TreeMap<>();
        secrets.forEach(secret -> byName.put(secret.getName(), secret.getVersion()));
        return byName;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
