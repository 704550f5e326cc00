package io.bursar.cli.demo.exchange;

import io.bursar.schemas.CostMethod;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.Side;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The accounts, which are the same in every run. Each trades two instruments and places no more orders than it was
 * funded for, so that no order of a funded account can ever lack money, in whatever order topics are read.
 */
final class Population {
    /** In 1/1,000,000. */
    private static final int[] TAKER_FEE_RATES = {0, 500, 1_000, 2_000};

    static final String UNALLOCATED = "";

    /** This account trades each of its instruments with the money of another strategy. */
    private static final int OF_STRATEGIES = 0;

    private static final List<String> STRATEGIES = List.of("market-making", "momentum");

    /** This one keeps its lots in the order in which it bought them. */
    private static final int OF_LOTS = 1;

    static final int HIGHEST_TAKER_FEE_RATE = 2_000;
    private static final int ACCOUNTS_PER_OWNER = 3;

    private final int size;
    private final int ordersPerAccount;
    private final int[] ordersLeft;

    Population(int size, int orders) {
        this.size = size;
        // Four times the average leaves room for chance, so that the next account with orders left is never far.
        this.ordersPerAccount = Math.multiplyExact(4, Math.ceilDiv(orders, size));
        this.ordersLeft = new int[size];
        Arrays.fill(ordersLeft, ordersPerAccount);
    }

    int size() {
        return size;
    }

    static String id(int account) {
        return "demo-%06d".formatted(account);
    }

    /** Accounts that are opened and never funded; there are as many as are needed to be one in twenty. */
    static String pennilessId(int account) {
        return "demo-penniless-%04d".formatted(account);
    }

    int penniless() {
        return Math.max(1, size / 20);
    }

    static int takerFeeRate(int account) {
        return TAKER_FEE_RATES[account % TAKER_FEE_RATES.length];
    }

    static OpenAccount opening(int account) {
        return new OpenAccount(
                "demo-owner-" + account / ACCOUNTS_PER_OWNER,
                "Demo account " + account,
                takerFeeRate(account),
                account == OF_LOTS ? CostMethod.FIFO : CostMethod.AVERAGE,
                List.of());
    }

    static OpenAccount pennilessOpening(int account) {
        return new OpenAccount(
                "demo-owner-" + account, "Demo account without money " + account, 0, CostMethod.AVERAGE, List.of());
    }

    static List<Listing> listings(int account) {
        int count = Listing.ALL.size();
        int first = account % count;
        int second = (first + 1 + account / count % (count - 1)) % count;
        return List.of(Listing.ALL.get(first), Listing.ALL.get(second));
    }

    /** Whose money an account uses for its orders of an instrument. */
    static String strategy(int account, Listing listing) {
        return account == OF_STRATEGIES ? STRATEGIES.get(listings(account).indexOf(listing)) : UNALLOCATED;
    }

    /** The account at {@code wanted}, or the first after it that may still place an order; it has one order less then. */
    int takeTurn(int wanted) {
        int account = wanted;
        while (ordersLeft[account] == 0) {
            account = (account + 1) % size;
        }
        ordersLeft[account]--;
        return account;
    }

    /** What a strategy of an account needs of an asset. */
    record Need(String strategy, String asset) {}

    /** What all orders that the account may ever place can cost together. */
    Map<Need, Long> needs(int account) {
        Map<Need, Long> needs = new LinkedHashMap<>();
        for (var listing : listings(account)) {
            for (var side : Side.values()) {
                var asset = side == Side.BUY ? listing.quote() : listing.base();
                long need = Math.multiplyExact(ordersPerAccount, dearest(listing, side));
                needs.merge(new Need(strategy(account, listing), asset.getId()), need, Math::max);
            }
        }
        return needs;
    }

    /** What one order can cost at most. */
    static long dearest(Listing listing, Side side) {
        return side == Side.SELL
                ? listing.largestQuantity()
                : listing.money().reserved(listing.largestQuantity(), listing.highestPrice(), HIGHEST_TAKER_FEE_RATE);
    }
}
