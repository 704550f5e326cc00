package io.bursar.service.view;

import io.bursar.schemas.TokenRefresh;
import java.time.Duration;
import java.util.List;

/**
 * A refresh of a token.
 *
 * @param outcome PENDING while it is under way, SUCCEEDED, FAILED or CANCELLED
 * @param code why it did not succeed
 * @param durationMs from the request to the end
 * @param oldSha256 of the token before, in hexadecimal digits
 */
public record TokenRefreshView(
        long number,
        String trigger,
        String requestedAt,
        String endedAt,
        Long durationMs,
        String outcome,
        String code,
        int attempts,
        String oldSha256,
        String newSha256) {
    /** The last refreshes of an account, the newest first. */
    public record Listing(String accountId, List<TokenRefreshView> refreshes) {}

    public static TokenRefreshView of(TokenRefresh refresh) {
        var endedAt = refresh.getEndedAt();
        return new TokenRefreshView(
                refresh.getNumber(),
                refresh.getTrigger().name(),
                refresh.getRequestedAt().toString(),
                endedAt == null ? null : endedAt.toString(),
                endedAt == null
                        ? null
                        : Duration.between(refresh.getRequestedAt(), endedAt).toMillis(),
                refresh.getOutcome().name(),
                refresh.getCode(),
                refresh.getAttempts(),
                refresh.getOldTokenHash(),
                refresh.getNewTokenHash());
    }
}
