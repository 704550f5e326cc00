package io.bursar.connect.postgres;

import io.bursar.schemas.AuditEvent;
import io.bursar.schemas.AuditResult;
import io.bursar.schemas.AuditSeverity;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerAccountType;
import io.bursar.schemas.BrokerAccountUsage;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.BrokerProperty;
import io.bursar.schemas.BrokerToken;
import io.bursar.schemas.BrokerTokenStatus;
import io.bursar.schemas.OperationCounts;
import io.bursar.schemas.RefreshOutcome;
import io.bursar.schemas.RefreshTrigger;
import io.bursar.schemas.SealedSecret;
import io.bursar.schemas.TokenOrigin;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.serde.RecordEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/** The topics of the desk in memory, and records to put there. */
final class DeskTopics {
    static final int AUDIT_ID = 11;
    static final int ACCOUNT_ID = 12;
    static final int REFRESH_ID = 13;

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** What the secrets of accounts are sealed in; no table may have it. */
    static final String SEALED = "sealed-bytes-of-a-secret";

    final Topic audit = new Topic("bursar.audit", 1);
    final Topic accounts = new Topic("bursar.broker-account-states", 1);
    final Topic refreshes = new Topic("bursar.token-history", 1);

    private final RecordEncoder<AuditEvent> events = new RecordEncoder<>(AuditEvent.class, AUDIT_ID);
    private final RecordEncoder<BrokerAccount> states = new RecordEncoder<>(BrokerAccount.class, ACCOUNT_ID);
    private final RecordEncoder<TokenRefresh> history = new RecordEncoder<>(TokenRefresh.class, REFRESH_ID);

    Topic[] all() {
        return new Topic[] {audit, accounts, refreshes};
    }

    SinkRecord append(AuditEvent event) {
        return audit.append(0, event.getKeyId(), events.encode(event));
    }

    SinkRecord append(BrokerAccount account) {
        return accounts.append(0, account.getId(), states.encode(account));
    }

    SinkRecord delete(String accountId, Instant at) {
        return accounts.append(0, accountId, null, at.toEpochMilli());
    }

    SinkRecord append(TokenRefresh refresh) {
        return refreshes.append(0, refresh.getAccountId() + "/" + refresh.getNumber() % 500, history.encode(refresh));
    }

    static AuditEvent event(String requestId, Instant at) {
        return AuditEvent.newBuilder()
                .setOccurredAt(at)
                .setKeyId("abcdefghijkl")
                .setAddress("127.0.0.1")
                .setAction("POST /api/v1/keys")
                .setStatus(201)
                .setRequestId(requestId)
                .setSubject("mnopqrstuvwx")
                .setKind("api_key_create")
                .setSeverity(AuditSeverity.WARNING)
                .setResult(AuditResult.SUCCESS)
                .setBrokerAccount("acme:production:U1")
                .build();
    }

    static BrokerAccount account(String id, long revision) {
        return BrokerAccount.newBuilder()
                .setId(id)
                .setRevision(revision)
                .setOwner("alice")
                .setName("Main \"one\"")
                .setNumber("U1")
                .setBroker("acme")
                .setEnvironment(BrokerEnvironment.PRODUCTION)
                .setType(BrokerAccountType.PRIME)
                .setPermissions(List.of("us_stock", "hk_stock"))
                .setStatus(BrokerAccountStatus.ACTIVE)
                .setTags(List.of("a,b", "c\"d"))
                .setProperties(List.of(new BrokerProperty("clientId", "42")))
                .setSecrets(List.of(secret("clientSecret", 1, 3)))
                .setUsesTokens(true)
                .setCreatedAt(NOON)
                .setUpdatedAt(NOON.plusSeconds(revision))
                .setToken(BrokerToken.newBuilder()
                        .setVersion(revision)
                        .setAccess(secret("accessToken", revision, 3))
                        .setRefresh(secret("refreshToken", revision, 2))
                        .setHash("ab".repeat(32))
                        .setIssuedAt(NOON)
                        .setExpiresAt(NOON.plusSeconds(3_600))
                        .setStatus(BrokerTokenStatus.VALID)
                        .setIssuedBy(TokenOrigin.REFRESH)
                        .build())
                .setLastRefreshNumber(revision)
                .setUsage(BrokerAccountUsage.newBuilder()
                        .setDay((int) NOON.atOffset(java.time.ZoneOffset.UTC)
                                .toLocalDate()
                                .toEpochDay())
                        .setCallsOfDay(17)
                        .setOperations(List.of(OperationCounts.newBuilder()
                                .setOperation("place_order")
                                .setCalls(17)
                                .setErrors(2)
                                .setRouted(19)
                                .build()))
                        .build())
                .build();
    }

    static TokenRefresh refresh(String accountId, long number, RefreshOutcome outcome) {
        return TokenRefresh.newBuilder()
                .setAccountId(accountId)
                .setNumber(number)
                .setTrigger(RefreshTrigger.SCHEDULED)
                .setRequestedAt(NOON)
                .setEndedAt(outcome == RefreshOutcome.PENDING ? null : NOON.plusSeconds(2))
                .setOutcome(outcome)
                .setCode(outcome == RefreshOutcome.FAILED ? "TIMED_OUT" : null)
                .setAttempts(1)
                .setOldTokenHash("ab".repeat(32))
                .build();
    }

    private static SealedSecret secret(String name, long version, int keyVersion) {
        return new SealedSecret(name, version, keyVersion, ByteBuffer.wrap(SEALED.getBytes(StandardCharsets.UTF_8)));
    }
}
