package io.bursar.cli.demo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.cli.demo.flow.Hold;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.flow.Target;
import io.bursar.schemas.Asset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldMessagesTest {
    private final HeldMessages held = new HeldMessages();
    private final List<String> sent = new ArrayList<>();

    @Test
    void messages_about_one_order_keep_their_order() {
        held.add(message("fill of O1", "O1"));
        held.add(message("cancel of O1", "O1"));
        held.add(message("cancel of O2", "O2"));

        release("cancel of O1", "cancel of O2");
        assertThat(sent).containsExactly("cancel of O2");

        release("fill of O1", "cancel of O1");
        assertThat(sent).containsExactly("cancel of O2", "fill of O1", "cancel of O1");
        assertThat(held.isEmpty()).isTrue();
    }

    @Test
    void a_trade_waits_behind_what_is_held_of_either_side() {
        held.add(message("amendment of O2", "O2"));
        var trade = message("trade", "O1", "O2");

        assertThat(held.concern(trade)).isTrue();
        held.add(trade);
        release("trade");
        assertThat(sent).isEmpty();
    }

    @Test
    void what_was_released_holds_nothing_back() {
        held.add(message("fill of O1", "O1"));
        release("fill of O1");

        assertThat(held.concern(message("cancel of O1", "O1"))).isFalse();
    }

    private void release(String... allowed) {
        held.release(message -> List.of(allowed).contains(message.key()), message -> sent.add(message.key()));
    }

    private static Message message(String name, String... orderIds) {
        return new Message(
                Target.ORDERS, name, new Asset("USD", 2), List.of(orderIds), Hold.UNTIL_COMMANDS_DECIDED, List.of());
    }
}
