package io.bursar.cli.demo.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** All orders that can be cancelled or amended, to pick one from by chance. */
final class OpenOrders {
    private final List<BookOrder> orders = new ArrayList<>();

    void add(BookOrder order) {
        order.place = orders.size();
        orders.add(order);
    }

    /** The last one takes its place. */
    void remove(BookOrder order) {
        var last = orders.removeLast();
        if (last != order) {
            orders.set(order.place, last);
            last.place = order.place;
        }
        order.place = -1;
    }

    boolean isEmpty() {
        return orders.isEmpty();
    }

    BookOrder pick(SplittableRandom random) {
        return orders.get(random.nextInt(orders.size()));
    }
}
