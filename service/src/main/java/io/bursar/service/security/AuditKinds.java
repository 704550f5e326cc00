package io.bursar.service.security;

import java.util.Map;

/** What the audit calls what is done, for those who search it: by action, which is method and route. */
public final class AuditKinds {
    /** Somebody lacks a key or a right, or asks too often. */
    public static final String ACCESS_REFUSED = "security_access_refused";

    /** A key to the API was made. */
    public static final String API_KEY_CREATE = "api_key_create";

    private static final String ACCOUNT_UPDATE = "account_update";
    private static final String TOKEN_REFRESH = "account_token_refresh";

    private static final Map<String, String> BY_ACTION = Map.ofEntries(
            Map.entry("POST /api/v1/accounts", "account_create"),
            Map.entry("PATCH /api/v1/accounts/{accountId}", ACCOUNT_UPDATE),
            Map.entry("PUT /api/v1/accounts/{accountId}/status", ACCOUNT_UPDATE),
            Map.entry("PUT /api/v1/accounts/{accountId}/limits", ACCOUNT_UPDATE),
            Map.entry("PUT /api/v1/accounts/{accountId}/quotas/{strategy}", ACCOUNT_UPDATE),
            Map.entry("POST /api/v1/accounts/{accountId}/adjustments", "funds_adjust"),
            Map.entry("POST /api/v1/accounts/{accountId}/fills", "trade_fill"),
            Map.entry("POST /api/v1/accounts/{accountId}/suspended-fills/{sequence}/resolution", "trade_fill_resolve"),
            Map.entry("POST /api/v1/broker-accounts", "account_create"),
            Map.entry("PATCH /api/v1/broker-accounts/{brokerAccountId}", ACCOUNT_UPDATE),
            Map.entry("DELETE /api/v1/broker-accounts/{brokerAccountId}", "account_delete"),
            Map.entry("PUT /api/v1/broker-accounts/{brokerAccountId}/status", ACCOUNT_UPDATE),
            Map.entry("DELETE /api/v1/broker-accounts/{brokerAccountId}/errors", ACCOUNT_UPDATE),
            Map.entry("PUT /api/v1/broker-accounts/{brokerAccountId}/token", "account_token_issue"),
            Map.entry("DELETE /api/v1/broker-accounts/{brokerAccountId}/token", "account_token_revoke"),
            Map.entry("POST /api/v1/broker-accounts/{brokerAccountId}/token/validation", "account_token_validate"),
            Map.entry("POST /api/v1/broker-accounts/{brokerAccountId}/token/refreshes", TOKEN_REFRESH),
            Map.entry("DELETE /api/v1/broker-accounts/{brokerAccountId}/token/refreshes/{number}", TOKEN_REFRESH),
            Map.entry("POST /api/v1/token-refreshes", TOKEN_REFRESH),
            Map.entry("POST /api/v1/vault/rewrap", "system_vault_rewrap"),
            Map.entry("POST /api/v1/vault/check", "system_vault_check"),
            Map.entry("PUT /api/v1/assets/{asset}", "reference_update"),
            Map.entry("PUT /api/v1/instruments/{instrument}", "reference_update"),
            Map.entry("POST /api/v1/keys", API_KEY_CREATE),
            Map.entry("DELETE /api/v1/keys/{keyId}", "api_key_revoke"),
            Map.entry("POST /api/v1/keys/{keyId}/rotation", "api_key_rotate"));

    private AuditKinds() {}

    /** Empty for an action that has none. */
    static String of(String action) {
        return BY_ACTION.getOrDefault(action, "");
    }
}
