package io.bursar.service;

import io.bursar.schemas.Lot;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.StrategyQuota;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;
import io.bursar.topology.AccountWith;
import io.bursar.topology.OpenItems;
import io.bursar.topology.OrderPlace;
import io.bursar.topology.Page;
import java.util.List;
import java.util.Optional;

/**
 * What the API asks of the ledger. Every method throws {@link io.bursar.topology.UnavailableException} while the
 * account's partition cannot be read, and {@link io.bursar.topology.OwnedElsewhereException} when another instance has
 * it. An account that no command or fill has named is absent. Thread-safe.
 */
interface Reads {
    /** The account, also one that was never opened, once a command or fill has named it. */
    Optional<AccountState> namedAccount(String accountId);

    /** The account and, as long as it is remembered, the order: open, closed or rejected. */
    Optional<AccountWith<Optional<Order>>> order(String accountId, String orderId);

    /** The account and at most {@code atMost} open orders after this place, the earliest deadlines first. */
    Optional<AccountWith<List<Order>>> openOrders(String accountId, OrderPlace after, int atMost);

    /**
     * The account and at most {@code atMost} orders of any status after this id, as long as they are remembered, by their
     * ids.
     */
    Optional<AccountWith<Page<Order>>> orders(String accountId, String after, int atMost);

    /** The account and at most {@code atMost} suspended fills, by ascending sequence. */
    Optional<AccountWith<List<SuspendedFill>>> suspendedFills(String accountId, int atMost);

    /** The account, at most {@code atMost} open orders and as many suspended fills. */
    Optional<AccountWith<OpenItems>> openItems(String accountId, int atMost);

    /** The account and, once it was set, the quota of a strategy, or of the whole account for an empty one. */
    Optional<AccountWith<Optional<StrategyQuota>>> quota(String accountId, String strategy);

    /** The account and at most {@code atMost} quotas of strategies after this one, by their ids. */
    Optional<AccountWith<Page<StrategyQuota>>> quotas(String accountId, String after, int atMost);

    /** The account and at most {@code atMost} FIFO lots of a position from this number on, the oldest first. */
    Optional<AccountWith<Page<Lot>>> lots(String accountId, String strategy, String instrument, long from, int atMost);

    /** The account and at most {@code atMost} transfers on their way after this one, by their ids. */
    Optional<AccountWith<Page<TransferOnItsWay>>> transfers(String accountId, String after, int atMost);

    /** How many partitions accounts are in, over all instances. */
    int partitions();

    /** At most {@code atMost} accounts of a partition after this id, also those that were never opened, by their ids. */
    Page<AccountState> accounts(int partition, String after, int atMost);
}
