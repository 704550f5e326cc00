package io.bursar.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import io.bursar.schemas.Fill;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.PlaceOrder;
import io.bursar.topology.topics.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TradingFlowTest {
    private static final int COMMANDS = 100_000;
    private static final Topics TOPICS = new Topics("bench.", 4, 1);

    @Test
    void half_are_orders_half_are_fills_and_some_are_refused_or_repeated() {
        var flow = flow(Mix.USUAL);
        messages(flow, COMMANDS);

        var sent = flow.sent();

        assertThat(sent.commands()).isEqualTo(COMMANDS);
        assertThat(sent.settled()).isCloseTo(sent.accepted() - Mix.USUAL.openOrders(), offset(1L));
        assertThat(sent.rejected()).isCloseTo((sent.accepted() + sent.rejected()) / 20, withPercentage(10));
        assertThat(sent.repeated()).isCloseTo(COMMANDS / 100L, withPercentage(10));
    }

    @Test
    void a_fill_comes_far_behind_its_order_and_closes_it() {
        var placed = new HashMap<String, Integer>();
        var filled = new HashSet<String>();
        var messages = messages(flow(Mix.distinct(2_000)), COMMANDS);
        for (int i = 0; i < messages.size(); i++) {
            switch (messages.get(i).value()) {
                case OrderCommand order -> placed.put(((PlaceOrder) order.getBody()).getOrderId(), i);
                case Fill fill -> {
                    assertThat(filled.add(fill.getOrderId())).isTrue();
                    assertThat(i - placed.get(fill.getOrderId())).isGreaterThanOrEqualTo(2_000);
                    assertThat(fill.getQuantity()).isEqualTo(Market.QUANTITY);
                }
                default -> throw new AssertionError(messages.get(i));
            }
        }
        assertThat(filled).hasSizeGreaterThan(COMMANDS / 3);
    }

    @Test
    void a_repeat_is_the_same_message() {
        Message last = null;
        int repeats = 0;
        for (var message : messages(flow(Mix.USUAL), COMMANDS)) {
            repeats += message.equals(last) ? 1 : 0;
            last = message;
        }
        assertThat(repeats).isPositive();
    }

    @Test
    void the_same_name_makes_the_same_flow() {
        assertThat(messages(flow(Mix.USUAL), 5_000)).isEqualTo(messages(flow(Mix.USUAL), 5_000));
    }

    @Test
    void what_was_sent_since_then_is_a_difference() {
        assertThat(new Sent(5, 4, 3, 2).since(new Sent(1, 1, 1, 1))).isEqualTo(new Sent(4, 3, 2, 1));
    }

    private static TradingFlow flow(Mix mix) {
        return new TradingFlow(TOPICS, "test", mix, Distribution.UNIFORM, 1_000);
    }

    private static List<Message> messages(TradingFlow flow, int count) {
        var messages = new ArrayList<Message>();
        for (int i = 0; i < count; i++) {
            messages.add(flow.next(Instant.EPOCH));
        }
        return messages;
    }
}
