package io.bursar.cli.demo.exchange;

import io.bursar.cli.demo.flow.Hold;
import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.flow.Messages;
import io.bursar.cli.demo.flow.Outcome;
import io.bursar.ledger.ReasonCode;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A small exchange: users who place, amend and cancel orders, one market per instrument that matches them by price and
 * time, another venue that fills some, and the mishaps of every day. What happens follows from the seed alone; only
 * times and the run's part of the ids differ. Whatever it lets happen, the ledger's answer is known beforehand.
 */
final class Exchange implements Iterator<Message> {
    private static final int PER_MILLE = 1_000;

    // What happens in one step, in so many of a thousand; in the others, an order is placed.
    private static final int REPEATS = 20;
    private static final int CANCELS = 100;
    private static final int AMENDMENTS = 60;
    private static final int OUTSIDE_FILLS = 150;

    // What an order that is placed is like, in so many of a thousand; the others are limit orders.
    private static final int PENNILESS = 50;
    private static final int OFF_GRID = 4;
    private static final int EXPIRING = 5;
    private static final int FILLED_BEFORE = 5;
    private static final int OUTSIDE = 120;
    private static final int MARKET = 150;

    /** One fill in so many steps is of an order that nobody has placed. */
    private static final int STEPS_PER_STRAY_FILL = 2_000;

    /** One cancel in so many comes after the order's last fill. */
    private static final int CANCELS_PER_LATE_ONE = 20;

    /** Long enough for a ledger that is a little behind, short enough to wait for. */
    private static final Duration SHORT_EXPIRY = Duration.ofSeconds(3);

    /** What is sent again is one of the last so many messages. */
    private static final int REMEMBERED_MESSAGES = 1_000;

    private final Population population;
    private final SplittableRandom random;
    private final Ids ids;
    private final Messages messages;
    private final Reports reports;
    private final Supplier<Instant> clock;
    private final Markets markets = new Markets();
    private final Drafts drafts;
    private final OpenOrders resting = new OpenOrders();
    private final OpenOrders outside = new OpenOrders();
    private final List<Message> recent = new ArrayList<>();
    private final Deque<Message> ready = new ArrayDeque<>();
    private BookOrder lastFilled;
    private int ordersLeft;

    /** @param clock gives the time of what happens, never going back, in whole microseconds */
    Exchange(
            Population population,
            int orders,
            SplittableRandom random,
            Ids ids,
            Messages messages,
            Supplier<Instant> clock) {
        this.population = population;
        this.ordersLeft = orders;
        this.random = random;
        this.ids = ids;
        this.messages = messages;
        this.reports = new Reports(ids, messages);
        this.clock = clock;
        this.drafts = new Drafts(markets, random, ids);
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || ordersLeft > 0;
    }

    @Override
    public Message next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the exchange has closed");
        }
        while (ready.isEmpty()) {
            step();
        }
        var message = ready.remove();
        if (!message.isRepeat()) {
            remember(message);
        }
        return message;
    }

    private void step() {
        var now = clock.get();
        if (random.nextInt(STEPS_PER_STRAY_FILL) == 0) {
            strayFill(now);
        }
        int chance = random.nextInt(PER_MILLE);
        if (chance < REPEATS) {
            repeat();
        } else if (chance < REPEATS + CANCELS) {
            cancel(now);
        } else if (chance < REPEATS + CANCELS + AMENDMENTS) {
            amend(now);
        } else if (chance < REPEATS + CANCELS + AMENDMENTS + OUTSIDE_FILLS) {
            fillOutside(now);
        } else {
            ordersLeft--;
            place(now);
        }
    }

    private void place(Instant now) {
        int chance = random.nextInt(PER_MILLE);
        if (chance < PENNILESS) {
            placeWithoutMoney(now);
            return;
        }
        int account = population.takeTurn(random.nextInt(population.size()));
        var listing = Population.listings(account).get(random.nextInt(2));
        chance -= PENNILESS;
        if (chance < OFF_GRID) {
            placeOffGrid(account, listing, now);
        } else if (chance < OFF_GRID + EXPIRING) {
            placeExpiring(account, listing, now);
        } else if (chance < OFF_GRID + EXPIRING + FILLED_BEFORE) {
            placeAfterFill(account, listing, now);
        } else if (chance < OFF_GRID + EXPIRING + FILLED_BEFORE + OUTSIDE) {
            placeOutside(account, listing, now);
        } else if (chance < OFF_GRID + EXPIRING + FILLED_BEFORE + OUTSIDE + MARKET) {
            placeMarket(account, listing, now);
        } else {
            placeLimit(account, listing, now);
        }
    }

    private void placeLimit(int account, Listing listing, Instant now) {
        var order = drafts.limit(account, listing, false);
        emit(messages.place(order.accountId, Drafts.placement(order, null), now, Outcome.ACCEPTED));
        enter(order, now);
    }

    private void placeOutside(int account, Listing listing, Instant now) {
        var order = drafts.limit(account, listing, true);
        emit(messages.place(order.accountId, Drafts.placement(order, null), now, Outcome.ACCEPTED));
        outside.add(order);
    }

    /** A BUY spends at most an amount, a SELL sells a quantity; what the book does not have is cancelled. */
    private void placeMarket(int account, Listing listing, Instant now) {
        var market = markets.of(listing);
        var accountId = Population.id(account);
        var orderId = ids.next("o");
        var strategy = Population.strategy(account, listing);
        int rate = Population.takerFeeRate(account);
        long quantity = drafts.quantity(listing);
        Taker taker;
        PlaceOrder place;
        if (random.nextBoolean()) {
            long notional = listing.money().reserved(quantity, market.move(random), rate);
            taker = new Taker.MarketBuy(orderId, accountId, rate, listing, notional);
            place = Drafts.marketPlacement(orderId, strategy, listing, Side.BUY, null, notional);
        } else {
            taker = new Taker.MarketSell(orderId, accountId, rate, quantity);
            place = Drafts.marketPlacement(orderId, strategy, listing, Side.SELL, quantity, null);
        }
        emit(messages.place(accountId, place, now, Outcome.ACCEPTED));
        var matches = trade(market, taker, now);
        if (matches.isEmpty()) {
            emit(messages.cancel(accountId, orderId, CancelCause.VENUE_CANCELLED, now));
        }
    }

    private void placeWithoutMoney(Instant now) {
        int account = random.nextInt(population.penniless());
        var listing = Listing.ALL.get(random.nextInt(Listing.ALL.size()));
        var order = drafts.atMarket(ids.next("o"), Population.pennilessId(account), listing);
        var reason = order.side == Side.BUY ? ReasonCode.INSUFFICIENT_FUNDS : ReasonCode.INSUFFICIENT_POSITION;
        emit(messages.place(order.accountId, Drafts.placement(order, null), now, Outcome.rejected(reason.text())));
    }

    /** A price between two ticks or a quantity between two lots, where the instrument has them. */
    private void placeOffGrid(int account, Listing listing, Instant now) {
        var order = drafts.limit(account, listing, false);
        ReasonCode reason;
        if (listing.tick() > 1) {
            order.limit++;
            reason = ReasonCode.PRICE_OFF_TICK;
        } else if (listing.lot() > 1) {
            order.quantity++;
            reason = ReasonCode.QUANTITY_OFF_LOT;
        } else {
            order.quantity = 0;
            reason = ReasonCode.QUANTITY_MUST_BE_POSITIVE;
        }
        emit(messages.place(order.accountId, Drafts.placement(order, null), now, Outcome.rejected(reason.text())));
    }

    /** Far from the market, so that nothing but time closes it. */
    private void placeExpiring(int account, Listing listing, Instant now) {
        var order = drafts.limit(account, listing, false);
        order.limit = order.side == Side.BUY ? listing.lowestPrice() : listing.highestPrice();
        emit(messages.placeExpiring(order.accountId, Drafts.placement(order, now.plus(SHORT_EXPIRY)), now));
    }

    /** The venue is quicker than the gateway. */
    private void placeAfterFill(int account, Listing listing, Instant now) {
        var order = drafts.limit(account, listing, true);
        long quantity = listing.onLot(order.quantity / 2) + listing.lot();
        var fill = reports.fill(order, Math.min(quantity, order.quantity), order.limit, false, false, now);
        order.fill(fill.getQuantity());
        emit(reports.suspended(fill, ReasonCode.UNKNOWN_ORDER.text()).held(Hold.NOT_AT_ALL));
        emit(messages.placeAfterFill(order.accountId, Drafts.placement(order, null), now, fill));
        if (order.rest() > 0) {
            outside.add(order);
        }
    }

    /** A venue reports a fill under an order id that is not the user's. */
    private void strayFill(Instant now) {
        int account = random.nextInt(population.size());
        var listing = Population.listings(account).getFirst();
        var order = drafts.atMarket(ids.next("u"), Population.id(account), listing);
        var fill = reports.fill(order, order.quantity, order.limit, false, true, now);
        emit(reports.suspended(fill, ReasonCode.UNKNOWN_ORDER.text()));
    }

    private void repeat() {
        if (!recent.isEmpty()) {
            emit(recent.get(random.nextInt(recent.size())).again());
        }
    }

    private void cancel(Instant now) {
        if (lastFilled != null && random.nextInt(CANCELS_PER_LATE_ONE) == 0) {
            emit(messages.cancelTooLate(lastFilled.accountId, lastFilled.id, now));
            lastFilled = null;
            return;
        }
        var orders = random.nextBoolean() ? resting : outside;
        if (!orders.isEmpty()) {
            var order = orders.pick(random);
            withdraw(order);
            emit(messages.cancel(order.accountId, order.id, CancelCause.USER, now));
        }
    }

    private void amend(Instant now) {
        var orders = random.nextBoolean() ? resting : outside;
        if (orders.isEmpty()) {
            return;
        }
        var order = orders.pick(random);
        withdraw(order);
        emit(messages.amend(order.accountId, changeTerms(order), now));
        if (order.outside) {
            outside.add(order);
        } else {
            enter(order, now);
        }
    }

    /** Less quantity, more, or another price. */
    private AmendOrder changeTerms(BookOrder order) {
        var listing = order.listing;
        switch (random.nextInt(3)) {
            case 0 -> order.quantity = order.filled + drafts.lots(order.rest() / listing.lot()) * listing.lot();
            case 1 -> {
                long room = (listing.largestQuantity() - order.quantity) / listing.lot();
                order.quantity += random.nextLong(room + 1) * listing.lot();
            }
            default -> {
                order.limit = drafts.price(listing, order.side);
                return new AmendOrder(order.id, null, order.limit);
            }
        }
        return new AmendOrder(order.id, order.quantity, null);
    }

    /** Some of an order, all of it, or the last that the venue will do of it. */
    private void fillOutside(Instant now) {
        if (outside.isEmpty()) {
            return;
        }
        var order = outside.pick(random);
        var listing = order.listing;
        long quantity = random.nextBoolean() ? order.rest() : drafts.lots(order.rest() / listing.lot()) * listing.lot();
        boolean last = random.nextInt(8) == 0;
        long improvement = random.nextLong(4) * listing.tick();
        long price = order.side == Side.BUY ? order.limit - improvement : order.limit + improvement;
        boolean inBase = listing.feesInBase() && order.side == Side.BUY && random.nextBoolean();
        emit(reports.settled(reports.fill(order, quantity, price, inBase, last, now)));
        order.fill(quantity);
        if (last || order.rest() == 0) {
            outside.remove(order);
            lastFilled = order;
        }
    }

    /** Matches the order with what is in the book; its rest stays there. */
    private void enter(BookOrder order, Instant now) {
        var market = markets.of(order.listing);
        trade(market, new Taker.Limit(order), now);
        if (order.rest() > 0) {
            market.rest(order);
            resting.add(order);
        } else {
            lastFilled = order;
        }
    }

    private List<Market.Match> trade(Market market, Taker taker, Instant now) {
        var matches = market.match(taker);
        int left = matches.size();
        for (var match : matches) {
            left--;
            boolean closesTaker = taker.isImmediate() && left == 0;
            emit(reports.trade(market.listing(), taker, match, closesTaker, now));
            if (match.maker().rest() == 0) {
                resting.remove(match.maker());
                lastFilled = match.maker();
            }
        }
        return matches;
    }

    private void withdraw(BookOrder order) {
        if (order.outside) {
            outside.remove(order);
        } else {
            resting.remove(order);
            markets.of(order.listing).withdraw(order);
        }
    }

    private void emit(Message message) {
        ready.add(message);
    }

    private void remember(Message message) {
        if (recent.size() < REMEMBERED_MESSAGES) {
            recent.add(message);
        } else {
            recent.set(random.nextInt(REMEMBERED_MESSAGES), message);
        }
    }
}
