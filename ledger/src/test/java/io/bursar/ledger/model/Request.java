package io.bursar.ledger.model;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * Something to decide.
 *
 * @param commandId null for fills and for what another account's transfer sends
 */
record Request(String accountId, String commandId, Instant occurredAt, Instant receivedAt, SpecificRecord body) {}
