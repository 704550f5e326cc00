package io.bursar.brokers;

import java.time.Duration;
import java.util.List;

/**
 * What a broker knows of its accounts. Numbers are as the broker writes them, in whole units of the currency or instrument;
 * those that it does not give are null. Thread-safe; time limits and failures are those of {@link Broker}.
 */
public interface AccountData {
    /** All accounts that the login may see. */
    List<TradingAccount> accounts(BrokerLogin login, Duration atMost) throws BrokerException;

    /** What the login's account holds in money. */
    AccountAssets assets(BrokerLogin login, Duration atMost) throws BrokerException;

    /**
     * What the login's account holds in instruments of one type.
     *
     * @param securityType such as Tiger's {@code STK}, {@code OPT}, {@code FUT}, {@code WAR}, {@code IOPT} and {@code FUND}
     */
    List<Position> positions(BrokerLogin login, String securityType, Duration atMost) throws BrokerException;

    /** One page of the orders of the login's account. */
    OrderPage orders(BrokerLogin login, OrderQuery query, Duration atMost) throws BrokerException;
}
