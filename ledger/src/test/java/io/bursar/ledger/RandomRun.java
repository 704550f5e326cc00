package io.bursar.ledger;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Hash;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderCommand;
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
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.Withdraw;
import io.bursar.schemas.state.AccountStatus;
import io.bursar.schemas.state.SuspendedFill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Does deeds in a {@link World}. What exactly is drawn by dice and by looking at the state, so that most of it can
 * succeed; some of it is wrong on purpose.
 */
final class RandomRun {
    static final String STRATEGY = "S";

    private final World world;
    private final Market market;
    private final RandomFills fills;
    private final RandomOrders orders;
    private final List<Command> heldBack = new ArrayList<>();
    private final Set<Hash> forged = new HashSet<>();
    private int ids;

    RandomRun(World world, Market market) {
        this.world = world;
        this.market = market;
        this.fills = new RandomFills(market);
        this.orders = new RandomOrders(market);
        open("A1", 0, CostMethod.AVERAGE);
        open("A2", 1_500, CostMethod.FIFO);
        for (var accountId : List.of("A1", "A2")) {
            for (var asset : Market.ASSETS) {
                submit(accountId, new Deposit(asset, market.usualAmount(asset), null, null));
            }
        }
    }

    /** Does this; {@code seed} decides how. */
    void step(Deed deed, long seed) {
        var dice = new Dice(seed);
        world.letPass(Duration.ofSeconds(dice.between(0, 30)));
        switch (deed) {
            case OPEN ->
                open(dice.chance(80) ? "A3" : "A1", (int) dice.between(-1, 2_000), dice.oneOf(CostMethod.values()));
            case DEPOSIT -> deposit(dice);
            case WITHDRAW -> withdraw(dice);
            case ADJUST -> adjust(dice);
            case PLACE -> place(dice);
            case FILL -> fill(dice);
            case TRADE -> trade(dice);
            case FILL_BEFORE_ORDER -> fillBeforeOrder(dice);
            case DELIVER_WHAT_WAS_HELD_BACK -> deliver(dice);
            case FILL_LATE -> fillLate(dice);
            case FILL_ODDLY -> fillOddly(dice);
            case AMEND -> amend(dice);
            case EXTEND -> extend(dice);
            case CANCEL -> cancel(dice);
            case RESOLVE -> resolve(dice);
            case ALLOCATE -> allocate(dice);
            case SET_QUOTA -> setQuota(dice);
            case TRANSFER -> transfer(dice);
            case DELIVER_TRANSFER -> deliverTransfer(dice);
            case BUST -> bust(dice);
            case UPDATE -> update(dice);
            case SUSPEND -> submit(usualAccount(dice), new SuspendAccount("review"));
            case RESUME -> resume(dice);
            case WIND_DOWN -> windDown(dice);
            case EXPIRE -> expire(dice);
            case LET_TIME_PASS -> letTimePass(dice);
            case SEND_AGAIN -> sendAgain(dice);
            case REUSE_AN_ID -> reuseAnId(dice);
            case FORGET -> world.forget(dice.oneOf(World.ACCOUNTS));
        }
    }

    /** Delivers all that is still on its way. */
    void finish() {
        while (!heldBack.isEmpty()) {
            deliver(heldBack.removeFirst());
        }
        while (world.deliverTransfer()) {
            // One delivery may bring the next one about.
        }
    }

    private void allocate(Dice dice) {
        var accountId = usualAccount(dice);
        var asset = dice.oneOf(Market.ASSETS);
        boolean isGiven = dice.chance(75);
        long available = Accounts.available(world.account(accountId).account(), isGiven ? "" : STRATEGY, asset);
        long amount = dice.chance(8) ? available + 1 : available / dice.between(2, 6);
        submit(accountId, new AllocateFunds(STRATEGY, asset, isGiven ? amount : -amount));
    }

    /** Limits that some orders reach, for a while; the account's or a strategy's. */
    private void setQuota(Dice dice) {
        var quota = Quota.newBuilder();
        if (dice.chance(40)) {
            quota.setMaxOpenOrders((int) dice.between(-1, 6));
        }
        if (dice.chance(40)) {
            quota.setMaxOrdersPerDay((int) dice.between(0, 8));
        }
        if (dice.chance(40)) {
            var asset = dice.oneOf(Market.ASSETS);
            quota.setMaxNotionalPerDay(
                    List.of(new NotionalLimit(asset, market.usualAmount(asset) / dice.between(2, 20))));
        }
        if (dice.chance(40)) {
            var asset = dice.oneOf(Market.ASSETS);
            quota.setMaxOrderNotional(
                    List.of(new NotionalLimit(asset, market.usualAmount(asset) / dice.between(5, 90))));
        }
        if (dice.chance(40)) {
            var instrument = dice.chance(4) ? "GOLD-USD" : dice.oneOf(Market.INSTRUMENTS);
            long quantity = market.instrument(instrument) == null ? 1 : market.usualAmount(market.base(instrument)) / 4;
            quota.setMaxPosition(List.of(new PositionLimit(instrument, quantity)));
        }
        var limits = dice.chance(45) ? Quota.newBuilder().build() : quota.build();
        submit(usualAccount(dice), dice.chance(50) ? new SetLimits(limits) : new SetQuota(STRATEGY, limits));
    }

    private void transfer(Dice dice) {
        var accountId = usualAccount(dice);
        var asset = dice.oneOf(Market.ASSETS);
        long available = available(accountId, asset);
        long amount = dice.chance(8) ? available + 1 : dice.between(1, Math.max(1, available / 6));
        submit(accountId, new Transfer(dice.oneOf(World.ACCOUNTS), asset, dice.chance(2) ? 0 : amount));
    }

    private void deliverTransfer(Dice dice) {
        if (!world.deliverTransfer()) {
            transfer(dice);
        }
    }

    /** Takes back what was settled, mostly; sometimes what never was, or something a little different. */
    private void bust(Dice dice) {
        var fills = world.sent().stream()
                .filter(command -> command.body() instanceof Fill fill && fill.getKind() == FillKind.NEW)
                .toList();
        var settled = fills.stream()
                .filter(command -> world.wasSettled((Fill) command.body()))
                .toList();
        if (settled.isEmpty()) {
            fill(dice);
            return;
        }
        var command = dice.oneOf(dice.chance(85) ? settled : fills);
        var fill = (Fill) command.body();
        var bust = bustOf(fill);
        if (dice.chance(5) && fill.getTradeId() == null) {
            bust.setPrice(bust.getPrice() ^ 1);
        }
        submit(bust, dice);
        // Who takes a trade back takes back both of its legs.
        otherLeg(fill).ifPresent(leg -> {
            var other = command(bustOf(leg), world.now());
            if (dice.chance(60)) {
                world.submit(other);
            } else {
                heldBack.add(other);
            }
        });
    }

    private static Fill bustOf(Fill fill) {
        return Fill.newBuilder(fill).setKind(FillKind.BUST).build();
    }

    private Optional<Fill> otherLeg(Fill leg) {
        return Stream.concat(world.sent().stream(), heldBack.stream())
                .map(Command::body)
                .filter(body -> body instanceof Fill)
                .map(body -> (Fill) body)
                .filter(fill -> leg.getTradeId() != null && leg.getTradeId().equals(fill.getTradeId()))
                .filter(fill -> fill.getSide() != leg.getSide() && fill.getKind() == FillKind.NEW)
                .filter(fill -> !forged.contains(ContentHash.of(fill)))
                .findFirst();
    }

    private void update(Dice dice) {
        submit(
                usualAccount(dice),
                new UpdateAccount(
                        dice.chance(50) ? "another name" : null,
                        dice.chance(50) ? dice.oneOf(List.of("XETR"), List.<String>of()) : null,
                        dice.chance(50) ? (Integer) (int) dice.between(-1, 2_000) : null));
    }

    private void open(String accountId, int takerFeeRate, CostMethod costMethod) {
        submit(accountId, new OpenAccount("owner", "name", takerFeeRate, costMethod, List.of("XETR")));
    }

    private void deposit(Dice dice) {
        var asset = dice.oneOf(Market.ASSETS);
        long amount = dice.chance(5) ? dice.oneOf(0L, -1L, Long.MAX_VALUE) : dice.between(1, market.usualAmount(asset));
        var deposit = new Deposit(dice.chance(2) ? "GOLD" : asset, amount, null, null);
        if (dice.chance(25)) {
            deposit.setInstrument(dice.oneOf(Market.INSTRUMENTS));
            deposit.setCostBasis(dice.chance(10) ? null : (Long) dice.between(-1, 100_000));
        }
        submit(usualAccount(dice), deposit);
    }

    private void withdraw(Dice dice) {
        var accountId = usualAccount(dice);
        var asset = dice.oneOf(Market.ASSETS);
        long available = available(accountId, asset);
        long amount = dice.chance(15) ? available + 1 : dice.between(1, Math.max(1, available / 4));
        submit(accountId, new Withdraw(asset, dice.chance(2) ? 0 : amount));
    }

    private void adjust(Dice dice) {
        var accountId = usualAccount(dice);
        var asset = dice.oneOf(Market.ASSETS);
        long available = available(accountId, asset);
        long least = dice.chance(10) ? -available - 1 : -available / 8;
        submit(accountId, new Adjust(asset, dice.between(least, market.usualAmount(asset) / 8), "count"));
    }

    private void place(Dice dice) {
        var accountId = usualAccount(dice);
        var order = orders.place(nextId("O"), world.account(accountId), world.now(), dice);
        world.submit(command(accountId, order, occurredAt(dice)));
    }

    private void fill(Dice dice) {
        var open = ordersWhere(true);
        if (open.isEmpty()) {
            place(dice);
            return;
        }
        var target = dice.oneOf(open);
        submit(fills.of(target.accountId(), target.order(), nextId("E"), dice), dice);
    }

    private void fillLate(Dice dice) {
        var closed = ordersWhere(false);
        if (closed.isEmpty()) {
            cancel(dice);
            return;
        }
        var target = dice.oneOf(closed);
        submit(fills.of(target.accountId(), target.order(), nextId("E"), dice), dice);
    }

    private void fillOddly(Dice dice) {
        var all = new ArrayList<>(ordersWhere(true));
        all.addAll(ordersWhere(false));
        if (all.isEmpty()) {
            place(dice);
            return;
        }
        var target = dice.oneOf(all);
        submit(fills.spoiled(fills.of(target.accountId(), target.order(), nextId("E"), dice), dice), dice);
    }

    /** Two legs, of which the second may come much later. */
    private void trade(Dice dice) {
        var open = ordersWhere(true);
        var buys = open.stream()
                .filter(order -> order.order().getSide() == Side.BUY)
                .toList();
        var sells = open.stream()
                .filter(order -> order.order().getSide() == Side.SELL)
                .toList();
        if (buys.isEmpty() || sells.isEmpty()) {
            place(dice);
            return;
        }
        var buy = dice.oneOf(buys);
        var matching = sells.stream()
                .filter(sell -> sell.order().getInstrument().equals(buy.order().getInstrument()))
                .toList();
        if (matching.isEmpty()) {
            place(dice);
            return;
        }
        var sell = dice.oneOf(matching);
        var tradeId = nextId("T");
        var bought = fills.of(buy.accountId(), buy.order(), tradeId + ":B", dice);
        var sold = fills.of(sell.accountId(), sell.order(), tradeId + ":S", dice);
        long price = sell.order().getLimitPrice() == null ? bought.getPrice() : sold.getPrice();
        long quantity = Math.min(bought.getQuantity(), sold.getQuantity());
        for (var leg : List.of(bought, sold)) {
            leg.setVenue(null);
            leg.setTradeId(tradeId);
            leg.setPrice(price);
            leg.setQuantity(quantity);
        }
        submit(bought, dice);
        var other = command(sold, world.now());
        if (dice.chance(60)) {
            world.submit(other);
        } else {
            heldBack.add(other);
        }
    }

    private void fillBeforeOrder(Dice dice) {
        var accountId = usualAccount(dice);
        var order = orders.place(nextId("O"), world.account(accountId), world.now(), dice);
        heldBack.add(command(accountId, order, world.now()));
        int count = (int) dice.between(1, 2);
        for (int i = 0; i < count; i++) {
            submit(fills.ofPlanned(accountId, order, nextId("E"), dice), dice);
        }
    }

    private void deliver(Dice dice) {
        if (!heldBack.isEmpty()) {
            deliver(heldBack.remove((int) dice.between(0, heldBack.size() - 1)));
        }
    }

    private void deliver(Command command) {
        world.submit(received(command, command.occurredAt()));
    }

    private void amend(Dice dice) {
        var open = ordersWhere(true).stream()
                .filter(target -> target.order().getType() == OrderType.LIMIT)
                .filter(target -> target.order().getNotional() == null)
                .toList();
        if (open.isEmpty()) {
            place(dice);
            return;
        }
        var target = dice.oneOf(open);
        submit(target.accountId(), orders.amend(target.order(), dice));
    }

    private void extend(Dice dice) {
        var open = ordersWhere(true);
        if (open.isEmpty()) {
            place(dice);
            return;
        }
        var target = dice.oneOf(open);
        var latest = target.order().getPlacedAt().plus(World.RULES.longestExpiry());
        var room = Math.max(1, Duration.between(world.now(), latest).toSeconds());
        var deadline = world.now().plusSeconds(dice.between(1, dice.chance(15) ? 2 * room : room));
        submit(target.accountId(), new ExtendOrder(target.order().getOrderId(), deadline));
    }

    private void cancel(Dice dice) {
        var targets = ordersWhere(!dice.chance(15));
        if (targets.isEmpty()) {
            submit(usualAccount(dice), new CancelOrder("nobody's", CancelCause.ADMIN, null));
            return;
        }
        var target = dice.oneOf(targets);
        submit(
                target.accountId(),
                new CancelOrder(target.order().getOrderId(), dice.oneOf(CancelCause.values()), null));
    }

    private void resolve(Dice dice) {
        var accountId = dice.oneOf(World.ACCOUNTS);
        var suspended = world.account(accountId).suspendedFills();
        if (suspended.isEmpty()) {
            if (dice.chance(20)) {
                submit(accountId, new ResolveFill(1L, Resolution.SETTLE, "checked", null));
            } else {
                fill(dice);
            }
            return;
        }
        var fill = dice.oneOf(suspended);
        submit(accountId, resolution(fill, dice.chance(60) ? Resolution.SETTLE : Resolution.DISCARD, dice));
    }

    /** No operator settles what the venue never did, or what was settled before. */
    private ResolveFill resolution(SuspendedFill suspended, Resolution wanted, Dice dice) {
        var fill = suspended.getFill();
        boolean isFalse = forged.contains(ContentHash.of(fill)) || world.wasSettled(fill);
        return new ResolveFill(
                suspended.getSequence(), isFalse ? Resolution.DISCARD : wanted, "checked", dice.chance(5) ? "S" : null);
    }

    private void resume(Dice dice) {
        var stopped = world.accounts().stream()
                .map(rows -> rows.account())
                .filter(account ->
                        account.getStatus() == AccountStatus.SUSPENDED || account.getStatus() == AccountStatus.CLOSED)
                .map(account -> account.getAccountId())
                .toList();
        submit(stopped.isEmpty() ? dice.oneOf(World.ACCOUNTS) : dice.oneOf(stopped), new ResumeAccount());
    }

    /** Everything that has to go before an account can be closed, and its closing. */
    private void windDown(Dice dice) {
        var accountId = usualAccount(dice);
        var rows = world.account(accountId);
        submit(accountId, new CloseAccount());
        for (var order : rows.openOrders()) {
            submit(accountId, new CancelOrder(order.getOrderId(), CancelCause.ADMIN, "closing"));
        }
        for (var fill : List.copyOf(rows.suspendedFills())) {
            submit(accountId, resolution(fill, Resolution.DISCARD, dice));
        }
        submit(accountId, new CloseAccount());
        for (var balance : List.copyOf(rows.account().getBalances())) {
            if (!balance.getStrategy().isEmpty()) {
                submit(accountId, new AllocateFunds(balance.getStrategy(), balance.getAsset(), -balance.getTotal()));
            }
        }
        for (var balance : rows.account().getBalances()) {
            submit(accountId, new Withdraw(balance.getAsset(), balance.getTotal()));
        }
        submit(accountId, new CloseAccount());
    }

    private void expire(Dice dice) {
        for (var accountId : World.ACCOUNTS) {
            world.expire(accountId, (int) dice.between(1, 3));
        }
    }

    /** Hours, or beyond the deadlines of orders, or beyond the windows in which things are remembered. */
    private void letTimePass(Dice dice) {
        if (dice.chance(70)) {
            world.letPass(Duration.ofMinutes(dice.between(30, 2_880)));
        } else if (dice.chance(70)) {
            world.letPass(Duration.ofHours(dice.between(120, 220)));
        } else {
            world.letPass(Duration.ofDays(dice.between(25, 40)));
        }
        if (dice.chance(40)) {
            expire(dice);
        }
    }

    private void sendAgain(Dice dice) {
        var command = dice.oneOf(world.sent());
        boolean isRecent = command.receivedAt().isAfter(world.now().minus(Duration.ofDays(1)));
        boolean isOfTransfer = command.body() instanceof TransferArrival || command.body() instanceof TransferOutcome;
        // The same order at a later time is another order, once the first is forgotten; and so is a transfer.
        var occurredAt = isRecent && !isOfTransfer && dice.chance(30) ? world.now() : command.occurredAt();
        world.submit(received(command, occurredAt));
    }

    private void reuseAnId(Dice dice) {
        var command = dice.oneOf(world.sent());
        SpecificRecord other = SpecificData.get().deepCopy(command.body().getSchema(), command.body());
        switch (other) {
            case Deposit deposit -> deposit.setAmount(deposit.getAmount() ^ 1);
            case Withdraw withdraw -> withdraw.setAmount(withdraw.getAmount() ^ 1);
            case Adjust adjust -> adjust.setReason("another");
            case PlaceOrder order -> order.setStrategy("another");
            case Fill fill -> fill.setPrice(fill.getPrice() ^ 1);
            default -> {
                return;
            }
        }
        if (other instanceof Fill fill) {
            forged.add(ContentHash.of(fill));
            world.submit(command(fill, world.now()));
        } else {
            world.submit(new Command(
                    command.accountId(),
                    command.commandId(),
                    world.now(),
                    world.now(),
                    null,
                    other,
                    ContentHash.of(other)));
        }
    }

    private void submit(String accountId, SpecificRecord body) {
        world.submit(command(accountId, body, world.now()));
    }

    private void submit(Fill fill, Dice dice) {
        world.submit(command(fill, occurredAt(dice)));
    }

    /** Mostly now; sometimes late, rarely too late or too early. */
    private Instant occurredAt(Dice dice) {
        if (dice.chance(88)) {
            return world.now();
        }
        return switch ((int) dice.between(0, 5)) {
            case 0 -> world.now().minus(Duration.ofDays(dice.between(1, 12)));
            case 1 -> world.now().plus(Duration.ofMinutes(dice.between(4, 7)));
            case 2 -> world.now().plus(World.RULES.futureTolerance());
            default -> world.now().minus(Duration.ofSeconds(dice.between(1, 600)));
        };
    }

    private Command command(String accountId, SpecificRecord body, Instant occurredAt) {
        var commandId = nextId("C");
        return switch (body) {
            case OpenAccount any -> Command.of(message(commandId, accountId, occurredAt, any), world.now(), null);
            case SuspendAccount any -> Command.of(message(commandId, accountId, occurredAt, any), world.now(), null);
            case ResumeAccount any -> Command.of(message(commandId, accountId, occurredAt, any), world.now(), null);
            case CloseAccount any -> Command.of(message(commandId, accountId, occurredAt, any), world.now(), null);
            case Deposit any -> Command.of(new BalanceUpdate(commandId, accountId, occurredAt, any), world.now(), null);
            case Transfer any ->
                Command.of(new BalanceUpdate(commandId, accountId, occurredAt, any), world.now(), null);
            case UpdateAccount any -> Command.of(message(commandId, accountId, occurredAt, any), world.now(), null);
            case SetLimits any -> Command.of(message(commandId, accountId, occurredAt, any), world.now(), null);
            case SetQuota any -> Command.of(message(commandId, accountId, occurredAt, any), world.now(), null);
            case AllocateFunds any -> Command.of(message(commandId, accountId, occurredAt, any), world.now(), null);
            case Withdraw any ->
                Command.of(new BalanceUpdate(commandId, accountId, occurredAt, any), world.now(), null);
            case Adjust any -> Command.of(new BalanceUpdate(commandId, accountId, occurredAt, any), world.now(), null);
            default -> Command.of(new OrderCommand(commandId, accountId, occurredAt, body), world.now(), null);
        };
    }

    private static AccountCommand message(String commandId, String accountId, Instant occurredAt, SpecificRecord body) {
        return new AccountCommand(commandId, accountId, occurredAt, body);
    }

    private Command command(Fill fill, Instant occurredAt) {
        fill.setOccurredAt(occurredAt);
        return Command.of(fill, world.now(), null);
    }

    private Command received(Command command, Instant occurredAt) {
        return new Command(
                command.accountId(),
                command.commandId(),
                occurredAt,
                world.now(),
                null,
                command.body(),
                command.contentHash());
    }

    private List<Target> ordersWhere(boolean open) {
        var targets = new ArrayList<Target>();
        for (var rows : world.accounts()) {
            for (var order : open ? rows.openOrders() : rows.closedOrders()) {
                targets.add(new Target(rows.account().getAccountId(), order));
            }
        }
        return targets;
    }

    private record Target(String accountId, Order order) {}

    private long available(String accountId, String asset) {
        return Accounts.available(world.account(accountId).account(), "", asset);
    }

    private static String usualAccount(Dice dice) {
        return dice.chance(5) ? "A3" : dice.oneOf("A1", "A2");
    }

    private String nextId(String prefix) {
        ids++;
        return prefix + ids;
    }
}
