package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillDiscarded;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Quota;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.Side;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.TransferRefused;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.Withdraw;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.data.RecordBuilder;
import org.apache.avro.specific.SpecificRecord;

/**
 * One account of a ledger in memory, driven line by line: what is asked, and what comes of it. Orders are of ABC-USD
 * unless they say otherwise: ABC has 4 decimals, USD 2, its prices 2.
 */
final class Books {
    static final Instant DAY_0 = Instant.parse("2026-03-02T00:00:00Z");
    static final String ACCOUNT = "A1";

    private static final Map<String, Integer> SCALES = Map.of("ABC", 4, "USD", 2, "EUR", 2, "TOK", 0, "WEI", 18);
    private static final int PRICE_SCALE = 2;

    /** TOK-USD has a tick size of 0.05 and a lot size of 10; nobody knows the NIL of ABC-NIL. */
    final FixedReference reference = reference();

    final FoldedAccount account = new FoldedAccount(ACCOUNT);
    private final Ledger ledger;
    private final JournalAudit audit = JournalAudit.ofUnsealed();
    private Instant now = DAY_0;
    private int commands;

    Books() {
        this(LedgerRules.DEFAULT);
    }

    Books(LedgerRules rules) {
        ledger = new Ledger(reference, rules);
    }

    /** Books of an account that is open. */
    static Books opened() {
        return new Books().then(open(0), "accepted");
    }

    /** Books of an account that is open and owns this much. */
    static Books of(String usd) {
        return opened().then(deposit(usd, "USD"), "accepted");
    }

    private static FixedReference reference() {
        var reference = new FixedReference()
                .instrument("ABC-USD", PRICE_SCALE)
                .instrument("ABC-EUR", PRICE_SCALE)
                .instrument("WEI-USD", PRICE_SCALE)
                .instrument("TOK-USD", PRICE_SCALE, 5L, 10L)
                .instrument("ABC-NIL", PRICE_SCALE);
        SCALES.forEach(reference::asset);
        return reference;
    }

    /** From here on everything happens at this time after day 0. */
    Books at(Duration sinceDay0) {
        now = DAY_0.plus(sinceDay0);
        return this;
    }

    /** Asks for this under a command id of its own, and expects {@link #outcome this} of it. */
    Books then(Object asked, String expected) {
        commands++;
        return then("c" + commands, asked, expected);
    }

    Books then(String commandId, Object asked, String expected) {
        return then(commandId, now, asked, expected);
    }

    Books then(String commandId, Instant occurredAt, Object asked, String expected) {
        var body = built(asked);
        assertThat(tell(commandId, occurredAt, body)).as("%s", body).isEqualTo(expected);
        return this;
    }

    /** Asks for this, whatever comes of it, and says what came. */
    String tell(String commandId, Instant occurredAt, Object asked) {
        return outcome(decide(commandId, occurredAt, asked));
    }

    Decision decide(String commandId, Instant occurredAt, Object asked) {
        var decision = ledger.decide(account, command(commandId, occurredAt, asked));
        apply(decision);
        return decision;
    }

    /** The timer looks for what is overdue. */
    Books expire(String expected) {
        var decision = ledger.expire(account, now, Integer.MAX_VALUE);
        apply(decision);
        assertThat(outcome(decision)).isEqualTo(expected);
        return this;
    }

    Books holds(String asset, String expected) {
        return holds("", asset, expected);
    }

    Books holds(String strategy, String asset, String expected) {
        assertThat(holding(strategy, asset)).as(asset + strategy).isEqualTo(expected);
        return this;
    }

    Books order(String orderId, String expected) {
        var order = account.order(orderId);
        var held = decimal(order.getHeld(), order.getSide() == Side.BUY ? "USD" : "ABC");
        assertThat(order.getStatus() + ", filled " + decimal(order.getFilledQuantity(), "ABC") + ", held " + held)
                .as("order %s", orderId)
                .isEqualTo(expected);
        return this;
    }

    Books position(String expected) {
        return position("", expected);
    }

    Books position(String strategy, String expected) {
        var position = Accounts.position(account.account(), strategy, "ABC-USD");
        assertThat(decimal(position.getQuantity(), "ABC") + " for "
                        + decimal(position.getCostBasis(), "USD") + ", realised "
                        + decimal(position.getRealizedPnl(), "USD") + ", uncovered "
                        + decimal(position.getUncoveredQuantity(), "ABC"))
                .as("position")
                .isEqualTo(expected);
        return this;
    }

    /** When the account's own time is now, after day 0. */
    Duration accountTime() {
        return Duration.between(DAY_0, account.account().getAccountTime());
    }

    /** What a decision says, entry by entry. */
    static String outcome(Decision decision) {
        var answer = decision.answer();
        if (answer != null && answer.repeated()) {
            assertThat(decision.entries()).as("entries of a repeat").isEmpty();
            return "again: " + (answer.accepted() ? "accepted" : text(answer.rejection()));
        }
        return decision.entries().stream().map(Books::outcome).collect(Collectors.joining("; "));
    }

    private static String outcome(JournalEntry entry) {
        return switch (entry.getBody()) {
            case OrderRejected body -> text(body.getRejection());
            case CommandRejected body -> text(body.getRejection());
            case OrderExpired body -> "expired " + body.getOrderId();
            case FillSuspended body -> "suspended: " + text(body.getRejection());
            case FillSettled body when body.getFill().getKind() == FillKind.BUST -> "taken back";
            case FillSettled body -> body.getLate() ? "settled late" : "settled";
            case FillDiscarded body -> "discarded";
            case TransferRefused body -> "sent back: " + text(body.getRejection());
            default -> "accepted";
        };
    }

    private static String text(Rejection rejection) {
        var numbers = Rejections.describe(rejection);
        return numbers.isEmpty() ? rejection.getReason() : rejection.getReason() + ", " + numbers;
    }

    private String holding(String strategy, String asset) {
        var balance = Accounts.balance(account.account(), strategy, asset);
        return balance == null
                ? "nothing"
                : decimal(balance.getTotal(), asset) + ", reserved " + decimal(balance.getReserved(), asset);
    }

    /** What is asked, as a command that was received now. */
    Command command(String commandId, Instant occurredAt, Object asked) {
        return switch (built(asked)) {
            case Fill fill -> {
                fill.setOccurredAt(occurredAt);
                yield Command.of(fill, now, null);
            }
            case Deposit any -> Command.of(new BalanceUpdate(commandId, ACCOUNT, occurredAt, any), now, null);
            case Withdraw any -> Command.of(new BalanceUpdate(commandId, ACCOUNT, occurredAt, any), now, null);
            case Adjust any -> Command.of(new BalanceUpdate(commandId, ACCOUNT, occurredAt, any), now, null);
            case Transfer any -> Command.of(new BalanceUpdate(commandId, ACCOUNT, occurredAt, any), now, null);
            case TransferArrival any -> Command.of(new TransferMessage(ACCOUNT, occurredAt, any), now, null);
            case TransferOutcome any -> Command.of(new TransferMessage(ACCOUNT, occurredAt, any), now, null);
            case UpdateAccount any -> Command.of(new AccountCommand(commandId, ACCOUNT, occurredAt, any), now, null);
            case SetLimits any -> Command.of(new AccountCommand(commandId, ACCOUNT, occurredAt, any), now, null);
            case SetQuota any -> Command.of(new AccountCommand(commandId, ACCOUNT, occurredAt, any), now, null);
            case AllocateFunds any -> Command.of(new AccountCommand(commandId, ACCOUNT, occurredAt, any), now, null);
            case OpenAccount any -> Command.of(new AccountCommand(commandId, ACCOUNT, occurredAt, any), now, null);
            case SuspendAccount any -> Command.of(new AccountCommand(commandId, ACCOUNT, occurredAt, any), now, null);
            case ResumeAccount any -> Command.of(new AccountCommand(commandId, ACCOUNT, occurredAt, any), now, null);
            case CloseAccount any -> Command.of(new AccountCommand(commandId, ACCOUNT, occurredAt, any), now, null);
            case SpecificRecord any -> Command.of(new OrderCommand(commandId, ACCOUNT, occurredAt, any), now, null);
            default -> throw new IllegalArgumentException("no command has such a body: " + asked);
        };
    }

    private static Object built(Object asked) {
        return asked instanceof RecordBuilder<?> builder ? builder.build() : asked;
    }

    private void apply(Decision decision) {
        for (var entry : decision.entries()) {
            audit.add(entry);
            account.apply(entry);
        }
        assertThat(audit.violations()).isEmpty();
        assertThat(decision.account()).isEqualTo(account.account());
    }

    static OpenAccount open(int takerFeeRate) {
        return new OpenAccount("owner", "name", takerFeeRate, CostMethod.AVERAGE, List.of());
    }

    static OpenAccount openFifo() {
        return new OpenAccount("owner", "name", 0, CostMethod.FIFO, List.of());
    }

    static AllocateFunds allocate(String strategy, String amount, String asset) {
        return new AllocateFunds(strategy, asset, units(amount, asset));
    }

    static Transfer transfer(String toAccountId, String amount, String asset) {
        return new Transfer(toAccountId, asset, units(amount, asset));
    }

    static SetLimits limits(Quota.Builder limits) {
        return new SetLimits(limits.build());
    }

    static SetQuota quota(String strategy, Quota.Builder quota) {
        return new SetQuota(strategy, quota.build());
    }

    static Quota.Builder most() {
        return Quota.newBuilder();
    }

    static SuspendAccount suspend() {
        return new SuspendAccount("under review");
    }

    static ResumeAccount resume() {
        return new ResumeAccount();
    }

    static CloseAccount close() {
        return new CloseAccount();
    }

    static Deposit deposit(String amount, String asset) {
        return new Deposit(asset, units(amount, asset), null, null);
    }

    static Withdraw withdraw(String amount, String asset) {
        return new Withdraw(asset, units(amount, asset));
    }

    static Adjust adjust(String amount, String asset) {
        return new Adjust(asset, units(amount, asset), "count");
    }

    static PlaceOrder.Builder buy(String orderId, String quantity, String price) {
        return limit(orderId, Side.BUY, quantity, price);
    }

    static PlaceOrder.Builder sell(String orderId, String quantity, String price) {
        return limit(orderId, Side.SELL, quantity, price);
    }

    static PlaceOrder.Builder spend(String orderId, String notional) {
        return place(orderId, Side.BUY, OrderType.MARKET).setNotional(units(notional, "USD"));
    }

    static PlaceOrder.Builder place(String orderId, Side side, OrderType type) {
        return PlaceOrder.newBuilder()
                .setOrderId(orderId)
                .setInstrument("ABC-USD")
                .setSide(side)
                .setType(type);
    }

    private static PlaceOrder.Builder limit(String orderId, Side side, String quantity, String price) {
        return place(orderId, side, OrderType.LIMIT)
                .setQuantity(units(quantity, "ABC"))
                .setLimitPrice(price(price));
    }

    static CancelOrder cancel(String orderId) {
        return new CancelOrder(orderId, CancelCause.USER, null);
    }

    static AmendOrder amendQuantity(String orderId, String quantity) {
        return new AmendOrder(orderId, units(quantity, "ABC"), null);
    }

    static AmendOrder amendPrice(String orderId, String price) {
        return new AmendOrder(orderId, null, price(price));
    }

    static ExtendOrder extend(String orderId, Duration sinceDay0) {
        return new ExtendOrder(orderId, DAY_0.plus(sinceDay0));
    }

    /** Reported by a venue under an execution id, for an order to buy. */
    static Fill.Builder bought(String orderId, String executionId, String quantity, String price) {
        return fill(orderId, executionId, Side.BUY, quantity, price);
    }

    /** Reported by a venue under an execution id, for an order to sell. */
    static Fill.Builder sold(String orderId, String executionId, String quantity, String price) {
        return fill(orderId, executionId, Side.SELL, quantity, price);
    }

    private static Fill.Builder fill(String orderId, String executionId, Side side, String quantity, String price) {
        return Fill.newBuilder()
                .setExecutionId(executionId)
                .setAccountId(ACCOUNT)
                .setOrderId(orderId)
                .setInstrument("ABC-USD")
                .setSide(side)
                .setQuantity(units(quantity, "ABC"))
                .setPrice(price(price))
                .setVenue("venue")
                .setOccurredAt(DAY_0);
    }

    static ResolveFill settle(long sequence) {
        return new ResolveFill(sequence, Resolution.SETTLE, "checked with the venue", null);
    }

    static ResolveFill discard(long sequence) {
        return new ResolveFill(sequence, Resolution.DISCARD, "the venue took it back", null);
    }

    /** The count of an asset's units in a decimal: {@code 20.00} USD are 2000. */
    static long units(String decimal, String asset) {
        return new BigDecimal(decimal).movePointRight(SCALES.get(asset)).longValueExact();
    }

    static long price(String decimal) {
        return new BigDecimal(decimal).movePointRight(PRICE_SCALE).longValueExact();
    }

    private static String decimal(long units, String asset) {
        return BigDecimal.valueOf(units, SCALES.get(asset)).stripTrailingZeros().toPlainString();
    }
}
