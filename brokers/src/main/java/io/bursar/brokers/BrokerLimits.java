package io.bursar.brokers;

/**
 * How much a broker may be asked, over all of its accounts. A broker does not hold itself to it: whoever calls it does.
 *
 * @param atOnce calls under way at the same time, 1 to 100
 * @param requestsPerMinute calls begun within a minute, 1 to 6,000
 */
public record BrokerLimits(int atOnce, int requestsPerMinute) {
    static final int MOST_AT_ONCE = 100;
    static final int MOST_PER_MINUTE = 6_000;

    /** What holds where nothing else is said: 3 calls at once, 60 in a minute. */
    public static final BrokerLimits DEFAULT = new BrokerLimits(3, 60);

    public BrokerLimits {
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new IllegalArgumentException("atOnce " + atOnce + " must be from 1 to " + MOST_AT_ONCE);
        }
        if (requestsPerMinute < 1 || requestsPerMinute > MOST_PER_MINUTE) {
            throw new IllegalArgumentException(
                    "requestsPerMinute " + requestsPerMinute + " must be from 1 to " + MOST_PER_MINUTE);
        }
    }
}
