package io.bursar.connect.postgres;

import static io.bursar.connect.postgres.ColumnType.BIGINT;
import static io.bursar.connect.postgres.ColumnType.BOOLEAN;
import static io.bursar.connect.postgres.ColumnType.INTEGER;
import static io.bursar.connect.postgres.ColumnType.JSON;
import static io.bursar.connect.postgres.ColumnType.TEXT;
import static io.bursar.connect.postgres.ColumnType.TEXTS;
import static io.bursar.connect.postgres.ColumnType.TIMESTAMP;

import io.bursar.schemas.AuditEvent;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerProperty;
import io.bursar.schemas.BrokerToken;
import io.bursar.schemas.OperationCounts;
import io.bursar.schemas.SealedSecret;
import io.bursar.schemas.TokenRefresh;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rows of the desk's tables. What a secret is sealed in goes into none of them. */
final class DeskRows {
    static final Table AUDIT_LOG = Table.of("audit_log")
            .key(INTEGER, "audit_partition")
            .key(BIGINT, "audit_offset")
            .with(TIMESTAMP, "occurred_at")
            .with(TEXT, "kind", "severity", "result", "action")
            .with(INTEGER, "status")
            .with(TEXT, "reason", "key_id", "address", "request_id", "account_id", "broker_account_id", "subject")
            .with(BIGINT, "unrecorded")
            .build();

    static final Table BROKER_ACCOUNTS = Table.of("broker_accounts")
            .key(TEXT, "broker_account_id")
            .with(BIGINT, "revision")
            .with(TEXT, "owner", "name", "number", "broker", "environment", "type", "licence")
            .with(TEXTS, "permissions")
            .with(TEXT, "status")
            .with(BOOLEAN, "suspended_by_errors")
            .with(TEXT, "description")
            .with(TEXTS, "tags")
            .with(TEXT, "ledger_account_id")
            .with(BOOLEAN, "default_trading", "default_data")
            .with(JSON, "properties", "secrets")
            .with(BOOLEAN, "uses_tokens")
            .with(TIMESTAMP, "created_at", "updated_at")
            .with(BIGINT, "token_version")
            .with(TEXT, "token_status", "token_issued_by", "token_hash")
            .with(TIMESTAMP, "token_issued_at", "token_expires_at")
            .with(BIGINT, "last_refresh_number")
            .with(INTEGER, "failed_refreshes")
            .with(TIMESTAMP, "next_refresh_at")
            .with(INTEGER, "usage_day")
            .with(BIGINT, "calls_of_day")
            .with(INTEGER, "errors_in_row")
            .with(TEXT, "last_error")
            .with(TIMESTAMP, "last_error_at")
            .with(JSON, "operations")
            .with(TIMESTAMP, "deleted_at")
            .build();

    /** Of broker accounts, what their deletion changes. */
    static final Table DELETIONS = Table.of("broker_accounts")
            .key(TEXT, "broker_account_id")
            .with(TIMESTAMP, "deleted_at")
            .build();

    static final Table TOKEN_REFRESHES = Table.of("token_refreshes")
            .key(TEXT, "broker_account_id")
            .key(BIGINT, "number")
            .with(TEXT, "trigger")
            .with(TIMESTAMP, "requested_at", "ended_at")
            .with(TEXT, "outcome", "code")
            .with(INTEGER, "attempts")
            .with(TEXT, "old_token_hash", "new_token_hash")
            .build();

    private DeskRows() {}

    static void event(RowWriter row, DeskRecord record, AuditEvent event) {
        row.integer(record.partition().partition())
                .number(record.offset())
                .time(event.getOccurredAt())
                .text(event.getKind())
                .text(event.getSeverity())
                .text(event.getResult())
                .text(event.getAction())
                .integer(event.getStatus())
                .text(event.getReason())
                .text(event.getKeyId())
                .text(event.getAddress())
                .text(event.getRequestId())
                .text(event.getAccount())
                .text(event.getBrokerAccount())
                .text(event.getSubject())
                .number(event.getUnrecorded())
                .end();
    }

    static void account(RowWriter row, BrokerAccount account) {
        row.text(account.getId())
                .number(account.getRevision())
                .text(account.getOwner())
                .text(account.getName())
                .text(account.getNumber())
                .text(account.getBroker())
                .text(account.getEnvironment())
                .text(account.getType())
                .text(account.getLicence())
                .texts(account.getPermissions())
                .text(account.getStatus())
                .flag(account.getSuspendedByErrors())
                .text(account.getDescription())
                .texts(account.getTags())
                .text(account.getLedgerAccountId())
                .flag(account.getDefaultTrading())
                .flag(account.getDefaultData())
                .json(properties(account))
                .json(secrets(account))
                .flag(account.getUsesTokens())
                .time(account.getCreatedAt())
                .time(account.getUpdatedAt());
        token(row, account.getToken());
        row.number(account.getLastRefreshNumber())
                .integer(account.getFailedRefreshes())
                .time(account.getNextRefreshAt());
        var usage = account.getUsage();
        row.integer(usage.getDay())
                .number(usage.getCallsOfDay())
                .integer(usage.getErrorsInRow())
                .text(usage.getLastError())
                .time(usage.getLastErrorAt())
                .json(operations(account))
                .nothing()
                .end();
    }

    private static void token(RowWriter row, BrokerToken token) {
        if (token == null) {
            row.nothing().nothing().nothing().nothing().nothing().nothing();
        } else {
            row.number(token.getVersion())
                    .text(token.getStatus())
                    .text(token.getIssuedBy())
                    .text(token.getHash())
                    .time(token.getIssuedAt())
                    .time(token.getExpiresAt());
        }
    }

    private static Map<String, String> properties(BrokerAccount account) {
        var properties = new LinkedHashMap<String, String>();
        for (BrokerProperty property : account.getProperties()) {
            properties.put(property.getName(), property.getValue());
        }
        return properties;
    }

    private static Map<String, Object> secrets(BrokerAccount account) {
        var secrets = new LinkedHashMap<String, Object>();
        account.getSecrets().forEach(secret -> put(secrets, secret));
        if (account.getToken() != null) {
            put(secrets, account.getToken().getAccess());
            put(secrets, account.getToken().getRefresh());
        }
        return secrets;
    }

    /** All but what is sealed. */
    private static void put(Map<String, Object> secrets, SealedSecret secret) {
        if (secret != null) {
            var versions = new LinkedHashMap<String, Object>();
            versions.put("version", secret.getVersion());
            versions.put("keyVersion", secret.getKeyVersion());
            secrets.put(secret.getName(), versions);
        }
    }

    private static Map<String, Object> operations(BrokerAccount account) {
        var operations = new LinkedHashMap<String, Object>();
        for (OperationCounts counts : account.getUsage().getOperations()) {
            var counted = new LinkedHashMap<String, Object>();
            counted.put("calls", counts.getCalls());
            counted.put("errors", counts.getErrors());
            counted.put("routed", counts.getRouted());
            operations.put(counts.getOperation(), counted);
        }
        return operations;
    }

    static void refresh(RowWriter row, TokenRefresh refresh) {
        row.text(refresh.getAccountId())
                .number(refresh.getNumber())
                .text(refresh.getTrigger())
                .time(refresh.getRequestedAt())
                .time(refresh.getEndedAt())
                .text(refresh.getOutcome())
                .text(refresh.getCode())
                .integer(refresh.getAttempts())
                .text(refresh.getOldTokenHash())
                .text(refresh.getNewTokenHash())
                .end();
    }
}
