package io.bursar.cli.scenario;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which instrument and side the orders of a scenario have, so that other lines need not say it again. Known before any
 * line is read, because a fill may come before its order.
 */
final class OrderBook {
    private final Map<String, Placement> placements = new HashMap<>();

    record Placement(boolean buy, String instrument) {}

    private OrderBook() {}

    /** The first placement of each order id; lines that cannot be understood are left to who reads them. */
    static OrderBook of(List<String> lines, List<String> accounts) {
        var book = new OrderBook();
        for (var line : lines) {
            var words = new Words(line);
            var account = accounts.contains(words.peek()) ? words.next("an account") : accounts.getFirst();
            boolean buy = words.take("buy");
            if (buy || words.take("sell")) {
                book.add(account, words, buy);
            }
        }
        return book;
    }

    private void add(String account, Words words, boolean buy) {
        if (!words.hasNext()) {
            return;
        }
        var order = words.next("an order");
        if (words.nextIsNumber()) {
            words.next("a quantity");
        }
        if (words.hasNext()) {
            placements.putIfAbsent(account + "/" + order, new Placement(buy, words.next("an instrument")));
        }
    }

    /** The placement, or null. */
    Placement of(String account, String order) {
        return placements.get(account + "/" + order);
    }
}
