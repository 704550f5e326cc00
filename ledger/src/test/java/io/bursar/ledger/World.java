package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.Position;
import io.bursar.schemas.Quota;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Side;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.TransferRefused;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.StrategyQuota;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Some accounts over one ledger, the journal of all that happens to them, and a clock that goes when it is told. After
 * every step it checks what must always hold.
 */
final class World {
    static final List<String> ACCOUNTS = List.of("A1", "A2", "A3");
    static final LedgerRules RULES = LedgerRules.DEFAULT;

    /** Begins what is tallied of an order's status. */
    static final String STATUS = "order: ";

    /** Comparing all rows takes longer than a step. */
    private static final int STEPS_BETWEEN_FULL_CHECKS = 16;

    private static final int STEPS_BETWEEN_REPEATS = 3;
    private static final int REMEMBERED_LINES = 12;

    final JournalAudit audit = JournalAudit.ofUnsealed();
    private final Ledger ledger;
    private final Map<String, StoredRows> stored = new TreeMap<>();
    private final Map<String, FoldedAccount> whatIsOpen = new TreeMap<>();
    private final PlainMoney money = new PlainMoney();
    private final Set<Settled> settled = new HashSet<>();
    private final List<Command> sent = new ArrayList<>();
    private final Deque<Line> lastLines = new ArrayDeque<>();
    private final Deque<TransferMessage> onTheirWay = new ArrayDeque<>();
    private final Consumer<String> tally;
    private final Consumer<String> answers;
    private Instant now = Instant.parse("2026-03-02T00:00:00Z");
    private int steps;

    /** Written out only when somebody has to read it. */
    private record Line(Instant at, Object asked, Decision decision) {
        @Override
        public String toString() {
            return at + " " + asked + " → " + Books.outcome(decision);
        }
    }

    private record Settled(String accountId, String orderId, String executionId, Hash content) {}

    /**
     * @param tally is told of everything that happens by a short name
     * @param answers is told of every first answer whether the command or fill was taken
     */
    World(ReferenceData reference, Consumer<String> tally, Consumer<String> answers) {
        this.ledger = new Ledger(reference, RULES);
        this.tally = tally;
        this.answers = answers;
        for (var account : ACCOUNTS) {
            stored.put(account, new StoredRows(account));
            whatIsOpen.put(account, FoldedAccount.ofWhatIsOpen(account));
        }
    }

    StoredRows account(String accountId) {
        return stored.get(accountId);
    }

    Collection<StoredRows> accounts() {
        return stored.values();
    }

    /** Everything that was ever asked, in order. */
    List<Command> sent() {
        return sent;
    }

    Instant now() {
        return now;
    }

    void letPass(Duration duration) {
        now = now.plus(duration);
    }

    /** Delivers what one account has told another of a transfer; false when there is nothing. */
    boolean deliverTransfer() {
        var message = onTheirWay.pollFirst();
        if (message != null) {
            submit(Command.of(message, now, null));
        }
        return message != null;
    }

    boolean wasSettled(Fill fill) {
        return settled.contains(key(fill));
    }

    /** Deletes the rows of an account that may be deleted. */
    void forget(String accountId) {
        account(accountId).forget(RULES);
    }

    /** Has a command decided, written and checked. */
    Decision submit(Command command) {
        sent.add(command);
        var rows = account(command.accountId());
        var before = rows.account();
        var decision = ledger.decide(rows, command);
        var again = ledger.decide(folded(command.accountId()), command);
        remember(command, decision);
        assertThat(again.entries()).as("decided on rows that nobody deleted").isEqualTo(decision.entries());
        assertThat(again.answer()).isEqualTo(decision.answer());
        take(rows, decision);
        checkRefusals(before, decision);
        checkAnswer(command, decision);
        checkOverdue(command, decision);
        tallyAnswer(decision);
        if (steps % STEPS_BETWEEN_REPEATS == 0) {
            checkRepeat(command, decision);
        }
        checkInvariants(rows);
        return decision;
    }

    /** The timer finds overdue orders. */
    void expire(String accountId, int atMost) {
        var rows = account(accountId);
        var decision = ledger.expire(rows, now, atMost);
        remember("expire " + accountId, decision);
        assertThat(decision.entries())
                .hasSizeLessThanOrEqualTo(atMost)
                .allMatch(entry -> entry.getBody() instanceof OrderExpired);
        decision.entries().forEach(any -> tally.accept("expired by timer"));
        take(rows, decision);
        checkInvariants(rows);
    }

    private void take(StoredRows rows, Decision decision) {
        var accountTime = rows.account().getAccountTime();
        tallyStatuses(rows, decision);
        rows.write(decision);
        for (var entry : decision.entries()) {
            audit.add(entry);
            whatIsOpen.get(entry.getAccountId()).apply(entry);
            money.add(entry);
            var message = Transfers.message(entry);
            if (message != null) {
                onTheirWay.add(message);
            }
            checkQuota(rows, entry);
            tallyEntry(entry);
            checkSettledOnce(entry);
        }
        assertThat(rows.account().getAccountTime()).isAfterOrEqualTo(accountTime);
        steps++;
    }

    /** What is refused or suspended leaves every balance as it was; only orders that were overdue have expired. */
    private static void checkRefusals(AccountState before, Decision decision) {
        var entries = decision.entries();
        for (var entry : entries) {
            if (isRefusal(entry)) {
                assertThat(entry.getPostings()).isEmpty();
                assertThat(entry.getBalances()).isEmpty();
                assertThat(entry.getPosition()).isNull();
            }
        }
        if (entries.isEmpty() || (entries.size() == 1 && isRefusal(entries.getFirst()))) {
            assertThat(decision.account().getBalances()).isEqualTo(before.getBalances());
            assertThat(decision.account().getAccountTime()).isEqualTo(before.getAccountTime());
        }
    }

    /** Nothing is decided while orders are overdue, unless its identity or its time alone decides it. */
    private void checkOverdue(Command command, Decision decision) {
        var answer = decision.answer();
        if (answer != null && (answer.repeated() || (!answer.accepted() && isOfIdentityOrTime(answer.rejection())))) {
            return;
        }
        var latest = command.receivedAt().plus(RULES.futureTolerance());
        var decidedAt = command.occurredAt().isAfter(latest) ? latest : command.occurredAt();
        assertThat(account(command.accountId()).overdueOrders(decidedAt, 1)).isEmpty();
    }

    private static boolean isOfIdentityOrTime(Rejection rejection) {
        return switch (ReasonCode.of(rejection.getReason())) {
            case ORDER_ID_REUSED, COMMAND_ID_REUSED, COMMAND_TOO_OLD, OCCURRED_IN_THE_FUTURE -> true;
            default -> false;
        };
    }

    /** A fill settles once by itself, however often it is sent and whatever has been forgotten meanwhile. */
    private void checkSettledOnce(JournalEntry entry) {
        if (entry.getBody() instanceof FillSettled body) {
            var isNew = settled.add(key(body.getFill()));
            assertThat(isNew)
                    .as("settled for the first time: %s", body.getFill())
                    .isTrue();
        }
    }

    private void checkRepeat(Command command, Decision first) {
        var repeat = ledger.decide(account(command.accountId()), command);
        var answer = first.answer();
        if (answer != null && answer.rejection() != null && !spendsId(answer.rejection())) {
            tally.accept("decided afresh");
            assertThat(repeat.answer().repeated()).isFalse();
            assertThat(repeat.answer().rejection()).isEqualTo(answer.rejection());
            assertThat(repeat.entries()).hasSize(1).allMatch(World::isRefusal);
            return;
        }
        tally.accept("repeated");
        assertThat(repeat.entries()).as("entries of a repeat").isEmpty();
        assertThat(repeat.answer().repeated()).isTrue();
        assertThat(repeat.account()).isEqualTo(first.account());
        if (answer != null && !(command.body() instanceof Fill)) {
            assertThat(repeat.answer().rejection()).isEqualTo(answer.rejection());
            assertThat(repeat.answer().sequence()).isEqualTo(answer.sequence());
        }
    }

    private void checkInvariants(StoredRows rows) {
        var account = rows.account();
        assertThat(audit.violations()).isEmpty();
        assertThat(audit.trialBalance().imbalances()).isEmpty();
        assertThat(folded(account.getAccountId()).account()).isEqualTo(account);
        assertThat(rows.overdueOrders(account.getAccountTime(), 1))
                .as("open orders whose deadline the account's time has passed")
                .isEmpty();
        money.check(account);
        if (steps % STEPS_BETWEEN_FULL_CHECKS == 0) {
            checkRows(rows);
        }
    }

    /** Everything that must hold, over all rows. */
    void checkAll() {
        for (var rows : stored.values()) {
            checkInvariants(rows);
            checkRows(rows);
        }
        assertThat(audit.imbalances()).isEmpty();
    }

    /** The rows are those of the journal, but for what may be forgotten; and the account's counts are theirs. */
    private void checkRows(StoredRows rows) {
        var account = rows.account();
        var time = account.getAccountTime();
        var folded = folded(account.getAccountId());
        var orders = folded.orders().stream()
                .filter(order -> rows.order(order.getOrderId()) != null || !Retention.isForgotten(order, time, RULES))
                .toList();
        assertThat(List.copyOf(rows.orders())).isEqualTo(orders);
        var commands = folded.commands().stream()
                .filter(command ->
                        rows.command(command.getCommandId()) != null || !Retention.isForgotten(command, time, RULES))
                .toList();
        assertThat(rows.commands()).hasSize(commands.size()).containsAll(commands);
        for (var execution : folded.executions()) {
            var row = rows.execution(execution.getOrderId(), execution.getExecutionId());
            if (row == null) {
                assertThat(Retention.isForgotten(execution, time, RULES)).isTrue();
            } else {
                assertThat(row).isEqualTo(execution);
            }
        }
        assertThat(List.copyOf(rows.quotas())).isEqualTo(List.copyOf(folded.quotas()));
        assertThat(rows.lots()).hasSameSizeAs(folded.lots()).containsAll(folded.lots());
        assertThat(List.copyOf(rows.transfers())).isEqualTo(List.copyOf(folded.transfers()));
        assertThat(account.getTransfersOnTheirWay()).isEqualTo(rows.transfers().size());
        rows.quotas().forEach(quota -> checkCounts(rows, quota));
        account.getPositions().forEach(position -> checkLots(rows, position));
        assertThat(List.copyOf(rows.suspendedFills())).isEqualTo(List.copyOf(folded.suspendedFills()));
        var open = whatIsOpen.get(account.getAccountId());
        assertThat(open.account()).isEqualTo(account);
        assertThat(List.copyOf(open.orders())).isEqualTo(rows.openOrders());
        assertThat(List.copyOf(open.suspendedFills())).isEqualTo(List.copyOf(folded.suspendedFills()));
        assertThat(account.getOpenOrders()).isEqualTo(rows.openOrders().size());
        assertThat(account.getSuspendedFills()).isEqualTo(rows.suspendedFills().size());
        for (var order : rows.orders()) {
            checkOrder(rows, order);
        }
    }

    /** What a quota counts is what is open. */
    private static void checkCounts(StoredRows rows, StrategyQuota quota) {
        var limits = quota.getQuota();
        if (limits.equals(Quota.newBuilder().build())) {
            return;
        }
        var open = rows.openOrders().stream()
                .filter(order ->
                        quota.getStrategy().isEmpty() || quota.getStrategy().equals(order.getStrategy()))
                .toList();
        assertThat(quota.getOpenOrders()).isEqualTo(open.size());
        for (var buying : quota.getBuying()) {
            var expected = open.stream()
                    .filter(order -> order.getSide() == Side.BUY && order.getQuantity() != null)
                    .filter(order -> order.getInstrument().equals(buying.getInstrument()))
                    .map(order -> BigInteger.valueOf(Math.max(0, order.getQuantity() - order.getFilledQuantity())))
                    .reduce(BigInteger.ZERO, BigInteger::add);
            assertThat(buying.getQuantity())
                    .isEqualTo(expected.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
        }
    }

    /** Lots are numbered without gap, and cost no more than the position. */
    private static void checkLots(StoredRows rows, Position position) {
        long cost = 0;
        for (long number = position.getOldestLot(); number < position.getNextLot(); number++) {
            var lot = rows.lot(position.getStrategy(), position.getInstrument(), number);
            assertThat(lot).as("lot %d of %s", number, position).isNotNull();
            cost += lot.getCost();
        }
        assertThat(cost).isLessThanOrEqualTo(position.getCostBasis());
        assertThat(rows.lots().stream()
                        .filter(lot -> lot.getStrategy().equals(position.getStrategy()))
                        .filter(lot -> lot.getInstrument().equals(position.getInstrument())))
                .hasSize((int) (position.getNextLot() - position.getOldestLot()));
    }

    /** An accepted order has reached the limits at most. */
    private void checkQuota(StoredRows rows, JournalEntry entry) {
        if (!(entry.getBody() instanceof OrderAccepted body)) {
            return;
        }
        for (var quota : rows.quotas()) {
            boolean isBound = quota.getStrategy().isEmpty()
                    || quota.getStrategy().equals(body.getPlace().getStrategy());
            var limits = quota.getQuota();
            if (isBound && limits.getMaxOpenOrders() != null) {
                tally.accept("within open orders");
                assertThat(quota.getOpenOrders()).isLessThanOrEqualTo(limits.getMaxOpenOrders());
            }
            if (isBound && limits.getMaxOrdersPerDay() != null) {
                assertThat(quota.getOrdersOfDay()).isLessThanOrEqualTo(limits.getMaxOrdersPerDay());
            }
        }
    }

    private static void checkOrder(StoredRows rows, Order order) {
        if (Orders.isOpen(order)) {
            assertThat(order.getClosedAt()).isNull();
            assertThat(order.getHeld()).isNotNegative();
        } else {
            assertThat(order.getHeld()).isZero();
            assertThat(order.getClosedAt()).isNotNull();
        }
        if (!Retention.isForgotten(order, rows.account().getAccountTime(), RULES)) {
            assertThat(order.getSuspendedFills())
                    .as("suspended fills of %s", order)
                    .isEqualTo(rows.suspendedFillsOf(order.getOrderId()).size());
        }
    }

    private FoldedAccount folded(String accountId) {
        var folded = audit.account(accountId);
        return folded == null ? new FoldedAccount(accountId) : folded;
    }

    /** From what an order was before to what an entry made it, and by which kind of entry. */
    private void tallyStatuses(StoredRows rows, Decision decision) {
        var statuses = new HashMap<String, String>();
        for (var entry : decision.entries()) {
            var order = entry.getOrder();
            if (order != null) {
                boolean isNew = entry.getBody() instanceof OrderAccepted || entry.getBody() instanceof OrderRejected;
                var known = rows.order(order.getOrderId());
                var before = statuses.getOrDefault(
                        order.getOrderId(),
                        known == null ? "" : known.getStatus().name());
                var after = order.getStatus().name();
                tally.accept(STATUS + (isNew ? "[*]" : before) + " --> " + after + ": " + kind(entry));
                statuses.put(order.getOrderId(), after);
            }
        }
    }

    private static String kind(JournalEntry entry) {
        return entry.getBody() instanceof FillSettled body && body.getFill().getKind() == FillKind.BUST
                ? "FillSettled (bust)"
                : JournalFold.kind(entry);
    }

    private void tallyEntry(JournalEntry entry) {
        tally.accept(entry.getBody().getClass().getSimpleName());
        if (entry.getBody() instanceof FillSettled body) {
            if (body.getFill().getKind() == FillKind.BUST) {
                tally.accept("taken back");
            }
            if (body.getLate()) {
                tally.accept("settled late");
            }
            if (body.getResolve() != null) {
                tally.accept("settled by an operator");
            } else if (body.getSuspendedSequence() != null) {
                tally.accept("settled by its order");
            }
        }
        if (entry.getBody() instanceof FillSuspended body) {
            tally.accept("suspended: " + body.getRejection().getReason());
        }
    }

    private void tallyAnswer(Decision decision) {
        var answer = decision.answer();
        if (answer == null) {
            answers.accept(isRefusal(decision.entries().getLast()) ? "not taken" : "taken");
        } else if (answer.repeated()) {
            tally.accept("repeated later");
        } else {
            answers.accept(answer.accepted() ? "taken" : "not taken");
            if (!answer.accepted()) {
                tally.accept("refused: " + answer.rejection().getReason());
            }
        }
        if (decision.entries().size() > 1 && decision.entries().getFirst().getBody() instanceof OrderExpired) {
            tally.accept("expired before a command");
        }
    }

    /** The answer names the entry that holds the decision, and that entry names the command. */
    private static void checkAnswer(Command command, Decision decision) {
        var answer = decision.answer();
        if (answer == null || answer.repeated()) {
            return;
        }
        assertThat(decision.entries())
                .filteredOn(entry -> entry.getSequence() == answer.sequence())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getCommandId()).isEqualTo(command.commandId());
                    assertThat(entry.getContentHash()).isEqualTo(command.contentHash());
                    assertThat(isRefusal(entry)).isEqualTo(!answer.accepted());
                });
    }

    private void remember(Object asked, Decision decision) {
        if (lastLines.size() == REMEMBERED_LINES) {
            lastLines.removeFirst();
        }
        lastLines.addLast(new Line(now, asked, decision));
    }

    /** What happened last, for whoever has to find out why something failed. */
    String lastLines() {
        return lastLines.stream().map(Line::toString).collect(Collectors.joining(System.lineSeparator()));
    }

    private static boolean isRefusal(JournalEntry entry) {
        return entry.getBody() instanceof OrderRejected
                || entry.getBody() instanceof CommandRejected
                || entry.getBody() instanceof FillSuspended
                || entry.getBody() instanceof TransferRefused;
    }

    private static boolean spendsId(Rejection rejection) {
        return ReasonCode.of(rejection.getReason()).spendsId();
    }

    private static Settled key(Fill fill) {
        return new Settled(fill.getAccountId(), fill.getOrderId(), fill.getExecutionId(), ContentHash.of(fill));
    }
}
