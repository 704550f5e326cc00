package io.bursar.brokers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One broker's API. Thread-safe and without state of its own: nothing is kept between calls, and nothing is retried.
 *
 * <p>A call ends within the time it is given, the time for connection, sending and the whole answer included. It must be
 * positive. A thread that is interrupted meanwhile gets a failure with the code {@code interrupted}, and stays interrupted.
 */
public interface Broker {
    /** The name by which it is known here, 1 to 32 characters of {@code a-z 0-9 -}. */
    String id();

    /** Which of the broker's systems can be asked. */
    Set<BrokerEnvironment> environments();

    /** The licences under which this broker leads accounts; empty where it has none. */
    Set<String> licences();

    /**
     * What a login has to have.
     *
     * @param licence null where the broker has none
     */
    LoginFields fields(String licence);

    /** Everything that is wrong with a login as far as that can be told without asking; empty when it can be used. */
    List<LoginFault> faults(BrokerLogin login);

    /** Whether calls need a token that runs out. Where they do not, an account can always be used. */
    boolean needsToken(BrokerLogin login);

    /**
     * Asks for a new token. Many brokers take the one before it back in the same moment, so keep the new one before anything
     * else. After {@code TIMEOUT} and {@code UNAVAILABLE} it may have been issued and lost.
     *
     * @param login with what the broker asks for, a refresh token or the current token where there is one
     * @throws IllegalArgumentException when {@link #needsToken} says no
     */
    IssuedToken refresh(BrokerLogin login, Duration atMost) throws BrokerException;

    /** Asks the broker whether the login's {@link LoginFields#ACCESS_TOKEN} is still good. */
    TokenCheck check(BrokerLogin login, Duration atMost) throws BrokerException;

    /** When a token says of itself that it ends, without asking; empty for tokens that do not tell. */
    Optional<Instant> expiryOf(byte[] accessToken);

    /** Where the broker can be asked about its accounts; empty where that is not known here. */
    Optional<AccountData> accountData();
}
