package io.bursar.service;

import io.bursar.ledger.Answer;
import io.bursar.ledger.Command;
import io.bursar.ledger.Decision;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Lot;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Reply;
import io.bursar.schemas.Side;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.StrategyQuota;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;
import io.bursar.service.command.LedgerAccess;
import io.bursar.service.desk.DeskAccess;
import io.bursar.topology.AccountJournal;
import io.bursar.topology.AccountWith;
import io.bursar.topology.OpenItems;
import io.bursar.topology.OrderPlace;
import io.bursar.topology.Page;
import io.bursar.topology.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * The real ledger on accounts in memory, where the application has it on stores. ABC-USD and ETH-USD are known: ABC has
 * 4 decimals, ETH 18, USD 2, prices 2.
 */
final class LedgerInstance implements Instance, Reads, LedgerAccess, ReferenceData {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final Map<String, Asset> assets =
            new HashMap<>(Map.of("ABC", new Asset("ABC", 4), "ETH", new Asset("ETH", 18), "USD", new Asset("USD", 2)));
    private final Map<String, Instrument> instruments = new HashMap<>(Map.of(
            "ABC-USD", new Instrument("ABC-USD", "ABC", "USD", 2, null, null, null),
            "ETH-USD", new Instrument("ETH-USD", "ETH", "USD", 2, null, null, null)));
    private static final Comparator<OrderPlace> BY_DEADLINE =
            Comparator.comparing(OrderPlace::deadline).thenComparing(OrderPlace::orderId);

    private final Map<String, FoldedAccount> accounts = new ConcurrentHashMap<>();
    private final List<JournalEntry> journal = new CopyOnWriteArrayList<>();
    final AtomicInteger openJournals = new AtomicInteger();
    private final Ledger ledger = new Ledger(this, LedgerRules.DEFAULT);
    private int commands;

    // What a test sets; read by the threads of the server.
    volatile RuntimeException failure;

    /** As if the server stopped while a request waits. */
    volatile boolean stops;

    volatile boolean silent;
    volatile RuntimeException sendFailure;
    volatile String lastTraceParent;
    volatile boolean ready = true;
    volatile String state = "RUNNING";
    volatile Set<String> waiting = Set.of();
    volatile boolean lastAskedByVirtualThread;
    volatile Reads copy;
    volatile DeskAccess desk;
    final Map<Integer, RuntimeException> elsewhere = new ConcurrentHashMap<>();

    LedgerInstance open(String accountId, int takerFeeRate) {
        return tell(accountId, new OpenAccount("Ada", "main", takerFeeRate, CostMethod.AVERAGE, List.of()));
    }

    LedgerInstance suspend(String accountId) {
        return tell(accountId, new SuspendAccount("under review"));
    }

    LedgerInstance deposit(String accountId, String asset, long units) {
        return tell(accountId, new Deposit(asset, units, null, null));
    }

    LedgerInstance buy(String accountId, String orderId, long quantity, long limitPrice) {
        return tell(
                accountId,
                order(orderId, Side.BUY, OrderType.LIMIT)
                        .setQuantity(quantity)
                        .setLimitPrice(limitPrice)
                        .build());
    }

    LedgerInstance sell(String accountId, String orderId, long quantity, long limitPrice) {
        return tell(
                accountId,
                order(orderId, Side.SELL, OrderType.LIMIT)
                        .setQuantity(quantity)
                        .setLimitPrice(limitPrice)
                        .build());
    }

    LedgerInstance spend(String accountId, String orderId, long notional) {
        return tell(
                accountId,
                order(orderId, Side.BUY, OrderType.MARKET).setNotional(notional).build());
    }

    LedgerInstance fill(String accountId, String orderId, Side side, long quantity, long price, long fee) {
        return fill(accountId, orderId, "ABC-USD", side, quantity, price, fee);
    }

    LedgerInstance fill(
            String accountId, String orderId, String instrument, Side side, long quantity, long price, long fee) {
        commands++;
        var fill = Fill.newBuilder()
                .setExecutionId("e" + commands)
                .setAccountId(accountId)
                .setOrderId(orderId)
                .setInstrument(instrument)
                .setSide(side)
                .setQuantity(quantity)
                .setPrice(price)
                .setFee(fee)
                .setVenue("XNAS")
                .setOccurredAt(NOON)
                .build();
        return decide(Command.of(fill, NOON, null));
    }

    LedgerInstance forget(String instrument) {
        instruments.remove(instrument);
        return this;
    }

    @Override
    public Reads reads() {
        return this;
    }

    @Override
    public Reads readsOfAnyCopy() {
        if (copy == null) {
            throw new UnavailableException("there is no copy");
        }
        return copy;
    }

    @Override
    public ReferenceData reference() {
        return this;
    }

    LedgerInstance with(DeskAccess other) {
        desk = other;
        return this;
    }

    @Override
    public DeskAccess desk() {
        if (desk == null) {
            throw new UnavailableException("this instance has no desk");
        }
        return desk;
    }

    @Override
    public LedgerAccess ledger() {
        return this;
    }

    @Override
    public Optional<Order> rememberedOrder(String accountId, String orderId) {
        return order(accountId, orderId).flatMap(AccountWith::rows);
    }

    @Override
    public Optional<CommandRecord> decidedCommand(String accountId, String commandId) {
        return Optional.ofNullable(accounts.get(accountId)).map(account -> account.command(commandId));
    }

    @Override
    public Answer wouldAnswer(Command command) {
        var account = accounts.getOrDefault(command.accountId(), new FoldedAccount(command.accountId()));
        return ledger.decide(account, command).answer();
    }

    @Override
    public Sent send(SpecificRecord message, String traceParent) throws InterruptedException {
        lastTraceParent = traceParent;
        if (sendFailure != null) {
            throw sendFailure;
        }
        if (stops) {
            throw new InterruptedException();
        }
        return new DecidedAtOnce(silent ? null : reply(message));
    }

    @Override
    public void publish(SpecificRecord reference) {
        switch (reference) {
            case Asset asset -> assets.put(asset.getId(), asset);
            case Instrument instrument -> instruments.put(instrument.getId(), instrument);
            default -> throw new IllegalArgumentException("neither an asset nor an instrument: " + reference);
        }
    }

    /** As the application answers once its transaction is committed. */
    private Reply reply(SpecificRecord message) {
        var command = command(message);
        var account = accounts.computeIfAbsent(command.accountId(), FoldedAccount::new);
        var decision = ledger.decide(account, command);
        keep(account, decision);
        var answer = decision.answer();
        if (answer == null) {
            var entry = decision.entries().getLast();
            var rejection = entry.getBody() instanceof FillSuspended suspended ? suspended.getRejection() : null;
            answer = new Answer(rejection, entry.getSequence(), false);
        }
        var id = message instanceof Fill fill ? fill.getExecutionId() : command.commandId();
        return new Reply(
                id,
                command.accountId(),
                answer.accepted(),
                answer.accepted() ? null : answer.rejection().getReason(),
                null,
                answer.sequence(),
                answer.repeated(),
                answer.rejection(),
                List.of());
    }

    private static Command command(SpecificRecord message) {
        var received = Instant.now();
        return switch (message) {
            case AccountCommand command -> Command.of(command, received, null);
            case BalanceUpdate update -> Command.of(update, received, null);
            case OrderCommand command -> Command.of(command, received, null);
            case Fill fill -> Command.of(fill, received, null);
            default -> throw new IllegalArgumentException("no command: " + message);
        };
    }

    /** @param reply null: there is none in any time */
    private record DecidedAtOnce(Reply reply) implements Sent {
        @Override
        public Reply await(Duration atMost) throws TimeoutException {
            if (reply == null) {
                throw new TimeoutException();
            }
            return reply;
        }

        @Override
        public void close() {
            // Nothing is waited for.
        }
    }

    @Override
    public List<Asset> assets() {
        return assets.values().stream()
                .sorted(Comparator.comparing(Asset::getId))
                .toList();
    }

    @Override
    public List<Instrument> instruments() {
        return instruments.values().stream()
                .sorted(Comparator.comparing(Instrument::getId))
                .toList();
    }

    /** An offset is the number of entries before, over all accounts. */
    @Override
    public AccountJournal journalOf(String accountId, OptionalLong after) {
        if (after.isPresent() && after.getAsLong() >= journal.size()) {
            throw new IllegalArgumentException("there are " + journal.size() + " entries");
        }
        return new ToldJournal(accountId, (int) after.orElse(journal.size() - 1L) + 1);
    }

    private final class ToldJournal implements AccountJournal {
        private final String accountId;
        private int next;

        ToldJournal(String accountId, int next) {
            this.accountId = accountId;
            this.next = next;
            openJournals.incrementAndGet();
        }

        @Override
        public List<Numbered> poll(Duration atMost) {
            var found = new ArrayList<Numbered>();
            for (; next < journal.size(); next++) {
                if (journal.get(next).getAccountId().equals(accountId)) {
                    found.add(new Numbered(next, journal.get(next)));
                }
            }
            if (found.isEmpty()) {
                pause();
            }
            return found;
        }

        private static void pause() {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            openJournals.decrementAndGet();
        }
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public String state() {
        return state;
    }

    @Override
    public Set<String> waitingForRegistry() {
        return waiting;
    }

    @Override
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return Map.of();
    }

    @Override
    public Optional<AccountState> namedAccount(String accountId) {
        lastAskedByVirtualThread = Thread.currentThread().isVirtual();
        if (failure != null) {
            throw failure;
        }
        return Optional.ofNullable(accounts.get(accountId)).map(FoldedAccount::account);
    }

    @Override
    public Optional<AccountWith<Optional<Order>>> order(String accountId, String orderId) {
        return with(accountId, account -> Optional.ofNullable(account.order(orderId)));
    }

    @Override
    public Optional<AccountWith<List<Order>>> openOrders(String accountId, OrderPlace after, int atMost) {
        return with(
                accountId,
                account -> account.orders().stream()
                        .filter(order -> order.getStatus() == OrderStatus.ACTIVE
                                || order.getStatus() == OrderStatus.PARTIALLY_FILLED)
                        .filter(order ->
                                BY_DEADLINE.compare(new OrderPlace(order.getExpiresAt(), order.getOrderId()), after)
                                        > 0)
                        .limit(atMost)
                        .toList());
    }

    @Override
    public Optional<AccountWith<Page<Order>>> orders(String accountId, String after, int atMost) {
        return with(
                accountId,
                account -> page(
                        account.orders().stream()
                                .sorted(Comparator.comparing(Order::getOrderId))
                                .toList(),
                        Order::getOrderId,
                        after,
                        atMost));
    }

    @Override
    public Optional<AccountWith<Optional<StrategyQuota>>> quota(String accountId, String strategy) {
        return with(accountId, account -> Optional.ofNullable(account.quota(strategy)));
    }

    @Override
    public Optional<AccountWith<Page<StrategyQuota>>> quotas(String accountId, String after, int atMost) {
        return with(
                accountId, account -> page(List.copyOf(account.quotas()), StrategyQuota::getStrategy, after, atMost));
    }

    @Override
    public Optional<AccountWith<Page<Lot>>> lots(
            String accountId, String strategy, String instrument, long from, int atMost) {
        return with(accountId, account -> {
            var found = account.lots().stream()
                    .filter(lot -> lot.getStrategy().equals(strategy)
                            && lot.getInstrument().equals(instrument)
                            && lot.getNumber() >= from)
                    .sorted(Comparator.comparingLong(Lot::getNumber))
                    .toList();
            return Page.of(found, atMost, lot -> Long.toString(lot.getNumber()));
        });
    }

    @Override
    public Optional<AccountWith<Page<TransferOnItsWay>>> transfers(String accountId, String after, int atMost) {
        return with(
                accountId,
                account -> page(List.copyOf(account.transfers()), TransferOnItsWay::getTransferId, after, atMost));
    }

    /** There are two partitions: accounts whose ids begin with A, and all others. */
    @Override
    public int partitions() {
        return 2;
    }

    @Override
    public Page<AccountState> accounts(int partition, String after, int atMost) {
        if (elsewhere.containsKey(partition)) {
            throw elsewhere.get(partition);
        }
        var here = accounts.values().stream()
                .map(FoldedAccount::account)
                .filter(account -> account.getAccountId().startsWith("A") == (partition == 0))
                .sorted(Comparator.comparing(AccountState::getAccountId))
                .toList();
        return page(here, AccountState::getAccountId, after, atMost);
    }

    private static <T> Page<T> page(List<T> sorted, Function<T, String> idOf, String after, int atMost) {
        var rest = sorted.stream()
                .filter(row -> idOf.apply(row).compareTo(after) > 0)
                .toList();
        return Page.of(rest, atMost, idOf);
    }

    @Override
    public Optional<AccountWith<List<SuspendedFill>>> suspendedFills(String accountId, int atMost) {
        return with(
                accountId,
                account -> account.suspendedFills().stream().limit(atMost).toList());
    }

    @Override
    public Optional<AccountWith<OpenItems>> openItems(String accountId, int atMost) {
        return openOrders(accountId, OrderPlace.START, atMost)
                .map(orders -> new AccountWith<>(
                        orders.account(),
                        new OpenItems(
                                orders.rows(),
                                suspendedFills(accountId, atMost).orElseThrow().rows())));
    }

    @Override
    public Asset asset(String id) {
        return assets.get(id);
    }

    @Override
    public Instrument instrument(String id) {
        return instruments.get(id);
    }

    private <T> Optional<AccountWith<T>> with(String accountId, Function<FoldedAccount, T> rows) {
        return namedAccount(accountId).map(account -> new AccountWith<>(account, rows.apply(accounts.get(accountId))));
    }

    private static PlaceOrder.Builder order(String orderId, Side side, OrderType type) {
        return PlaceOrder.newBuilder()
                .setOrderId(orderId)
                .setInstrument("ABC-USD")
                .setSide(side)
                .setType(type);
    }

    private LedgerInstance tell(String accountId, SpecificRecord body) {
        commands++;
        var commandId = "c" + commands;
        return decide(
                switch (body) {
                    case Deposit deposit ->
                        Command.of(new BalanceUpdate(commandId, accountId, NOON, deposit), NOON, null);
                    case PlaceOrder place ->
                        Command.of(new OrderCommand(commandId, accountId, NOON, place), NOON, null);
                    default -> Command.of(new AccountCommand(commandId, accountId, NOON, body), NOON, null);
                });
    }

    private LedgerInstance decide(Command command) {
        var account = accounts.computeIfAbsent(command.accountId(), FoldedAccount::new);
        keep(account, ledger.decide(account, command));
        return this;
    }

    private void keep(FoldedAccount account, Decision decision) {
        decision.entries().forEach(entry -> {
            account.apply(entry);
            journal.add(entry);
        });
    }
}
