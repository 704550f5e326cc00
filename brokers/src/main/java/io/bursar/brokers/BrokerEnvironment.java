package io.bursar.brokers;

/** Which of a broker's systems is asked: the one with money, or the one to try things on. */
public enum BrokerEnvironment {
    PRODUCTION,
    SANDBOX
}
