package io.bursar.ledger.model;

import static java.math.BigInteger.ZERO;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.TransferArrival;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * All that is known of an account. A step is tried on a copy, which takes the account's place when it succeeds; what is
 * only written once it has, the copy shares.
 */
final class ModelAccount {
    static final Duration ORDER_MEMORY = Duration.ofDays(7);
    static final Duration COMMAND_MEMORY = Duration.ofDays(30);

    enum Status {
        UNOPENED,
        OPEN,
        SUSPENDED,
        CLOSED
    }

    /** Something of one strategy: an asset or an instrument. */
    record Key(String strategy, String of) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::strategy).thenComparing(Key::of);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    record Money(BigInteger total, BigInteger reserved) {
        static final Money NONE = new Money(ZERO, ZERO);

        BigInteger available() {
            return total.subtract(reserved);
        }
    }

    /** A command that has spent its id. */
    record Decided(SpecificRecord content, Refusal refusal, long sequence, Instant at) {}

    record ExecutionKey(String orderId, String executionId, FillKind kind) {}

    /** A suspended fill; {@code at} is when it counts as having happened. */
    record Waiting(Fill fill, Instant at, Refusal refusal) {}

    /** Money that has left for another account. */
    record Transfer(String toAccountId, String asset, BigInteger amount) {}

    /** An execution id and what came under it. Contents are fills without their time. */
    static final class Execution {
        final List<Fill> contents = new ArrayList<>();
        Instant seenAt;
        boolean isSettled;
        boolean isBusted;
        ModelPosition.Sale sale;
        /** When the order was placed that it settled for; null when it settled for none. */
        Instant orderPlacedAt;
    }

    final String id;
    Status status = Status.UNOPENED;
    String owner = "";
    String name = "";
    int takerFeeRate;
    boolean fifo;
    Set<String> markets = Set.of();
    Instant time = Instant.EPOCH;
    long sequence;

    /** In the order in which money first came to them. */
    final Map<Key, Money> balances = new LinkedHashMap<>();

    final SortedMap<Key, ModelPosition> positions = new TreeMap<>();
    final SortedMap<String, ModelOrder> orders = new TreeMap<>();
    final Map<String, Decided> commands;
    final Map<ExecutionKey, Execution> executions;
    final SortedMap<Long, Waiting> waiting = new TreeMap<>();
    final SortedMap<String, ModelQuota> quotas = new TreeMap<>();
    final SortedMap<String, Transfer> onTheirWay = new TreeMap<>();

    /** When the transfers of other accounts were decided. */
    final Map<String, Instant> arrivals;

    /** What the account's entries have posted to the ledger accounts outside of it, by ledger account and asset. */
    final SortedMap<Key, BigInteger> books = new TreeMap<>();

    /** What the step under way has journalled so far. */
    final List<String> entries = new ArrayList<>();

    ModelAccount(String id) {
        this(id, new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    private ModelAccount(
            String id,
            Map<String, Decided> commands,
            Map<ExecutionKey, Execution> executions,
            Map<String, Instant> arrivals) {
        this.id = id;
        this.commands = commands;
        this.executions = executions;
        this.arrivals = arrivals;
    }

    ModelAccount copy() {
        var copy = new ModelAccount(id, commands, executions, arrivals);
        copy.status = status;
        copy.owner = owner;
        copy.name = name;
        copy.takerFeeRate = takerFeeRate;
        copy.fifo = fifo;
        copy.markets = markets;
        copy.time = time;
        copy.sequence = sequence;
        copy.balances.putAll(balances);
        positions.forEach((key, position) -> copy.positions.put(key, position.copy()));
        orders.forEach((key, order) -> copy.orders.put(key, order.copy()));
        copy.waiting.putAll(waiting);
        quotas.forEach((key, quota) -> copy.quotas.put(key, quota.copy()));
        copy.onTheirWay.putAll(onTheirWay);
        copy.books.putAll(books);
        copy.entries.addAll(entries);
        return copy;
    }

    Money balance(String strategy, String asset) {
        return balances.getOrDefault(new Key(strategy, asset), Money.NONE);
    }

    ModelPosition position(String strategy, String instrument) {
        return positions.computeIfAbsent(new Key(strategy, instrument), key -> new ModelPosition(fifo));
    }

    /** Moves available money; the other side of it is {@code book}. */
    void move(String strategy, String asset, BigInteger amount, String book) {
        if (amount.signum() == 0) {
            return;
        }
        var money = balance(strategy, asset);
        balances.put(new Key(strategy, asset), new Money(money.total().add(amount), money.reserved()));
        post(book, asset, amount.negate());
    }

    void post(String book, String asset, BigInteger amount) {
        books.merge(new Key(book, asset), amount, BigInteger::add);
    }

    /** Lets an order hold this much, out of what is available or back into it. */
    void hold(ModelOrder order, BigInteger held) {
        var key = new Key(order.strategy(), order.heldAsset());
        var money = balances.getOrDefault(key, Money.NONE);
        var more = held.subtract(order.held);
        balances.put(key, new Money(money.total(), money.reserved().add(more)));
        order.held = held;
    }

    void requireAvailable(String reason, String strategy, String asset, BigInteger required) {
        Amounts.fitting(required);
        var available = balance(strategy, asset).available();
        if (available.compareTo(required) < 0) {
            throw Refusal.lack(reason, strategy, asset, required, available).thrown();
        }
    }

    List<ModelOrder> openOrders() {
        return orders.values().stream().filter(ModelOrder::isOpen).toList();
    }

    long waitingOf(String orderId) {
        return waiting.values().stream()
                .filter(waits -> waits.fill().getOrderId().equals(orderId))
                .count();
    }

    long journal(String entry) {
        sequence++;
        entries.add(sequence + " " + entry);
        return sequence;
    }

    /** Account time goes on, and with it what is past its window is forgotten. */
    void advance(Instant occurredAt) {
        if (occurredAt.isAfter(time)) {
            time = occurredAt;
            forget();
        }
    }

    void close(ModelOrder order, ModelOrder.Status status) {
        hold(order, ZERO);
        order.status = status;
        order.closedAt = time;
    }

    /** Expires what is overdue at this instant, the earliest deadline first. */
    void expire(Instant at, int atMost) {
        var overdue = openOrders().stream()
                .filter(order -> order.expiresAt.isBefore(at))
                .sorted(Comparator.comparing((ModelOrder order) -> order.expiresAt)
                        .thenComparing(order -> order.id))
                .limit(atMost)
                .toList();
        for (var order : overdue) {
            advance(order.expiresAt);
            close(order, ModelOrder.Status.EXPIRED);
            journal("OrderExpired " + order.id);
        }
        forget();
    }

    void forget() {
        orders.values()
                .removeIf(order ->
                        order.closedAt != null && isPast(order.closedAt, ORDER_MEMORY) && waitingOf(order.id) == 0);
    }

    /** What is known of an execution: for a while, while it waits, and as long as an order that was placed in that while. */
    Execution execution(ExecutionKey key) {
        var execution = executions.get(key);
        if (execution == null || !isPast(execution.seenAt, COMMAND_MEMORY) || waits(key)) {
            return execution;
        }
        var order = orders.get(key.orderId());
        boolean isOfOrder =
                order != null && !execution.seenAt.plus(COMMAND_MEMORY).isBefore(order.placedAt);
        return isOfOrder ? execution : null;
    }

    /** When something that happened then is decided: now, or when the account's time was before already. */
    Instant decidedAt(Instant occurredAt) {
        return occurredAt.isAfter(time) ? occurredAt : time;
    }

    private boolean waits(ExecutionKey key) {
        return waiting.values().stream()
                .anyMatch(waits -> ModelFills.key(waits.fill()).equals(key));
    }

    private boolean isPast(Instant since, Duration memory) {
        return since.plus(memory).isBefore(time);
    }

    /** The first answer to a command or a placement that was decided before; null when it is not known. */
    Decided decided(String commandId, SpecificRecord body) {
        if (!(body instanceof PlaceOrder place)) {
            var command = commands.get(commandId);
            return command == null || isPast(command.at(), COMMAND_MEMORY) ? null : command;
        }
        var order = orders.get(place.getOrderId());
        return order == null ? null : new Decided(order.placed, order.refusal, order.decidedSequence, order.placedAt);
    }

    boolean hasArrived(TransferArrival arrival, Instant at) {
        var decidedAt = arrivals.get(ModelTransfers.key(arrival, at));
        return decidedAt != null && !isPast(decidedAt, COMMAND_MEMORY);
    }

    private BigInteger onItsWay(String asset) {
        return onTheirWay.values().stream()
                .filter(transfer -> transfer.asset().equals(asset))
                .map(Transfer::amount)
                .reduce(ZERO, BigInteger::add);
    }

    /** Every number that is kept fits in 64 bits. */
    void requireFitting() {
        balances.forEach((key, money) -> {
            // What is on its way may come back, and must have room then.
            var mayComeBack = key.strategy().isEmpty() ? onItsWay(key.of()) : ZERO;
            Amounts.fitting(money.total().add(mayComeBack));
        });
        for (var position : positions.values()) {
            Amounts.fitting(position.quantity);
            Amounts.fitting(position.cost);
            Amounts.fitting(position.realized);
            Amounts.fitting(position.uncovered);
            position.fees.values().forEach(Amounts::fitting);
        }
        for (var order : orders.values()) {
            Amounts.fitting(order.filledQuantity);
            Amounts.fitting(order.filledNotional);
        }
    }
}
