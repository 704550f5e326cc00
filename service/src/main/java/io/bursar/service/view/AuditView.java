package io.bursar.service.view;

import java.util.List;

/**
 * An event of the audit. What there is not of it is null.
 *
 * @param kind what was done, such as {@code api_key_create}
 * @param severity INFO, WARNING, ERROR or CRITICAL
 * @param result SUCCESS, FAILURE or REFUSED
 * @param action method and route
 * @param status of the HTTP answer; null for what was done without HTTP
 * @param keyId the caller's key
 * @param subject the key that was made, revoked or replaced
 * @param unrecorded how many refusals before it have no event of their own
 */
public record AuditView(
        String occurredAt,
        String kind,
        String severity,
        String result,
        String action,
        Integer status,
        String reason,
        String keyId,
        String address,
        String requestId,
        String accountId,
        String brokerAccountId,
        String subject,
        Long unrecorded) {
    /** Events, the last that happened first. */
    public record Listing(List<AuditView> events, String nextCursor) {}
}
