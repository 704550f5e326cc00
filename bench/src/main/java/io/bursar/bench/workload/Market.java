package io.bursar.bench.workload;

import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.util.List;

/** What is traded, and for how much. */
public final class Market {
    public static final Asset USD = new Asset("USD", 2);
    public static final Asset BTC = new Asset("BTC", 8);
    public static final Instrument BTC_USD = new Instrument("BTC-USD", "BTC", "USD", 2, null, null, null);
    public static final List<Asset> ASSETS = List.of(USD, BTC);

    /** What each account gets of each asset, in its units: more than a whole run can use up. */
    public static final long FUNDS = 1_000_000_000_000_000L;

    /** More than an account has, in units of BTC; its notional fits 64 bits. */
    public static final long UNAFFORDABLE = 2 * FUNDS;

    /** In 1/1,000,000 of the notional. */
    public static final int TAKER_FEE_RATE = 1_000;

    /** 0.01 BTC, in units. */
    public static final long QUANTITY = 1_000_000;

    /** In cents per BTC. */
    static final long LOWEST_PRICE = 3_500_000;

    static final int PRICES = 1_000;

    /** In cents: 0.01 BTC at some 35,000.00 USD costs 350 USD, and a tenth of a per cent of it is the fee. */
    public static final long FEE = 35;

    private Market() {}

    /** A price in cents per BTC that differs from order to order. */
    public static long price(long order) {
        return LOWEST_PRICE + order % PRICES;
    }
}
