package io.bursar.cli.demo.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.cli.demo.InMemoryBursar;
import io.bursar.cli.demo.SteppingClock;
import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.replay.Decisions;
import io.bursar.cli.demo.replay.Replay;
import io.bursar.cli.demo.replay.Sent;
import io.bursar.cli.demo.replay.Tally;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import io.bursar.schemas.Trade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedFlowTest {
    private static final int ACCOUNTS = 100;
    private static final int ORDERS = 5_000;

    private static GeneratedFlow flow(long seed, SteppingClock clock) {
        return new GeneratedFlow(ACCOUNTS, ORDERS, seed, new Ids("run"), clock);
    }

    private static List<Message> tradingOf(long seed) {
        var messages = new ArrayList<Message>();
        flow(seed, new SteppingClock()).trading().forEachRemaining(messages::add);
        return messages;
    }

    @Test
    void one_seed_gives_one_flow() {
        assertThat(tradingOf(7)).isEqualTo(tradingOf(7)).isNotEqualTo(tradingOf(8));
    }

    @Test
    void as_many_orders_are_placed_as_asked_for() {
        assertThat(tradingOf(1).stream().filter(message -> !message.isRepeat() && placed(message) != null))
                .hasSize(ORDERS);
    }

    @Test
    void what_is_sent_again_was_sent_before() {
        var before = new ArrayList<Object>();
        int repeats = 0;
        for (var message : tradingOf(2)) {
            if (message.isRepeat()) {
                assertThat(before).contains(message.value());
                repeats++;
            }
            before.add(message.value());
        }
        assertThat(repeats).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void no_order_fills_beyond_its_quantity_or_its_limit(long seed) {
        var book = new Book();
        for (var message : tradingOf(seed)) {
            if (!message.isRepeat()) {
                book.follow(message);
            }
        }
        assertThat(book.fills).isGreaterThan(ORDERS / 4);
        assertThat(book.partlyFilled()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void the_ledger_answers_as_the_flow_says_in_whatever_order_it_reads_the_topics(long seed)
            throws InterruptedException {
        var clock = new SteppingClock();
        var ids = new Ids("run");
        var flow = new GeneratedFlow(ACCOUNTS, ORDERS, seed, ids, clock);
        var decisions = new Decisions(ids, Duration.ofMinutes(1));
        var bursar = new InMemoryBursar(flow, decisions, clock, seed);
        Tally happened;
        try (bursar) {
            replay(bursar, decisions, flow.openings());
            replay(bursar, decisions, flow.fundings());
            replay(bursar, decisions, flow.allocations());
            decisions.beginTally();
            replay(bursar, decisions, flow.trading());
            happened = decisions.beginTally();
        }
        assertThat(decisions.faults()).isEmpty();
        assertThat(bursar.audit().violations()).isEmpty();
        assertThat(bursar.audit().imbalances()).isEmpty();
        assertThat(happened.ordersDecided()).isEqualTo(ORDERS);
        assertThat(happened.ordersRejected().get("insufficient_funds")).isBetween(ORDERS / 60L, ORDERS / 20L);
        assertThat(happened.ordersRejected()).containsKeys("insufficient_position", "price_off_tick");
        assertThat(happened.amended()).isPositive();
        assertThat(happened.cancelled()).isPositive();
        assertThat(happened.expired()).isPositive();
        assertThat(happened.fillsSettled()).isGreaterThan(ORDERS / 2);
        assertThat(happened.fillsSettledAfterWaiting()).isPositive();
        assertThat(happened.fillsStillSuspended()).isPositive();
        assertThat(happened.ordersOpen()).isPositive();
    }

    private static void replay(InMemoryBursar bursar, Decisions decisions, Iterator<Message> messages)
            throws InterruptedException {
        new Replay(bursar.producer(), InMemoryBursar.TOPICS, decisions, new Sent()).run(messages);
    }

    private static PlaceOrder placed(Message message) {
        return message.value() instanceof OrderCommand command && command.getBody() instanceof PlaceOrder place
                ? place
                : null;
    }

    /** What was ordered and what was filled of it, by the messages alone. */
    private static final class Book {
        final Map<String, PlaceOrder> orders = new HashMap<>();
        final Map<String, Long> filled = new HashMap<>();
        long fills;

        void follow(Message message) {
            switch (message.value()) {
                case OrderCommand command
                when command.getBody() instanceof PlaceOrder place -> orders.put(place.getOrderId(), place);
                case OrderCommand command when command.getBody() instanceof AmendOrder amend -> amend(amend);
                case Fill fill -> fill(fill.getOrderId(), fill.getSide(), fill.getQuantity(), fill.getPrice());
                case Trade trade -> {
                    fill(trade.getBuyer().getOrderId(), Side.BUY, trade.getQuantity(), trade.getPrice());
                    fill(trade.getSeller().getOrderId(), Side.SELL, trade.getQuantity(), trade.getPrice());
                }
                default -> {
                    // Cancels change neither quantity nor limit.
                }
            }
        }

        private void amend(AmendOrder amend) {
            var order = orders.get(amend.getOrderId());
            if (amend.getQuantity() != null) {
                assertThat(amend.getQuantity()).isGreaterThan(filled.getOrDefault(amend.getOrderId(), 0L));
                order.setQuantity(amend.getQuantity());
            }
            if (amend.getLimitPrice() != null) {
                order.setLimitPrice(amend.getLimitPrice());
            }
        }

        private void fill(String orderId, Side side, long quantity, long price) {
            var order = orders.get(orderId);
            long total = filled.merge(orderId, quantity, Long::sum);
            fills++;
            if (order == null) {
                return; // reported before its order, or of an order that nobody has placed
            }
            assertThat(side).isEqualTo(order.getSide());
            if (order.getQuantity() != null) {
                assertThat(total).isLessThanOrEqualTo(order.getQuantity());
            }
            if (order.getLimitPrice() != null) {
                long worse = side == Side.BUY ? price - order.getLimitPrice() : order.getLimitPrice() - price;
                assertThat(worse).isLessThanOrEqualTo(0);
            }
        }

        long partlyFilled() {
            return orders.values().stream()
                    .filter(order -> order.getQuantity() != null)
                    .filter(order -> filled.containsKey(order.getOrderId())
                            && filled.get(order.getOrderId()) < order.getQuantity())
                    .count();
        }
    }
}
