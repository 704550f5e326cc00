package io.bursar.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.desk.BrokerAccountIds;
import io.bursar.service.http.Access;
import io.bursar.service.http.Fields;
import io.bursar.service.http.Ids;
import io.bursar.service.security.AddressRange;
import io.bursar.service.security.KeyRights;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** What a request about keys says in its body, checked; what does not fit ends it with 400. */
final class KeyRequest {
    private static final int MOST_ACCOUNTS = 1_000;
    private static final int MOST_NETWORKS = 100;
    private static final int MOST_REQUESTS_PER_SECOND = 100_000;
    private static final int LONGEST_OVERLAP_SECONDS = 86_400;

    private final Fields fields;
    private final InstantSource clock;

    KeyRequest(JsonNode body, InstantSource clock) {
        this.fields = Fields.of(body);
        this.clock = clock;
    }

    /** The rights of a key that is to be made. */
    KeyRights rights() {
        var rights = new KeyRights(
                name(),
                scopes(),
                fields.texts("accounts", MOST_ACCOUNTS, KeyRequest::isAccount, Ids.rule(BrokerAccountIds.MAX_LENGTH)),
                expiresAt(),
                fields.texts("allowedIps", MOST_NETWORKS, AddressRange::isValid, AddressRange.RULE),
                fields.optionalWhole("requestsPerSecond", 1, MOST_REQUESTS_PER_SECOND));
        fields.requireNoOthers();
        return rights;
    }

    /** How long a key that is replaced still works. */
    Duration overlap() {
        var seconds = fields.optionalWhole("overlapSeconds", 0, LONGEST_OVERLAP_SECONDS);
        fields.requireNoOthers();
        return Duration.ofSeconds(seconds == null ? 0 : seconds);
    }

    /** Of the ledger or at a broker. */
    private static boolean isAccount(String id) {
        return Ids.isValid(id, BrokerAccountIds.MAX_LENGTH);
    }

    private String name() {
        var name = fields.text("name", Fields.MAX_TEXT);
        if (name.isBlank()) {
            throw Fields.invalid("name", name, "text that says who uses the key");
        }
        return name;
    }

    private List<Access> scopes() {
        var rule =
                "one at least of " + Access.scopes().stream().map(Access::text).collect(Collectors.joining(", "));
        var scopes = fields.texts(
                "scopes", Access.scopes().size(), text -> Access.scope(text).isPresent(), rule);
        if (scopes.isEmpty()) {
            throw Fields.invalid("scopes", "", rule);
        }
        return scopes.stream().map(text -> Access.scope(text).orElseThrow()).toList();
    }

    private Instant expiresAt() {
        var expiresAt = fields.optionalInstant("expiresAt");
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw Fields.invalid("expiresAt", expiresAt.toString(), "later than now");
        }
        return expiresAt;
    }
}
