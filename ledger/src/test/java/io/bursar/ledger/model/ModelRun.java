package io.bursar.ledger.model;

import static java.math.BigInteger.ZERO;

import io.bursar.ledger.Dice;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Some accounts, in the model and, if wanted, in the ledger beside it. How a step is done depends on its seed and on what
 * was done before; so a shorter list of steps is a run, too.
 */
final class ModelRun {
    static final int MOST_OPEN_ORDERS = 8;
    private static final int REMEMBERED_LINES = 14;

    /** One kind of step; {@code seed} decides how it is done. */
    record Step(Feature feature, long seed) {}

    private final Exchange exchange;
    private final ModelLedger model;
    private final LedgerBeside ledger;
    private final RandomRequests requests;
    private final Consumer<String> tally;
    private final Deque<Line> lastLines = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-03-02T00:00:00Z");
    private int asked;

    /** Written out only when somebody has to read it. */
    private record Line(Object asked, Object outcome) {
        @Override
        public String toString() {
            return asked + " → " + outcome;
        }
    }

    private ModelRun(Set<Feature> features, boolean isBesideTheLedger, Consumer<String> tally) {
        this.exchange = new Exchange(features.contains(Feature.MARKETS));
        this.model = new ModelLedger(exchange.reference, MOST_OPEN_ORDERS);
        this.ledger = isBesideTheLedger ? new LedgerBeside(exchange.reference, MOST_OPEN_ORDERS) : null;
        this.requests = new RandomRequests(model, exchange, features);
        this.tally = tally;
    }

    /** Runs model and ledger side by side; the answer is how many requests were compared. */
    static int compare(Set<Feature> features, List<Step> steps, Consumer<String> tally) {
        return new ModelRun(features, true, tally).run(steps);
    }

    /** Runs the model alone and checks what must always hold of it. */
    static int alone(Set<Feature> features, List<Step> steps, Consumer<String> tally) {
        return new ModelRun(features, false, tally).run(steps);
    }

    private int run(List<Step> steps) {
        try {
            requests.furnish("A1", now).forEach(this::ask);
            requests.furnish("A2", now).forEach(this::ask);
            steps.forEach(this::take);
            return asked;
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(
                    broken.getMessage() + System.lineSeparator() + "after" + System.lineSeparator()
                            + lastLines.stream()
                                    .map(Line::toString)
                                    .collect(Collectors.joining(System.lineSeparator())),
                    broken);
        }
    }

    private void take(Step step) {
        var dice = new Dice(step.seed());
        now = now.plusSeconds(dice.between(0, 30));
        switch (step.feature()) {
            case EXPIRE -> expire(dice);
            case LET_TIME_PASS -> letTimePass(dice);
            case LIST -> exchange.listTheUnlisted();
            default -> requests.draw(step.feature(), now, dice).forEach(this::ask);
        }
    }

    private void ask(Request request) {
        asked++;
        var expected = model.decide(request);
        remember(new Line(request, expected));
        requests.follow(request, expected);
        tallyOutcome(expected);
        if (request.body() instanceof Fill fill
                && fill.getKind() == FillKind.BUST
                && expected.entries().stream().anyMatch(entry -> entry.contains("FillSettled"))) {
            tally.accept("taken back");
        }
        if (ledger != null) {
            require(expected, ledger.decide(request));
        }
        check(request.accountId());
    }

    private void expire(Dice dice) {
        for (var account : RandomRequests.ACCOUNTS) {
            int atMost = (int) dice.between(1, 4);
            var expected = model.expire(account, now, atMost);
            remember(new Line("expire " + account + " at " + now, expected));
            expected.forEach(any -> tally.accept("OrderExpired by the timer"));
            if (ledger != null) {
                require(expected, ledger.expire(account, now, atMost));
            }
            check(account);
        }
    }

    /** Hours, or beyond the deadlines of orders, or beyond the windows in which things are remembered. */
    private void letTimePass(Dice dice) {
        if (dice.chance(70)) {
            now = now.plus(Duration.ofMinutes(dice.between(30, 2_880)));
        } else if (dice.chance(70)) {
            now = now.plus(Duration.ofHours(dice.between(120, 220)));
        } else {
            now = now.plus(Duration.ofDays(dice.between(25, 40)));
        }
    }

    private void check(String accountId) {
        var account = model.account(accountId);
        if (ledger == null) {
            checkAlone(account);
            return;
        }
        var differences = Comparison.of(account, ledger.account(accountId), ledger.books(accountId));
        if (!differences.isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), differences));
        }
    }

    /** Reserved is what orders hold, nobody owes, and nothing comes from nowhere. */
    private static void checkAlone(ModelAccount account) {
        var held = new TreeMap<ModelAccount.Key, BigInteger>();
        for (var order : account.openOrders()) {
            held.merge(new ModelAccount.Key(order.strategy(), order.heldAsset()), order.held, BigInteger::add);
        }
        Map<String, BigInteger> trialBalance = new TreeMap<>();
        account.balances.forEach((key, money) -> {
            require(held.getOrDefault(key, ZERO), money.reserved());
            if (money.reserved().signum() < 0 || money.available().signum() < 0 || !Amounts.fits(money.total())) {
                throw new AssertionError(key + " is " + money);
            }
            trialBalance.merge(key.of(), money.total(), BigInteger::add);
        });
        account.books.forEach((key, amount) -> trialBalance.merge(key.of(), amount, BigInteger::add));
        trialBalance.forEach((asset, sum) -> require(ZERO, sum));
        account.positions.forEach((key, position) -> {
            if (position.quantity.signum() < 0 || position.cost.signum() < 0) {
                throw new AssertionError(key + " has " + position.quantity + " at " + position.cost);
            }
        });
    }

    private static void require(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("model  " + expected + System.lineSeparator() + "ledger " + actual);
        }
    }

    private void tallyOutcome(Outcome outcome) {
        for (var entry : outcome.entries()) {
            var words = entry.split(" ", -1);
            tally.accept(words[1]);
            if (words[1].equals("FillSuspended")) {
                tally.accept("suspended: " + words[4]);
            }
            if (entry.endsWith(" late")) {
                tally.accept("FillSettled late");
            }
        }
        if (outcome.repeated()) {
            tally.accept("repeated");
        } else if (outcome.refusal() != null) {
            tally.accept("refused: " + outcome.refusal().reason());
        }
    }

    private void remember(Line line) {
        if (lastLines.size() == REMEMBERED_LINES) {
            lastLines.removeFirst();
        }
        lastLines.addLast(line);
    }

    /** The steps of one run, drawn by a seed. */
    static List<Step> steps(Set<Feature> features, long seed, int length) {
        var urn = new ArrayList<Feature>();
        for (var feature : features) {
            for (int i = 0; i < feature.weight; i++) {
                urn.add(feature);
            }
        }
        var dice = new SplittableRandom(seed);
        var steps = new ArrayList<Step>();
        for (int i = 0; i < length; i++) {
            steps.add(new Step(urn.get(dice.nextInt(urn.size())), dice.nextLong()));
        }
        return steps;
    }
}
