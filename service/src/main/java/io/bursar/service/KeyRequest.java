package io.bursar.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.service.security.Access;
import io.bursar.service.security.AddressRange;
import io.bursar.service.security.KeyRights;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a request about keys says in its body, checked; what does not fit ends it with 400. */
final class KeyRequest {
    private static final List<String> OF_NEW_KEYS =
            List.of("name", "scopes", "accounts", "expiresAt", "allowedIps", "requestsPerSecond");
    private static final List<String> OF_ROTATIONS = List.of("overlapSeconds");

    private static final int LONGEST_NAME = 256;
    private static final int MOST_ACCOUNTS = 1_000;
    private static final int MOST_NETWORKS = 100;
    private static final int MOST_REQUESTS_PER_SECOND = 100_000;
    private static final int LONGEST_OVERLAP_SECONDS = 86_400;

    /** The contracts end with it. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final JsonNode body;
    private final InstantSource clock;

    /** @param text JSON; empty stands for an object without fields */
    KeyRequest(String text, InstantSource clock) {
        this.body = Json.object(text);
        this.clock = clock;
    }

    /** The rights of a key that is to be made. */
    KeyRights rights() {
        requireOnly(OF_NEW_KEYS);
        return new KeyRights(
                name(),
                scopes(),
                list("accounts", MOST_ACCOUNTS, Parameters.ID_RULE, Parameters::isId),
                expiresAt(),
                list(
                        "allowedIps",
                        MOST_NETWORKS,
                        AddressRange.RULE,
                        text -> AddressRange.parse(text).isPresent()),
                body.has("requestsPerSecond") ? wholeNumber("requestsPerSecond", 1, MOST_REQUESTS_PER_SECOND) : null);
    }

    /** How long a key that is replaced still works. */
    Duration overlap() {
        requireOnly(OF_ROTATIONS);
        return Duration.ofSeconds(
                body.has("overlapSeconds") ? wholeNumber("overlapSeconds", 0, LONGEST_OVERLAP_SECONDS) : 0);
    }

    private void requireOnly(List<String> allowed) {
        body.fieldNames().forEachRemaining(field -> {
            if (!allowed.contains(field)) {
                throw new ProblemException(Problem.unknownField(field, allowed));
            }
        });
    }

    private String name() {
        var name = body.path("name");
        if (!name.isTextual() || name.textValue().isBlank() || name.textValue().length() > LONGEST_NAME) {
            throw refused("name", name, "text of 1 to " + LONGEST_NAME + " characters");
        }
        return name.textValue();
    }

    private List<Access> scopes() {
        var all = Stream.of(Access.values())
                .filter(access -> access != Access.OPEN)
                .map(Access::text)
                .collect(Collectors.joining(", "));
        var scopes = list(
                "scopes",
                Access.values().length,
                "one of " + all,
                text -> Access.scope(text).isPresent());
        if (scopes.isEmpty()) {
            throw refused("scopes", body.path("scopes"), "a list of one at least of " + all);
        }
        return scopes.stream().map(text -> Access.scope(text).orElseThrow()).toList();
    }

    private Instant expiresAt() {
        var given = body.path("expiresAt");
        if (given.isMissingNode()) {
            return null;
        }
        try {
            var instant = Instant.parse(given.asText()).truncatedTo(ChronoUnit.MICROS);
            if (instant.isAfter(clock.instant()) && !instant.isAfter(LAST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw refused("expiresAt", given, "an instant to come, such as 2027-03-01T00:00:00Z");
        }
        throw refused("expiresAt", given, "an instant to come, up to the year 9999");
    }

    private int wholeNumber(String field, int from, int to) {
        var given = body.path(field);
        if (!given.isInt() || given.intValue() < from || given.intValue() > to) {
            throw refused(field, given, "a whole number from " + from + " to " + to);
        }
        return given.intValue();
    }

    /** Texts that all keep to a rule and differ from each other; none when the field is absent. */
    private List<String> list(String field, int most, String rule, Function<String, Boolean> fits) {
        var given = body.path(field);
        if (given.isMissingNode()) {
            return List.of();
        }
        if (!given.isArray() || given.size() > most) {
            throw refused(field, given, "a list of at most " + most);
        }
        var texts = new ArrayList<String>();
        for (var item : given) {
            if (!item.isTextual() || !fits.apply(item.textValue())) {
                throw refused(field, item, rule);
            }
            if (texts.contains(item.textValue())) {
                throw refused(field, item, "in the list once");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    private static ProblemException refused(String field, JsonNode given, String rule) {
        var value = given.isMissingNode() ? "absent" : given.isTextual() ? given.textValue() : given.toString();
        return new ProblemException(Problem.invalid(field, value, rule));
    }
}
