package io.bursar.brokers;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a broker has to be shown for one account. It holds secrets in memory until it is closed: close it when the calls that
 * use it have returned. Calls may use one login at the same time; closing it meanwhile makes them fail.
 */
public final class BrokerLogin implements AutoCloseable {
    private final String brokerAccountId;
    private final String accountNumber;
    private final BrokerEnvironment environment;
    private final String licence;
    private final Map<String, String> properties;
    private final Map<String, byte[]> secrets;
    private volatile boolean closed;

    /**
     * @param brokerAccountId the account's id here; the one that failures name
     * @param accountNumber the account's number at the broker
     * @param licence under which of its licences the broker leads the account, such as Tiger's {@code TBHK}; null where it has
     *     none
     * @param properties by the names of {@link LoginFields}
     * @param secrets by the names of {@link LoginFields}; the arrays become the login's own and are overwritten when it is
     *     closed
     */
    public BrokerLogin(
            String brokerAccountId,
            String accountNumber,
            BrokerEnvironment environment,
            String licence,
            Map<String, String> properties,
            Map<String, byte[]> secrets) {
        this.brokerAccountId = Objects.requireNonNull(brokerAccountId, "brokerAccountId");
        this.accountNumber = Objects.requireNonNull(accountNumber, "accountNumber");
        this.environment = Objects.requireNonNull(environment, "environment");
        this.licence = licence;
        this.properties = Map.copyOf(properties);
        this.secrets = Map.copyOf(secrets);
    }

    public String brokerAccountId() {
        return brokerAccountId;
    }

    public String accountNumber() {
        return accountNumber;
    }

    public BrokerEnvironment environment() {
        return environment;
    }

    /** Null where the broker has no licences. */
    public String licence() {
        return licence;
    }

    Set<String> propertyNames() {
        return properties.keySet();
    }

    Set<String> secretNames() {
        return secrets.keySet();
    }

    /** Null when it was not given. */
    String property(String name) {
        return properties.get(name);
    }

    /**
     * The login's own array; null when it was not given.
     *
     * @throws IllegalStateException when the login has been closed
     */
    byte[] secret(String name) {
        if (closed) {
            throw new IllegalStateException("the login of broker account " + brokerAccountId + " has been closed");
        }
        return secrets.get(name);
    }

    /** Overwrites the secrets with zeros. */
    @Override
    public void close() {
        closed = true;
        secrets.values().forEach(secret -> Arrays.fill(secret, (byte) 0));
    }

    /** Names the account and nothing else. */
    @Override
    public String toString() {
        return "login of broker account " + brokerAccountId;
    }
}
