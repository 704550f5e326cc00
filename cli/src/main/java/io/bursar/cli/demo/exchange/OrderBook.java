package io.bursar.cli.demo.exchange;

import io.bursar.schemas.Side;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.NavigableMap;
import java.util.SequencedSet;
import java.util.TreeMap;

/** The resting orders of one instrument: the best price first, and at one price the oldest first. */
final class OrderBook {
    private final NavigableMap<Long, SequencedSet<BookOrder>> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Long, SequencedSet<BookOrder>> asks = new TreeMap<>();

    void add(BookOrder order) {
        side(order.side)
                .computeIfAbsent(order.limit, price -> new LinkedHashSet<>())
                .add(order);
    }

    /** At the limit it was added with. */
    void remove(BookOrder order) {
        var levels = side(order.side);
        var level = levels.get(order.limit);
        level.remove(order);
        if (level.isEmpty()) {
            levels.remove(order.limit);
        }
    }

    /** The order that a taker on {@code takerSide} meets first, or null. */
    BookOrder bestAgainst(Side takerSide) {
        var best = side(takerSide == Side.BUY ? Side.SELL : Side.BUY).firstEntry();
        return best == null ? null : best.getValue().getFirst();
    }

    private NavigableMap<Long, SequencedSet<BookOrder>> side(Side side) {
        return side == Side.BUY ? bids : asks;
    }
}
