package io.bursar.desk;

import java.time.Duration;
import java.util.function.Function;

/**
 * What is set of the life of tokens.
 *
 * @param refreshWindow how long before its expiry a token is renewed, but never earlier than in the middle of its life
 * @param attempts how many calls a refresh makes at most
 * @param callTimeout how long a worker lets a call take
 * @param limits of the calls to a broker, by its id
 */
public record DeskRules(
        Duration refreshWindow, int attempts, Duration callTimeout, Function<String, BrokerLimits> limits) {
    /** Errors in a row that suspend an account. */
    public static final int MAX_ERRORS = 10;

    /** After which an attempt that no worker has started is offered again. */
    static final Duration OFFER_TIMEOUT = Duration.ofSeconds(3);

    /** After which a refresh that no worker takes has failed. */
    static final Duration REFRESH_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration LEAST_MARGIN = Duration.ofSeconds(2);
    private static final Duration MOST_MARGIN = Duration.ofSeconds(10);

    /** How long a started attempt belongs to its worker: for its call, and a third of that to say how it ended. */
    Duration lease() {
        var margin = callTimeout.dividedBy(3);
        if (margin.compareTo(LEAST_MARGIN) < 0) {
            return callTimeout.plus(LEAST_MARGIN);
        }
        return callTimeout.plus(margin.compareTo(MOST_MARGIN) < 0 ? margin : MOST_MARGIN);
    }
}
