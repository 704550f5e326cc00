package io.bursar.brokers;

/**
 * An account at a broker, as the broker describes it.
 *
 * @param number the broker's number of it
 * @param type such as Tiger's {@code STANDARD} or {@code PAPER}; null when the broker does not say
 * @param capability such as {@code CASH} or {@code MGRN}; null when the broker does not say
 * @param status such as {@code Open} or {@code Funded}; null when the broker does not say
 */
public record TradingAccount(String number, String type, String capability, String status) {}
