package io.bursar.service.history;

import java.time.Instant;
import java.util.Optional;

/**
 * Which events of the audit are asked for; what is empty does not matter.
 *
 * @param from the first instant
 * @param kindPrefix what the kind begins with
 * @param before where to go on: those that stand after it in the order of the answer
 * @param atMost how many
 */
public record AuditQuery(
        Instant from,
        Optional<String> kindPrefix,
        Optional<String> severity,
        Optional<String> result,
        Optional<String> keyId,
        Optional<String> accountId,
        Optional<String> brokerAccountId,
        Optional<AuditPlace> before,
        int atMost) {}
