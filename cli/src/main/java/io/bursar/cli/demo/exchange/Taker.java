package io.bursar.cli.demo.exchange;

import io.bursar.cli.demo.flow.Money;
import io.bursar.schemas.Side;

/** An order that has just arrived in a market: what it still takes at a price. */
interface Taker {
    String orderId();

    String accountId();

    Side side();

    int takerFeeRate();

    /** The quantity it would take at this price now, in base units; 0 when none. */
    long wants(long price);

    /** It got that, which is no more than it wanted. */
    void take(long quantity, long price);

    /** Whether the venue closes it after what it takes now, filled or not. */
    boolean isImmediate();

    /** Takes up to its limit; the rest stays in the market. */
    record Limit(BookOrder order) implements Taker {
        @Override
        public String orderId() {
            return order.id;
        }

        @Override
        public String accountId() {
            return order.accountId;
        }

        @Override
        public Side side() {
            return order.side;
        }

        @Override
        public int takerFeeRate() {
            return order.takerFeeRate;
        }

        @Override
        public long wants(long price) {
            boolean crosses = order.side == Side.BUY ? price <= order.limit : price >= order.limit;
            return crosses ? order.rest() : 0;
        }

        @Override
        public void take(long quantity, long price) {
            order.fill(quantity);
        }

        @Override
        public boolean isImmediate() {
            return false;
        }
    }

    /** Sells a quantity at any price. */
    final class MarketSell implements Taker {
        private final String orderId;
        private final String accountId;
        private final int takerFeeRate;
        private long left;

        MarketSell(String orderId, String accountId, int takerFeeRate, long quantity) {
            this.orderId = orderId;
            this.accountId = accountId;
            this.takerFeeRate = takerFeeRate;
            this.left = quantity;
        }

        @Override
        public String orderId() {
            return orderId;
        }

        @Override
        public String accountId() {
            return accountId;
        }

        @Override
        public Side side() {
            return Side.SELL;
        }

        @Override
        public int takerFeeRate() {
            return takerFeeRate;
        }

        @Override
        public long wants(long price) {
            return left;
        }

        @Override
        public void take(long quantity, long price) {
            left = left - quantity;
        }

        @Override
        public boolean isImmediate() {
            return true;
        }
    }

    /** Buys at any price until an amount, fees included, is spent. */
    final class MarketBuy implements Taker {
        /** A rate of this value is the whole notional. */
        private static final long RATE_UNIT = 1_000_000;

        private final String orderId;
        private final String accountId;
        private final int takerFeeRate;
        private final Listing listing;
        private long left;

        MarketBuy(String orderId, String accountId, int takerFeeRate, Listing listing, long notional) {
            this.orderId = orderId;
            this.accountId = accountId;
            this.takerFeeRate = takerFeeRate;
            this.listing = listing;
            this.left = notional;
        }

        @Override
        public String orderId() {
            return orderId;
        }

        @Override
        public String accountId() {
            return accountId;
        }

        @Override
        public Side side() {
            return Side.BUY;
        }

        @Override
        public int takerFeeRate() {
            return takerFeeRate;
        }

        @Override
        public long wants(long price) {
            long beforeFees = Math.multiplyExact(left, RATE_UNIT) / (RATE_UNIT + takerFeeRate);
            return listing.onLot(listing.money().affordable(beforeFees, price));
        }

        @Override
        public void take(long quantity, long price) {
            long notional = listing.money().settled(quantity, price);
            left = left - notional - Money.fee(notional, takerFeeRate);
        }

        @Override
        public boolean isImmediate() {
            return true;
        }
    }
}
