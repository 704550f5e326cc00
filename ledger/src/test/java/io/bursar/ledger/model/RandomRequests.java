package io.bursar.ledger.model;

import io.bursar.ledger.Dice;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Quota;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.Withdraw;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Draws what is asked next by dice and by looking at the model, so that most of it can succeed. */
final class RandomRequests {
    static final List<String> ACCOUNTS = List.of("A1", "A2", "A3");
    private static final List<String> STRATEGIES = List.of("alpha", "beta");

    private final ModelLedger model;
    private final Exchange exchange;
    private final Set<Feature> features;
    private final RandomTrading trading;
    private final List<Request> sent = new ArrayList<>();
    private final List<Request> planned = new ArrayList<>();
    private final List<Request> messages = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private int ids;

    RandomRequests(ModelLedger model, Exchange exchange, Set<Feature> features) {
        this.model = model;
        this.exchange = exchange;
        this.features = features;
        this.trading = new RandomTrading(exchange, features);
    }

    /** What is asked in one step of this kind; may be nothing. */
    List<Request> draw(Feature feature, Instant at, Dice dice) {
        now = at;
        var requests = drawn(feature, dice);
        sent.addAll(requests);
        return requests;
    }

    private List<Request> drawn(Feature feature, Dice dice) {
        var account = anyAccount(dice);
        return switch (feature) {
            case OPEN -> List.of(open(account, dice));
            case UPDATE_ACCOUNT -> List.of(command(account, update(dice)));
            case SUSPEND -> List.of(command(account, new SuspendAccount("review")));
            case RESUME -> List.of(command(stopped(dice), new ResumeAccount()));
            case CLOSE -> close(account, dice);
            case SET_LIMITS -> List.of(command(account, new SetLimits(quota(dice))));
            case SET_QUOTA -> List.of(command(account, new SetQuota(dice.oneOf(STRATEGIES), quota(dice))));
            case DEPOSIT -> List.of(command(account, deposit(dice), dice));
            case WITHDRAW -> List.of(command(account, withdraw(account, dice), dice));
            case ADJUST -> List.of(command(account, adjust(account, dice), dice));
            case ALLOCATE -> List.of(command(account, allocate(account, dice), dice));
            case TRANSFER -> List.of(command(account, transfer(account, dice), dice));
            case DELIVER_TRANSFER -> messages.isEmpty() ? List.of() : List.of(delivered(dice));
            case PLACE -> List.of(command(account, place(account, dice), dice));
            case PLACE_AFTER_FILL -> planned.isEmpty() ? List.of() : List.of(placeAfterFill(dice));
            case CANCEL -> List.of(command(account, cancel(account, dice), dice));
            case AMEND -> amend(account, dice);
            case EXTEND -> extend(account, dice);
            case FILL -> fill(account, ModelOrder::isOpen, dice);
            case FILL_LATE -> fill(account, order -> !order.isOpen(), dice);
            case FILL_ODDLY -> fillOddly(account, dice);
            case FILL_BEFORE_ORDER -> List.of(fillBeforeOrder(account, dice));
            case BUST -> bust(dice);
            case RESOLVE -> List.of(command(account, resolve(account, dice), dice));
            case SEND_AGAIN -> sent.isEmpty() ? List.of() : List.of(again(dice));
            case REUSE_AN_ID -> sent.isEmpty() ? List.of() : reuse(dice);
            case EXPIRE, LET_TIME_PASS, LIST, EXTREMES, MARKETS, REDUCE_ONLY, COSTED_DEPOSITS, FIFO -> List.of();
        };
    }

    /** An account that can trade at once. */
    List<Request> furnish(String accountId, Instant at) {
        now = at;
        var requests = new ArrayList<Request>();
        requests.add(command(
                accountId,
                new OpenAccount(
                        "owner",
                        accountId,
                        accountId.equals("A2") ? 1_500 : 0,
                        features.contains(Feature.FIFO) && accountId.equals("A2")
                                ? CostMethod.FIFO
                                : CostMethod.AVERAGE,
                        List.of(Exchange.MARKET))));
        for (var asset : Exchange.ASSETS) {
            requests.add(command(accountId, new Deposit(asset, exchange.usualAmount(asset) / 2, null, null)));
        }
        sent.addAll(requests);
        return requests;
    }

    private Request open(String account, Dice dice) {
        return command(
                dice.chance(70) ? "A3" : account,
                new OpenAccount(
                        "owner",
                        "name" + dice.between(0, 3),
                        dice.chance(90) ? (int) dice.between(0, 3_000) : dice.oneOf(-1, 1_000_000, 1_000_001),
                        features.contains(Feature.FIFO) ? dice.oneOf(CostMethod.values()) : CostMethod.AVERAGE,
                        dice.chance(50) ? List.of(Exchange.MARKET) : List.of()));
    }

    private static UpdateAccount update(Dice dice) {
        return new UpdateAccount(
                dice.chance(40) ? "name" + dice.between(0, 9) : null,
                dice.chance(50) ? dice.oneOf(List.of(List.of(), List.of(Exchange.MARKET))) : null,
                dice.chance(50) ? (Integer) (int) dice.between(-100, 3_000) : null);
    }

    private List<Request> close(String account, Dice dice) {
        var requests = new ArrayList<Request>();
        if (dice.chance(60)) {
            for (var order : model.account(account).openOrders()) {
                requests.add(command(account, new CancelOrder(order.id, CancelCause.ADMIN, "closing")));
            }
            for (var sequence : model.account(account).waiting.keySet()) {
                requests.add(command(account, new ResolveFill(sequence, Resolution.DISCARD, "closing", null)));
            }
            model.account(account).balances.forEach((key, money) -> {
                if (!key.strategy().isEmpty()) {
                    requests.add(command(
                            account,
                            new AllocateFunds(
                                    key.strategy(),
                                    key.of(),
                                    money.total().negate().longValueExact())));
                }
            });
            model.account(account).balances.forEach((key, money) -> {
                if (key.strategy().isEmpty() && dice.chance(90)) {
                    requests.add(command(account, new Withdraw(key.of(), total(account, key.of()))));
                }
            });
        }
        requests.add(command(account, new CloseAccount()));
        return requests;
    }

    private long total(String account, String asset) {
        return model.account(account).balances.entrySet().stream()
                .filter(entry -> entry.getKey().of().equals(asset))
                .map(entry -> entry.getValue().total())
                .reduce(BigInteger.ZERO, BigInteger::add)
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    private Quota quota(Dice dice) {
        var held = new ArrayList<PositionLimit>();
        var instrument = dice.oneOf(Exchange.INSTRUMENTS);
        if (dice.chance(25)) {
            return new Quota(null, null, List.of(), List.of(), List.of());
        }
        if (dice.chance(60)) {
            held.add(new PositionLimit(
                    instrument, dice.chance(3) ? -dice.between(0, 9) : 3 * exchange.quantity(instrument, dice)));
        }
        return new Quota(
                dice.chance(40) ? (Integer) (int) dice.between(dice.chance(3) ? -9 : 0, 8) : null,
                dice.chance(40) ? (Integer) (int) dice.between(dice.chance(3) ? -9 : 0, 12) : null,
                notionalLimits(40, dice),
                notionalLimits(20, dice),
                held);
    }

    private List<NotionalLimit> notionalLimits(long share, Dice dice) {
        if (dice.chance(50)) {
            return List.of();
        }
        var asset = dice.chance(3) ? Exchange.UNLISTED_ASSET : dice.oneOf("USD", "BTC", "SHARE");
        return List.of(new NotionalLimit(
                asset, dice.chance(3) ? -dice.between(0, 9) : dice.between(0, exchange.usualAmount(asset) / share)));
    }

    private Deposit deposit(Dice dice) {
        var asset = dice.chance(94) ? dice.oneOf(Exchange.ASSETS) : Exchange.UNLISTED_ASSET;
        long amount = dice.between(1, exchange.usualAmount(asset) / 2);
        if (dice.chance(5)) {
            amount = features.contains(Feature.EXTREMES) && dice.chance(60)
                    ? RandomTrading.huge(dice)
                    : dice.oneOf(0L, -1L);
        }
        var instrument = dice.oneOf(Exchange.INSTRUMENTS);
        var listed = exchange.listed(instrument);
        if (features.contains(Feature.COSTED_DEPOSITS) && listed != null && dice.chance(30)) {
            var costed = new Deposit(
                    listed.getBaseAsset(),
                    Math.min(amount, exchange.usualAmount(listed.getBaseAsset()) / 4),
                    instrument,
                    dice.between(0, exchange.usualAmount(listed.getQuoteAsset()) / 4));
            if (dice.chance(10)) {
                spoil(costed, dice);
            }
            return costed;
        }
        return new Deposit(asset, amount, null, null);
    }

    private void spoil(Deposit costed, Dice dice) {
        switch ((int) dice.between(0, features.contains(Feature.EXTREMES) ? 5 : 4)) {
            case 0 -> costed.setCostBasis(null);
            case 1 -> costed.setInstrument(null);
            case 2 -> costed.setAsset(dice.oneOf(Exchange.ASSETS));
            case 3 -> costed.setCostBasis(-dice.between(1, 9));
            case 4 -> costed.setInstrument("NONE-USD");
            default -> costed.setCostBasis(RandomTrading.huge(dice));
        }
    }

    private Withdraw withdraw(String account, Dice dice) {
        var asset = anyAsset(dice);
        return new Withdraw(asset, dice.chance(4) ? dice.oneOf(0L, -1L) : someOf(account, "", asset, dice));
    }

    private Adjust adjust(String account, Dice dice) {
        var asset = anyAsset(dice);
        long amount = dice.chance(5) ? 0 : someOf(account, "", asset, dice) / 4;
        if (features.contains(Feature.EXTREMES) && dice.chance(3)) {
            amount = dice.oneOf(Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 1);
        }
        return new Adjust(asset, dice.chance(60) && amount != Long.MIN_VALUE ? -amount : amount, "count");
    }

    private AllocateFunds allocate(String account, Dice dice) {
        var strategy = dice.oneOf(STRATEGIES);
        var asset = anyAsset(dice);
        boolean isGiven = dice.chance(70);
        long amount = dice.chance(3) ? 0 : someOf(account, isGiven ? "" : strategy, asset, dice);
        return new AllocateFunds(strategy, asset, isGiven ? amount : -amount);
    }

    private Transfer transfer(String account, Dice dice) {
        var asset = anyAsset(dice);
        var others = ACCOUNTS.stream().filter(other -> !other.equals(account)).toList();
        var to = dice.chance(5) ? account : dice.oneOf(others);
        return new Transfer(to, asset, dice.chance(4) ? dice.oneOf(0L, -1L) : someOf(account, "", asset, dice));
    }

    private Request delivered(Dice dice) {
        var message = messages.remove((int) dice.between(0, messages.size() - 1));
        if (dice.chance(10)) {
            messages.add(message);
        }
        return received(message, message.occurredAt());
    }

    private PlaceOrder place(String account, Dice dice) {
        return trading.place(nextId("O"), model.account(account), now, strategy(dice), dice);
    }

    private Request placeAfterFill(Dice dice) {
        var place = planned.remove((int) dice.between(0, planned.size() - 1));
        return received(place, dice.chance(70) ? place.occurredAt() : now);
    }

    private CancelOrder cancel(String account, Dice dice) {
        var order = anyOrder(account, dice.chance(10) ? any -> true : ModelOrder::isOpen, dice);
        return new CancelOrder(order == null ? "nobody's" : order.id, dice.oneOf(CancelCause.values()), null);
    }

    private List<Request> amend(String account, Dice dice) {
        Predicate<ModelOrder> isUsual =
                order -> order.isOpen() && order.placed.getType() == OrderType.LIMIT && order.notional == null;
        var order = anyOrder(account, dice.chance(8) ? any -> true : isUsual, dice);
        return order == null ? List.of() : List.of(command(account, trading.amend(order, dice), dice));
    }

    private List<Request> extend(String account, Dice dice) {
        var order = anyOrder(account, dice.chance(8) ? any -> true : ModelOrder::isOpen, dice);
        if (order == null) {
            return List.of();
        }
        var deadline = switch ((int) dice.between(0, 5)) {
            case 0 -> order.placedAt.plus(Duration.ofDays(30)).plusNanos(1_000 * dice.between(0, 1));
            case 1 -> model.account(account).time.plusNanos(1_000 * dice.between(0, 1));
            default -> now.plus(Duration.ofHours(dice.between(-1, 500)));
        };
        return List.of(command(account, new ExtendOrder(order.id, deadline), dice));
    }

    private List<Request> fill(String account, Predicate<ModelOrder> isWanted, Dice dice) {
        var order = anyOrder(account, isWanted, dice);
        if (order == null) {
            return List.of(command(account, place(account, dice), dice));
        }
        return List.of(fill(trading.fill(account, nextId("E"), order, happened(dice), dice)));
    }

    private List<Request> fillOddly(String account, Dice dice) {
        var order = anyOrder(account, any -> true, dice);
        if (order == null) {
            return List.of();
        }
        var fill = trading.fill(account, nextId("E"), order, happened(dice), dice);
        trading.spoil(fill, order, dice);
        return List.of(fill(fill));
    }

    private Request fillBeforeOrder(String account, Dice dice) {
        var order = new ModelOrder(place(account, dice), now);
        var listed = exchange.listed(order.placed.getInstrument());
        if (listed != null) {
            order.terms = exchange.reference.terms(listed);
        }
        planned.add(command(account, order.placed));
        return fill(trading.fill(account, nextId("E"), order, happened(dice), dice));
    }

    /** Takes an execution back that came before, mostly as it was. */
    private List<Request> bust(Dice dice) {
        var fills = sent.stream()
                .map(Request::body)
                .filter(Fill.class::isInstance)
                .map(Fill.class::cast)
                .filter(fill -> dice.chance(10) || isSettled(fill))
                .toList();
        if (fills.isEmpty()) {
            return List.of();
        }
        var bust = SpecificData.get().deepCopy(Fill.getClassSchema(), dice.oneOf(fills));
        bust.setKind(FillKind.BUST);
        bust.setOccurredAt(happened(dice));
        if (dice.chance(5)) {
            bust.setQuantity(bust.getQuantity() + 1);
        }
        return List.of(fill(bust));
    }

    private boolean isSettled(Fill fill) {
        var execution = model.account(fill.getAccountId()).executions.get(ModelFills.key(fill));
        return execution != null && execution.isSettled;
    }

    private ResolveFill resolve(String account, Dice dice) {
        var waiting = model.account(account).waiting.keySet();
        long sequence = waiting.isEmpty() || dice.chance(5) ? dice.between(1, 50) : dice.oneOf(waiting);
        return new ResolveFill(
                sequence,
                dice.chance(70) ? Resolution.SETTLE : Resolution.DISCARD,
                "checked",
                dice.chance(15) ? dice.oneOf("", "alpha") : null);
    }

    /** The same at another time is the same, as long as it is remembered. */
    private Request again(Dice dice) {
        var request = dice.oneOf(sent);
        var occurredAt = dice.chance(40) ? now : request.occurredAt();
        if (request.body() instanceof Fill fill) {
            var again = SpecificData.get().deepCopy(Fill.getClassSchema(), fill);
            again.setOccurredAt(occurredAt);
            return fill(again);
        }
        boolean isTold = request.body() instanceof TransferArrival || request.body() instanceof TransferOutcome;
        return received(request, isTold ? request.occurredAt() : occurredAt);
    }

    private List<Request> reuse(Dice dice) {
        var request = dice.oneOf(sent);
        SpecificRecord other = SpecificData.get().deepCopy(request.body().getSchema(), request.body());
        switch (other) {
            case Deposit deposit -> deposit.setAmount(deposit.getAmount() ^ 1);
            case Withdraw withdraw -> withdraw.setAmount(withdraw.getAmount() ^ 1);
            case Adjust adjust -> adjust.setReason("another");
            case CancelOrder cancel -> cancel.setReason("another");
            case Transfer transfer -> transfer.setAmount(transfer.getAmount() ^ 1);
            case PlaceOrder place -> place.setExpiresAt(now.plusSeconds(dice.between(60, 100_000)));
            case Fill fill -> {
                fill.setPrice(fill.getPrice() ^ 1);
                fill.setOccurredAt(happened(dice));
                return List.of(fill(fill));
            }
            default -> {
                return List.of();
            }
        }
        return List.of(new Request(request.accountId(), request.commandId(), now, now, other));
    }

    private Request command(String account, SpecificRecord body) {
        return new Request(account, nextId("C"), now, now, body);
    }

    private Request command(String account, SpecificRecord body, Dice dice) {
        return new Request(account, nextId("C"), happened(dice), now, body);
    }

    private Request fill(Fill fill) {
        return new Request(fill.getAccountId(), null, fill.getOccurredAt(), now, fill);
    }

    private Request received(Request request, Instant occurredAt) {
        return new Request(request.accountId(), request.commandId(), occurredAt, now, request.body());
    }

    /** Mostly now; sometimes late, rarely too late or too early. */
    private Instant happened(Dice dice) {
        if (dice.chance(85)) {
            return now;
        }
        return switch ((int) dice.between(0, 6)) {
            case 0 -> now.minus(Duration.ofHours(dice.between(1, 200)));
            case 1 -> now.minus(Duration.ofDays(dice.between(5, 45)));
            case 2 -> now.plus(Duration.ofMinutes(dice.between(4, 7)));
            case 3 -> now.plus(ModelLedger.FUTURE_TOLERANCE).plusNanos(1_000 * dice.between(0, 1));
            default -> now.minus(Duration.ofSeconds(dice.between(1, 600)));
        };
    }

    private ModelOrder anyOrder(String account, Predicate<ModelOrder> isWanted, Dice dice) {
        var orders =
                model.account(account).orders.values().stream().filter(isWanted).toList();
        return orders.isEmpty() ? null : dice.oneOf(orders);
    }

    private long someOf(String account, String strategy, String asset, Dice dice) {
        var available = model.account(account).balance(strategy, asset).available();
        if (dice.chance(10)) {
            return available
                    .add(BigInteger.ONE)
                    .min(BigInteger.valueOf(Long.MAX_VALUE))
                    .longValueExact();
        }
        long most = available.longValueExact();
        return dice.chance(5) ? Math.max(1, most) : dice.between(1, Math.max(1, most / 4));
    }

    private String stopped(Dice dice) {
        var stopped = ACCOUNTS.stream()
                .filter(account -> model.account(account).status == ModelAccount.Status.SUSPENDED
                        || model.account(account).status == ModelAccount.Status.CLOSED)
                .toList();
        return stopped.isEmpty() ? dice.oneOf(ACCOUNTS) : dice.oneOf(stopped);
    }

    private String strategy(Dice dice) {
        return dice.chance(features.contains(Feature.ALLOCATE) ? 20 : 2) ? dice.oneOf(STRATEGIES) : "";
    }

    private static String anyAccount(Dice dice) {
        return dice.chance(10) ? "A3" : dice.oneOf("A1", "A2");
    }

    private static String anyAsset(Dice dice) {
        return dice.chance(97) ? dice.oneOf(Exchange.ASSETS) : Exchange.UNLISTED_ASSET;
    }

    private String nextId(String prefix) {
        ids++;
        return prefix + ids;
    }

    /** What the destination of a transfer is told, and what the source is told then. */
    void follow(Request request, Outcome outcome) {
        if (outcome.repeated()) {
            return;
        }
        if (request.body() instanceof Transfer transfer && outcome.refusal() == null) {
            int scale = exchange.reference.assets.get(transfer.getAsset()).getScale();
            messages.add(new Request(
                    transfer.getToAccountId(),
                    null,
                    request.occurredAt(),
                    now,
                    new TransferArrival(
                            request.accountId(),
                            request.commandId(),
                            transfer.getAsset(),
                            scale,
                            transfer.getAmount())));
        }
        if (request.body() instanceof TransferArrival arrival) {
            var reason = outcome.refusal() == null ? null : outcome.refusal().reason();
            messages.add(new Request(
                    arrival.getFromAccountId(),
                    null,
                    request.occurredAt(),
                    now,
                    new TransferOutcome(request.accountId(), arrival.getTransferId(), reason)));
        }
    }
}
