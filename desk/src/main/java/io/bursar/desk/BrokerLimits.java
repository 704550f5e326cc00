package io.bursar.desk;

/**
 * What a broker bears of refreshes.
 *
 * @param atOnce how many calls at a time, from 1 on
 * @param perMinute how many calls may begin in a minute, evenly spaced, from 1 on
 */
public record BrokerLimits(int atOnce, int perMinute) {
    /** Of brokers that nothing else is known of. */
    public static final BrokerLimits DEFAULT = new BrokerLimits(3, 600);
}
