package io.bursar.connect.postgres;

import io.bursar.ledger.AccountInMemory;
import io.bursar.ledger.Accounts;
import io.bursar.ledger.Command;
import io.bursar.ledger.Decision;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.ledger.Transfers;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.Hash;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalHash;
import io.bursar.schemas.JournalSeal;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Quota;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.Side;
import io.bursar.schemas.Source;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.Withdraw;
import io.bursar.schemas.serde.AvroSafety;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/**
 * Journals that the real ledger writes about accounts to which everything happens that can: the same seed gives the same
 * journal. Half of the accounts have FIFO lots.
 */
final class RandomJournal {
    /** What entries name as the schema of their bytes. */
    static final int SCHEMA_ID = 7;

    static final Instant BEGIN = Instant.parse("2026-01-30T00:00:00Z");

    /** In an order that is the same in each run, as choices go by it. */
    private static final Map<String, Asset> ASSETS = new TreeMap<>(Map.of(
            "USD", new Asset("USD", 2),
            "BTC", new Asset("BTC", 8),
            "ETH", new Asset("ETH", 18),
            "SHARE", new Asset("SHARE", 0)));

    private static final Map<String, Instrument> INSTRUMENTS = new TreeMap<>(Map.of(
            "BTC-USD", new Instrument("BTC-USD", "BTC", "USD", 2, null, null, null),
            "ETH-BTC", new Instrument("ETH-BTC", "ETH", "BTC", 8, null, null, null),
            "SHARE-USD", new Instrument("SHARE-USD", "SHARE", "USD", 2, null, null, "XETR")));

    /** About what one whole unit costs, in price units. */
    private static final Map<String, Long> PRICES =
            Map.of("BTC-USD", 3_000_000L, "ETH-BTC", 5_000_000L, "SHARE-USD", 2_000L);

    /** What a usual order is about, in base units. */
    private static final Map<String, Long> QUANTITIES =
            Map.of("BTC-USD", 10_000_000L, "ETH-BTC", 100_000_000_000_000_000L, "SHARE-USD", 20L);

    /** Without money, so that it can be closed. */
    private static final String EMPTY = "empty";

    /** Never opened, so that nothing arrives there. */
    private static final String UNOPENED = "unopened";

    private static final List<String> STRATEGIES = List.of("alpha", "beta");

    /** An entry in the wire format. */
    static final class Sealed {
        final String accountId;
        final byte[] bytes;

        Sealed(String accountId, byte[] bytes) {
            this.accountId = accountId;
            this.bytes = bytes;
        }
    }

    static {
        AvroSafety.apply();
    }

    private final SplittableRandom random;
    private final Ledger ledger = new Ledger(new Reference(), LedgerRules.DEFAULT);
    private final JournalSeal seal = new JournalSeal(SCHEMA_ID);
    private final Map<String, AccountInMemory> accounts = new TreeMap<>();
    private final Map<String, Hash> lastHashes = new HashMap<>();
    private final List<String> accountIds = new ArrayList<>();
    private final Map<String, List<Fill>> settled = new HashMap<>();
    private final List<PlaceOrder> heldBack = new ArrayList<>();
    private final List<String> heldBackFor = new ArrayList<>();
    private final Queue<TransferMessage> messages = new ArrayDeque<>();
    private final List<Sealed> entries = new ArrayList<>();
    private Instant now = BEGIN;
    private long ids;

    private record Reference() implements ReferenceData {
        @Override
        public Asset asset(String id) {
            return ASSETS.get(id);
        }

        @Override
        public Instrument instrument(String id) {
            return INSTRUMENTS.get(id);
        }
    }

    RandomJournal(long seed, int accountCount) {
        random = new SplittableRandom(seed);
        for (var accountId : List.of(EMPTY, UNOPENED)) {
            accounts.put(accountId, new AccountInMemory(accountId));
        }
        for (int i = 0; i < accountCount; i++) {
            var accountId = "account-" + i;
            accountIds.add(accountId);
            accounts.put(accountId, new AccountInMemory(accountId));
            command(
                    accountId,
                    new OpenAccount(
                            "owner \"" + i + "\"",
                            "Ünal \\ Söhne",
                            i % 3 == 0 ? 1_000 : 0,
                            i % 2 == 0 ? CostMethod.AVERAGE : CostMethod.FIFO,
                            List.of("XETR", "odd,\"market\"")));
            fund(accountId);
        }
    }

    private void fund(String accountId) {
        command(accountId, new Deposit("USD", 1_000_000_000L, null, null));
        command(accountId, new Deposit("BTC", 10_000_000_000L, null, null));
        command(accountId, new Deposit("SHARE", 5_000L, null, null));
        for (var strategy : STRATEGIES) {
            command(accountId, new AllocateFunds(strategy, "USD", 100_000_000L));
            command(accountId, new AllocateFunds(strategy, "BTC", 1_000_000_000L));
        }
    }

    /** The entries since the last call of this, in the order in which they were decided. */
    List<Sealed> take() {
        var taken = List.copyOf(entries);
        entries.clear();
        return taken;
    }

    /** Whatever comes: some of it is refused or suspended. */
    RandomJournal steps(int count) {
        for (int i = 0; i < count; i++) {
            step();
        }
        return this;
    }

    /** Orders that are placed and filled at once, and nothing else. */
    RandomJournal trading(int orders) {
        for (int i = 0; i < orders; i++) {
            now = now.plusMillis(50);
            var accountId = anyOf(accountIds);
            var place = place("BTC-USD", random.nextBoolean() ? Side.BUY : Side.SELL, "");
            place.setQuantity(1 + random.nextLong(1_000_000));
            command(accountId, place);
            var order = accounts.get(accountId).order(place.getOrderId());
            if (isOpen(order)) {
                settle(fillOf(accountId, order, order.getQuantity()));
            }
        }
        return this;
    }

    private void step() {
        now = now.plus(Duration.ofSeconds(random.nextInt(1, 600)));
        var accountId = anyOf(accountIds);
        switch (random.nextInt(26)) {
            case 0, 1, 2, 3, 4 -> command(accountId, anyPlacement());
            case 5, 6, 7, 8 -> fillOrder(accountId, RandomJournal::isOpen);
            case 9 -> fillOrder(accountId, order -> !isOpen(order));
            case 10 -> fillBeforeOrder(accountId);
            case 11 -> placeHeldBack();
            case 12 -> fillOddly(accountId);
            case 13, 14 -> bust(accountId);
            case 15 -> resolve(accountId);
            case 16 -> cancel(accountId);
            case 17 -> amend(accountId);
            case 18 -> command(accountId, anyQuota());
            case 19 -> {
                var receiver = random.nextInt(4) == 0 ? UNOPENED : anyOf(accountIds);
                command(accountId, new Transfer(receiver, "USD", random.nextLong(-5, 100_000_000)));
            }
            case 20 -> deliverMessage();
            case 21 -> command(accountId, anyMoney());
            case 22 -> command(random.nextInt(4) == 0 ? EMPTY : accountId, anyLifeCycle());
            case 23 ->
                command(accountId, new AllocateFunds(anyOf(STRATEGIES), "USD", random.nextLong(-900_000, 900_000)));
            case 24 -> expire(accountId);
            default ->
                command(
                        accountId,
                        new UpdateAccount(
                                "name " + ids,
                                random.nextBoolean() ? null : List.of("XETR"),
                                random.nextBoolean() ? null : (Integer) random.nextInt(-5, 2_000)));
        }
    }

    private PlaceOrder anyPlacement() {
        var strategy = random.nextInt(3) == 0 ? anyOf(STRATEGIES) : "";
        return place(anyOf(List.copyOf(INSTRUMENTS.keySet())), random.nextBoolean() ? Side.BUY : Side.SELL, strategy);
    }

    private PlaceOrder place(String instrument, Side side, String strategy) {
        var place = new PlaceOrder(
                nextId("O"),
                random.nextInt(40) == 0 ? "GOLD-USD" : instrument,
                side,
                OrderType.LIMIT,
                QUANTITIES.get(instrument) / random.nextLong(1, 10),
                price(instrument),
                null,
                random.nextBoolean() ? null : now.plus(Duration.ofMinutes(random.nextInt(1, 5_000))),
                strategy,
                false);
        if (side == Side.BUY && random.nextInt(4) == 0) {
            place.setType(OrderType.MARKET);
            place.setQuantity(null);
            place.setLimitPrice(null);
            place.setNotional(random.nextLong(1_000, 500_000));
        }
        return place;
    }

    private long price(String instrument) {
        return PRICES.get(instrument) * random.nextLong(90, 110) / 100;
    }

    private void fillOrder(String accountId, Predicate<Order> isWanted) {
        var order = anyOrder(accountId, isWanted);
        if (order == null || !INSTRUMENTS.containsKey(order.getInstrument())) {
            command(accountId, anyPlacement());
            return;
        }
        long left = order.getQuantity() == null
                ? QUANTITIES.get(order.getInstrument()) / 50
                : Math.max(1, order.getQuantity() - order.getFilledQuantity());
        settle(fillOf(accountId, order, random.nextBoolean() ? left : Math.max(1, left / 3)));
    }

    private Fill fillOf(String accountId, Order order, long quantity) {
        var price = order.getLimitPrice() == null ? price(order.getInstrument()) : order.getLimitPrice();
        var fill = fill(accountId, order.getOrderId(), order.getInstrument(), order.getSide(), quantity, price);
        switch (random.nextInt(5)) {
            case 0 -> fill.setFee(random.nextLong(1, 50));
            case 1 -> {
                fill.setFee(random.nextLong(-20, 20));
                fill.setFeeAsset(anyOf(List.copyOf(ASSETS.keySet())));
            }
            case 2 -> fill.setFinal$(random.nextInt(10) == 0);
            default -> fill.setTradeId(random.nextBoolean() ? null : nextId("T"));
        }
        return fill;
    }

    private Fill fill(String accountId, String orderId, String instrument, Side side, long quantity, long price) {
        return new Fill(
                nextId("E"),
                accountId,
                orderId,
                instrument,
                side,
                quantity,
                price,
                0L,
                null,
                anyOf(List.of(Liquidity.values())),
                false,
                "venue",
                null,
                now,
                FillKind.NEW);
    }

    private void fillBeforeOrder(String accountId) {
        var place = place("BTC-USD", Side.BUY, anyOf(STRATEGIES));
        heldBack.add(place);
        heldBackFor.add(accountId);
        settle(fill(accountId, place.getOrderId(), "BTC-USD", Side.BUY, 1_000, price("BTC-USD") / 2));
    }

    private void placeHeldBack() {
        if (!heldBack.isEmpty()) {
            command(heldBackFor.removeFirst(), heldBack.removeFirst());
        }
    }

    private void fillOddly(String accountId) {
        settle(fill(
                accountId,
                random.nextBoolean() ? "nobody's" : nextId("O"),
                random.nextInt(3) == 0 ? "GOLD-USD" : "SHARE-USD",
                Side.SELL,
                random.nextLong(-1, 100),
                random.nextLong(1, 5_000)));
    }

    private void bust(String accountId) {
        var fills = settled.getOrDefault(accountId, List.of());
        if (!fills.isEmpty()) {
            var bust = Fill.newBuilder(anyOf(fills))
                    .setKind(FillKind.BUST)
                    .setOccurredAt(now)
                    .build();
            settle(bust);
        }
    }

    private void resolve(String accountId) {
        var suspended = List.copyOf(accounts.get(accountId).suspendedFills());
        long sequence = suspended.isEmpty() ? 1 : anyOf(suspended).getSequence();
        var resolution = random.nextInt(3) == 0 ? Resolution.DISCARD : Resolution.SETTLE;
        command(accountId, new ResolveFill(sequence, resolution, "checked \u0000\n\"twice\"", null));
    }

    private void cancel(String accountId) {
        var order = anyOrder(accountId, RandomJournal::isOpen);
        command(accountId, new CancelOrder(order == null ? "none" : order.getOrderId(), CancelCause.USER, null));
    }

    private void amend(String accountId) {
        var order = anyOrder(accountId, open -> isOpen(open) && open.getQuantity() != null);
        if (order == null) {
            command(accountId, anyPlacement());
        } else if (random.nextBoolean()) {
            command(accountId, new AmendOrder(order.getOrderId(), order.getQuantity() + random.nextLong(-9, 9), null));
        } else {
            command(accountId, new ExtendOrder(order.getOrderId(), now.plus(Duration.ofDays(random.nextInt(1, 40)))));
        }
    }

    private SpecificRecord anyQuota() {
        var quota = new Quota(
                random.nextBoolean() ? null : (Integer) random.nextInt(-1, 50),
                random.nextBoolean() ? null : (Integer) random.nextInt(50),
                random.nextBoolean() ? List.of() : List.of(new NotionalLimit("USD", 100_000_000L)),
                random.nextBoolean() ? List.of() : List.of(new NotionalLimit("BTC", 100_000_000L)),
                random.nextBoolean() ? List.of() : List.of(new PositionLimit("BTC-USD", 900_000_000L)));
        return random.nextBoolean() ? new SetLimits(quota) : new SetQuota(anyOf(STRATEGIES), quota);
    }

    private SpecificRecord anyMoney() {
        return switch (random.nextInt(4)) {
            case 0 -> new Withdraw("USD", random.nextLong(1, 5_000_000));
            case 1 -> new Adjust("ETH", random.nextLong(1, 1_000_000_000_000_000_000L), "count");
            case 2 -> new Deposit("BTC", random.nextLong(1, 9_000_000), "BTC-USD", random.nextLong(100_000));
            default -> new Deposit("ETH", random.nextLong(1, 1_000_000_000_000_000_000L), null, null);
        };
    }

    private SpecificRecord anyLifeCycle() {
        return switch (random.nextInt(7)) {
            case 0 -> new SuspendAccount("review");
            case 1 -> new CloseAccount();
            case 2 -> new OpenAccount("owner", "name", 0, CostMethod.AVERAGE, List.of());
            default -> new ResumeAccount();
        };
    }

    private void deliverMessage() {
        var message = messages.poll();
        if (message != null) {
            decide(Command.of(message, now, source()));
        }
    }

    private void expire(String accountId) {
        now = now.plus(Duration.ofHours(random.nextInt(1, 60)));
        take(accountId, ledger.expire(accounts.get(accountId), now, 3));
    }

    /** Has a command decided that was sent just now. */
    void command(String accountId, SpecificRecord body) {
        var commandId = nextId("C");
        decide(
                switch (body) {
                    case Deposit any -> Command.of(new BalanceUpdate(commandId, accountId, now, any), now, source());
                    case Withdraw any -> Command.of(new BalanceUpdate(commandId, accountId, now, any), now, source());
                    case Adjust any -> Command.of(new BalanceUpdate(commandId, accountId, now, any), now, source());
                    case Transfer any -> Command.of(new BalanceUpdate(commandId, accountId, now, any), now, source());
                    case PlaceOrder any -> Command.of(new OrderCommand(commandId, accountId, now, any), now, source());
                    case CancelOrder any -> Command.of(new OrderCommand(commandId, accountId, now, any), now, source());
                    case AmendOrder any -> Command.of(new OrderCommand(commandId, accountId, now, any), now, source());
                    case ExtendOrder any -> Command.of(new OrderCommand(commandId, accountId, now, any), now, source());
                    case ResolveFill any -> Command.of(new OrderCommand(commandId, accountId, now, any), now, source());
                    default -> Command.of(new AccountCommand(commandId, accountId, now, body), now, source());
                });
    }

    private void settle(Fill fill) {
        decide(Command.of(fill, now, source()));
    }

    private void decide(Command command) {
        take(command.accountId(), ledger.decide(accounts.get(command.accountId()), command));
    }

    private void take(String accountId, Decision decision) {
        accounts.get(accountId).write(decision);
        for (var entry : decision.entries()) {
            var bytes = seal.seal(entry, lastHashes.getOrDefault(accountId, Accounts.NO_HASH));
            lastHashes.put(accountId, JournalHash.hashOf(bytes));
            entries.add(new Sealed(accountId, bytes));
            if (entry.getBody() instanceof FillSettled body && body.getFill().getKind() == FillKind.NEW) {
                settled.computeIfAbsent(accountId, any -> new ArrayList<>()).add(body.getFill());
            }
            var message = Transfers.message(entry);
            if (message != null) {
                messages.add(message);
            }
        }
    }

    private Source source() {
        return new Source("bursar.orders", random.nextInt(4), ids);
    }

    private Order anyOrder(String accountId, Predicate<Order> isWanted) {
        var orders = accounts.get(accountId).orders().stream().filter(isWanted).toList();
        return orders.isEmpty() ? null : anyOf(orders);
    }

    private static boolean isOpen(Order order) {
        return order != null
                && (order.getStatus() == OrderStatus.ACTIVE || order.getStatus() == OrderStatus.PARTIALLY_FILLED);
    }

    private <T> T anyOf(Collection<T> choices) {
        return List.copyOf(choices).get(random.nextInt(choices.size()));
    }

    private String nextId(String prefix) {
        ids++;
        return prefix + ids;
    }
}
