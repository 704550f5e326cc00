package io.bursar.ledger.model;

import static java.math.BigInteger.ZERO;

import io.bursar.ledger.AccountInMemory;
import io.bursar.schemas.Balance;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.FeesPaid;
import io.bursar.schemas.Lot;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.Order;
import io.bursar.schemas.Position;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.state.InTransit;
import io.bursar.schemas.state.StrategyQuota;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Everything in which an account of the model and the ledger's rows of it differ. */
final class Comparison {
    private final ModelAccount model;
    private final AccountInMemory rows;
    private final List<String> differences = new ArrayList<>();

    private Comparison(ModelAccount model, AccountInMemory rows) {
        this.model = model;
        this.rows = rows;
    }

    static List<String> of(ModelAccount model, AccountInMemory rows, Map<ModelAccount.Key, BigInteger> books) {
        var comparison = new Comparison(model, rows);
        comparison.account();
        comparison.balances();
        comparison.positions();
        comparison.lots();
        comparison.orders();
        comparison.suspended();
        comparison.quotas();
        comparison.transfers();
        comparison.expect("account", "books", withoutZeros(model.books), withoutZeros(books));
        return comparison.differences;
    }

    private void account() {
        var account = rows.account();
        expect(model.id, "status", model.status.name(), account.getStatus().name());
        expect(model.id, "owner", model.owner, account.getOwner());
        expect(model.id, "name", model.name, account.getName());
        expect(model.id, "takerFeeRate", model.takerFeeRate, account.getTakerFeeRate());
        expect(model.id, "costMethod", model.fifo, account.getCostMethod() == CostMethod.FIFO);
        expect(model.id, "marketPermissions", model.markets, Set.copyOf(account.getMarketPermissions()));
        expect(model.id, "accountTime", model.time, account.getAccountTime());
        expect(model.id, "sequence", model.sequence, account.getSequence());
        expect(model.id, "openOrders", model.openOrders().size(), account.getOpenOrders());
        expect(model.id, "suspendedFills", model.waiting.size(), account.getSuspendedFills());
    }

    private void balances() {
        var money = new TreeMap<ModelAccount.Key, ModelAccount.Money>();
        for (Balance balance : rows.account().getBalances()) {
            money.put(
                    new ModelAccount.Key(balance.getStrategy(), balance.getAsset()),
                    new ModelAccount.Money(Amounts.of(balance.getTotal()), Amounts.of(balance.getReserved())));
        }
        var keys = new TreeMap<>(money);
        keys.putAll(model.balances);
        for (var key : keys.keySet()) {
            expect(
                    key,
                    "balance",
                    model.balances.getOrDefault(key, ModelAccount.Money.NONE),
                    money.getOrDefault(key, ModelAccount.Money.NONE));
        }
    }

    private void positions() {
        var positions = new HashMap<ModelAccount.Key, Position>();
        for (Position position : rows.account().getPositions()) {
            positions.put(new ModelAccount.Key(position.getStrategy(), position.getInstrument()), position);
        }
        expect(model.id, "positions", model.positions.keySet(), positions.keySet());
        model.positions.forEach((key, position) -> {
            var other = positions.get(key);
            if (other != null) {
                position(key, position, other);
            }
        });
    }

    private void position(ModelAccount.Key what, ModelPosition position, Position other) {
        expectAmount(what, "quantity", position.quantity, other.getQuantity());
        expectAmount(what, "costBasis", position.cost, other.getCostBasis());
        expectAmount(what, "realizedPnl", position.realized, other.getRealizedPnl());
        expectAmount(what, "uncoveredQuantity", position.uncovered, other.getUncoveredQuantity());
        var fees = new TreeMap<String, BigInteger>();
        for (FeesPaid paid : other.getFeesPaid()) {
            fees.put(paid.getAsset(), Amounts.of(paid.getAmount()));
        }
        expect(what, "feesPaid", withoutZeros(position.fees), withoutZeros(fees));
    }

    private void lots() {
        var expected = new TreeMap<ModelAccount.Key, List<ModelPosition.Lot>>();
        model.positions.forEach((key, position) -> {
            if (!position.lots.isEmpty()) {
                expected.put(key, List.copyOf(position.lots));
            }
        });
        var lots = new TreeMap<ModelAccount.Key, List<ModelPosition.Lot>>();
        rows.lots().stream().sorted(Comparator.comparingLong(Lot::getNumber)).forEach(lot -> {
            var key = new ModelAccount.Key(lot.getStrategy(), lot.getInstrument());
            lots.computeIfAbsent(key, any -> new ArrayList<>())
                    .add(new ModelPosition.Lot(Amounts.of(lot.getQuantity()), Amounts.of(lot.getCost())));
        });
        expect(model.id, "lots", expected, lots);
    }

    private void orders() {
        var others = new HashMap<String, Order>();
        for (Order order : rows.orders()) {
            others.put(order.getOrderId(), order);
        }
        for (var order : model.orders.values()) {
            var other = others.remove(order.id);
            if (other == null) {
                differences.add("order " + order.id + " is missing");
            } else {
                order(order.id, order, other);
            }
        }
        others.values().removeIf(this::isForgotten);
        expect(model.id, "orders that the model does not know", List.of(), List.copyOf(others.keySet()));
    }

    /** The rows forget nothing by themselves. */
    private boolean isForgotten(Order order) {
        return order.getClosedAt() != null
                && order.getSuspendedFills() == 0
                && order.getClosedAt().plus(ModelAccount.ORDER_MEMORY).isBefore(model.time);
    }

    private void order(String what, ModelOrder order, Order other) {
        expect(what, "status", order.status.name(), other.getStatus().name());
        expectAmount(what, "held", order.held, other.getHeld());
        expectAmount(what, "filledQuantity", order.filledQuantity, other.getFilledQuantity());
        expectAmount(what, "filledNotional", order.filledNotional, other.getFilledNotional());
        expectAmount(what, "quantity", order.quantity, other.getQuantity());
        expectAmount(what, "limitPrice", order.limit, other.getLimitPrice());
        expectAmount(what, "largestQuantity", order.largestQuantity, other.getLargestQuantity());
        expectAmount(what, "loosestLimit", order.loosestLimit, other.getLoosestLimit());
        expect(what, "placedAt", order.placedAt, other.getPlacedAt());
        expect(what, "closedAt", order.closedAt, other.getClosedAt());
        expect(what, "suspendedFills", (int) model.waitingOf(order.id), other.getSuspendedFills());
        expect(what, "decidedSequence", order.decidedSequence, other.getDecidedSequence());
        expect(what, "refusal", order.refusal, LedgerBeside.refusal(other.getRejection()));
        if (order.status != ModelOrder.Status.REJECTED) {
            expect(what, "expiresAt", order.expiresAt, other.getExpiresAt());
            expect(what, "takerFeeRate", order.takerFeeRate, other.getTakerFeeRate());
        }
    }

    private void suspended() {
        var others = new TreeMap<Long, SuspendedFill>();
        rows.suspendedFills().forEach(fill -> others.put(fill.getSequence(), fill));
        expect(model.id, "suspended fills", model.waiting.keySet(), others.keySet());
        model.waiting.forEach((sequence, waits) -> {
            var other = others.get(sequence);
            if (other != null) {
                expect(
                        sequence,
                        "suspended execution",
                        waits.fill().getExecutionId(),
                        other.getFill().getExecutionId());
                expect(sequence, "suspended at", waits.at(), other.getOccurredAt());
                expect(sequence, "suspended for", waits.refusal(), LedgerBeside.refusal(other.getRejection()));
            }
        });
    }

    private void quotas() {
        var others = new TreeMap<String, StrategyQuota>();
        for (StrategyQuota quota : rows.quotas()) {
            others.put(quota.getStrategy(), quota);
        }
        others.values().removeIf(quota -> new ModelQuota(quota.getQuota(), null).isUnlimited());
        expect(model.id, "quotas", model.quotas.keySet(), others.keySet());
        expect(model.id, "number of quotas", model.quotas.size(), rows.account().getQuotas());
        model.quotas.forEach((strategy, quota) -> {
            var other = others.get(strategy);
            if (other != null) {
                quota("quota " + strategy, quota, other);
            }
        });
    }

    /** What was counted of a day that is over does not count. */
    private void quota(String what, ModelQuota quota, StrategyQuota other) {
        boolean isOfDay = other.getDay()
                == model.time.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
        expect(what, "bounds", quota.bounds(), other.getQuota());
        expectAmount(
                what, "openOrders", ModelLimits.openOrders(model, other.getStrategy()), (long) other.getOpenOrders());
        expectAmount(what, "ordersOfDay", quota.ordersOn(model.time), isOfDay ? other.getOrdersOfDay() : 0L);
        for (NotionalLimit counted : other.getNotionalOfDay()) {
            var asset = counted.getAsset();
            expectAmount(
                    asset, "notionalOfDay", quota.notionalOn(model.time, asset), isOfDay ? counted.getAmount() : 0L);
        }
        for (PositionLimit counted : other.getBuying()) {
            var instrument = counted.getInstrument();
            var buying = ModelLimits.buying(model, other.getStrategy(), instrument);
            expectAmount(instrument, "buying", buying, counted.getQuantity());
        }
    }

    private void transfers() {
        var others = new TreeMap<String, ModelAccount.Transfer>();
        for (TransferOnItsWay transfer : rows.transfers()) {
            var amount = Amounts.of(transfer.getAmount());
            others.put(
                    transfer.getTransferId(),
                    new ModelAccount.Transfer(transfer.getToAccountId(), transfer.getAsset(), amount));
        }
        expect(model.id, "transfers", model.onTheirWay, others);
        expect(
                model.id,
                "transfersOnTheirWay",
                model.onTheirWay.size(),
                rows.account().getTransfersOnTheirWay());
        var amounts = new TreeMap<String, BigInteger>();
        for (InTransit sent : rows.account().getInTransit()) {
            amounts.put(sent.getAsset(), Amounts.of(sent.getAmount()));
        }
        var expected = new TreeMap<String, BigInteger>();
        model.onTheirWay.values().forEach(sent -> expected.merge(sent.asset(), sent.amount(), BigInteger::add));
        expect(model.id, "inTransit", expected, amounts);
    }

    private void expectAmount(Object of, String what, BigInteger expected, Long actual) {
        boolean isEqual =
                expected == null ? actual == null : actual != null && expected.equals(BigInteger.valueOf(actual));
        if (!isEqual) {
            expect(of, what, expected, Amounts.ofNullable(actual));
        }
    }

    private void expect(Object of, String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            differences.add(of + " " + what + ": model " + expected + ", ledger " + actual);
        }
    }

    private static <K> Map<K, BigInteger> withoutZeros(Map<K, BigInteger> amounts) {
        var result = new TreeMap<>(amounts);
        result.values().removeIf(ZERO::equals);
        return result;
    }
}
