package io.bursar.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.TokenRefreshCall;
import java.time.Instant;
import java.util.List;

/**
 * All that follows from a message or from the passing of time. Nothing of it has happened yet; see {@link Desk#apply}.
 *
 * @param at when it was made
 * @param answer for the sender; null when time has passed
 * @param changed accounts as they are afterwards
 * @param deleted ids of accounts that are no longer
 * @param calls attempts to offer to the workers
 * @param refreshes that have begun or ended
 * @param events that time brings about, which change the desk when they are read
 */
public record DeskDecision(
        Instant at,
        DeskAnswer answer,
        List<BrokerAccount> changed,
        List<String> deleted,
        List<TokenRefreshCall> calls,
        List<TokenRefresh> refreshes,
        List<TokenEvent> events) {}
