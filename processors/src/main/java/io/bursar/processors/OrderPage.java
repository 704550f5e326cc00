package io.bursar.processors;

import io.bursar.schemas.Order;
import java.util.List;
import java.util.Optional;

/**
 * Some orders of an account by their ids.
 *
 * @param next the order id after which it goes on; empty at the end
 */
public record OrderPage(List<Order> orders, Optional<String> next) {}
