package io.bursar.topology;

import io.bursar.schemas.Order;
import io.bursar.schemas.state.SuspendedFill;
import java.util.List;

/**
 * What is open in an account.
 *
 * @param orders the open ones, the earliest deadlines first
 * @param suspendedFills by ascending sequence of their entries
 */
public record OpenItems(List<Order> orders, List<SuspendedFill> suspendedFills) {}
