package io.bursar.service.history;

import java.time.Instant;

/** Where a trade stands among those of its account. */
public record TradePlace(Instant occurredAt, long sequence) {}
