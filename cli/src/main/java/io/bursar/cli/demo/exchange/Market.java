package io.bursar.cli.demo.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One instrument's order book, and the price around which its orders lie. */
final class Market {
    /** A match of the taker with a resting order, at the resting order's price. */
    record Match(BookOrder maker, long quantity, long price) {}

    /** The share of the start price by which the market moves in one step at most. */
    private static final int LARGEST_STEP = 5_000;

    private final Listing listing;
    private final OrderBook book = new OrderBook();
    private long price;

    Market(Listing listing) {
        this.listing = listing;
        this.price = listing.startPrice();
    }

    Listing listing() {
        return listing;
    }

    /** Moves a little by chance and gives the new price, a multiple of the tick size. */
    long move(SplittableRandom random) {
        long step = Math.max(listing.tick(), listing.startPrice() / LARGEST_STEP);
        long moved = listing.onTick(price + random.nextLong(-step, step + 1));
        // Room for orders around it within what accounts were funded for.
        long margin = listing.startPrice() / 20;
        price = Math.clamp(moved, listing.lowestPrice() + margin, listing.highestPrice() - margin);
        return listing.onTick(price);
    }

    /** Fills the taker from the book as far as it goes; fully filled makers have left the book. */
    List<Match> match(Taker taker) {
        var matches = new ArrayList<Match>();
        for (var maker = book.bestAgainst(taker.side()); maker != null; maker = book.bestAgainst(taker.side())) {
            long quantity = Math.min(taker.wants(maker.limit), maker.rest());
            if (quantity == 0) {
                break;
            }
            taker.take(quantity, maker.limit);
            maker.fill(quantity);
            matches.add(new Match(maker, quantity, maker.limit));
            if (maker.rest() == 0) {
                book.remove(maker);
            }
        }
        return matches;
    }

    void rest(BookOrder order) {
        book.add(order);
    }

    void withdraw(BookOrder order) {
        book.remove(order);
    }
}
