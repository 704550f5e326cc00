package io.bursar.brokers;

import java.util.List;

/**
 * Some of the orders that were asked for.
 *
 * @param next what to ask the next page with; null when this is the last one
 */
public record OrderPage(List<BrokerOrder> orders, String next) {
    public OrderPage {
        orders = List.copyOf(orders);
    }
}
