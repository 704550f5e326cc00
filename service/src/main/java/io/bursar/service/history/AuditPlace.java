package io.bursar.service.history;

import java.time.Instant;

/**
 * Where an event stands among all of the audit.
 *
 * @param partition of the topic
 * @param offset in the partition
 */
public record AuditPlace(Instant occurredAt, int partition, long offset) {}
