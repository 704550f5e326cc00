package io.bursar.service;

import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.SuspendedFill;
import java.util.List;
import java.util.Optional;

/**
 * What the API asks of the ledger. Every method throws {@link io.bursar.topology.UnavailableException} while the
 * account's partition cannot be read, and {@link io.bursar.topology.OwnedElsewhereException} when another instance has
 * it. Thread-safe.
 */
interface Reads {
    /** The account, also one that was never opened, once a command or fill has named it. */
    Optional<AccountState> namedAccount(String accountId);

    /** The order, open, closed or rejected, as long as it is remembered. */
    Optional<Order> order(String accountId, String orderId);

    /** At most {@code atMost} open orders, the earliest deadlines first. */
    List<Order> openOrders(String accountId, int atMost);

    /** At most {@code atMost} suspended fills, by ascending sequence. */
    List<SuspendedFill> suspendedFills(String accountId, int atMost);
}
