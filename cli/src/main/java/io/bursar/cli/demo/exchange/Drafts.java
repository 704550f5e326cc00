package io.bursar.cli.demo.exchange;

import io.bursar.cli.demo.flow.Ids;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import java.time.Instant;
import java.util.SplittableRandom;

/** Makes up orders by chance, around where their market stands. */
final class Drafts {
    private final Markets markets;
    private final SplittableRandom random;
    private final Ids ids;

    Drafts(Markets markets, SplittableRandom random, Ids ids) {
        this.markets = markets;
        this.random = random;
        this.ids = ids;
    }

    /** @param outside whether it goes to the other venue */
    BookOrder limit(int account, Listing listing, boolean outside) {
        var side = side();
        return new BookOrder(
                ids.next("o"),
                Population.id(account),
                Population.strategy(account, listing),
                listing,
                side,
                Population.takerFeeRate(account),
                outside,
                quantity(listing),
                price(listing, side));
    }

    /** An order that no market will see, at the market's price and with unallocated money. */
    BookOrder atMarket(String orderId, String accountId, Listing listing) {
        var side = side();
        return new BookOrder(
                orderId,
                accountId,
                Population.UNALLOCATED,
                listing,
                side,
                0,
                true,
                quantity(listing),
                markets.of(listing).move(random));
    }

    /** @param expiresAt null when the order does not say */
    static PlaceOrder placement(BookOrder order, Instant expiresAt) {
        return new PlaceOrder(
                order.id,
                order.listing.id(),
                order.side,
                OrderType.LIMIT,
                order.quantity,
                order.limit,
                null,
                expiresAt,
                order.strategy,
                false);
    }

    /** @param quantity null for a BUY, which has a notional */
    static PlaceOrder marketPlacement(
            String orderId, String strategy, Listing listing, Side side, Long quantity, Long notional) {
        return new PlaceOrder(
                orderId, listing.id(), side, OrderType.MARKET, quantity, null, notional, null, strategy, false);
    }

    /** Mostly on the order's own side of the market, sometimes across it. */
    long price(Listing listing, Side side) {
        long price = markets.of(listing).move(random);
        long width = listing.startPrice() / 500;
        long distance = random.nextLong(-width / 2, width + 1);
        return listing.onTick(side == Side.BUY ? price - distance : price + distance);
    }

    long quantity(Listing listing) {
        return lots(listing.largestLots()) * listing.lot();
    }

    /** From one to {@code most}; small numbers are likelier than large ones. */
    long lots(long most) {
        return 1 + random.nextLong(1 + random.nextLong(most));
    }

    private Side side() {
        return random.nextBoolean() ? Side.BUY : Side.SELL;
    }
}
