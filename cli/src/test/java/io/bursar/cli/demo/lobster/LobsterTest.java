package io.bursar.cli.demo.lobster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.demo.InMemoryBursar;
import io.bursar.cli.demo.SteppingClock;
import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.replay.Decisions;
import io.bursar.cli.demo.replay.Replay;
import io.bursar.cli.demo.replay.Sent;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import io.bursar.schemas.Trade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LobsterTest {
    /** One order that is executed in part, cancelled in part and deleted, one from before the file, one hidden, a halt. */
    private static final String SMALL_DAY = """
            34200.000000001,1,11,100,5853300,1
            34200.5,4,11,30,5853300,1
            34201,2,11,20,5853300,1
            34201.25,3,7,18,5853200,1
            34202,5,0,5,5853450,-1
            34203,7,-1,0,-1,-1
            34204.0,3,11,50,5853300,1
            """;

    @TempDir
    private Path folder;

    private final SteppingClock clock = new SteppingClock();
    private final Ids ids = new Ids("run");

    @Test
    void each_message_becomes_what_it_means_for_accounts() throws IOException {
        var flow = flow(SMALL_DAY);
        flow.openings();
        var trading = all(flow.trading());

        var placed = order(trading.get(0), PlaceOrder.class);
        assertThat(placed.getSide()).isEqualTo(Side.BUY);
        assertThat(placed.getQuantity()).isEqualTo(100);
        assertThat(placed.getLimitPrice()).isEqualTo(5_853_300);
        assertThat(placed.getInstrument()).isEqualTo("XNAS:AAPL");

        var taker = order(trading.get(1), PlaceOrder.class);
        assertThat(taker.getSide()).isEqualTo(Side.SELL);
        assertThat(taker.getQuantity()).isEqualTo(30);
        var trade = (Trade) trading.get(2).value();
        assertThat(trade.getBuyer().getOrderId()).isEqualTo(placed.getOrderId());
        assertThat(trade.getSeller().getOrderId()).isEqualTo(taker.getOrderId());
        assertThat(trade.getBuyer().getAccountId())
                .isNotEqualTo(trade.getSeller().getAccountId());
        assertThat(trade.getQuantity()).isEqualTo(30);

        // The new total, with the 30 that are executed already.
        assertThat(order(trading.get(3), AmendOrder.class).getQuantity()).isEqualTo(80);

        assertThat(order(trading.get(4), PlaceOrder.class).getSide()).isEqualTo(Side.SELL);
        assertThat(order(trading.get(5), PlaceOrder.class).getSide()).isEqualTo(Side.BUY);
        assertThat(((Trade) trading.get(6).value()).getPrice()).isEqualTo(5_853_450);

        assertThat(order(trading.get(7), CancelOrder.class).getOrderId()).isEqualTo(placed.getOrderId());
        assertThat(trading).hasSize(8);
        assertThat(flow.remarks())
                .containsExactly(
                        "Messages skipped, because their orders are from before the file: 1.",
                        "Executions of hidden orders, for which both orders were placed just before: 1.",
                        "Crosses and halts skipped, which are about no single order: 1.");
    }

    @Test
    void the_day_is_moved_so_that_it_ends_now() throws IOException {
        var flow = flow(SMALL_DAY);
        flow.openings();
        var now = clock.get().minusMillis(1);
        var trading = all(flow.trading());

        assertThat(at(trading.getLast())).isEqualTo(now);
        assertThat(at(trading.getFirst())).isEqualTo(now.minus(Duration.ofSeconds(4)));
    }

    @Test
    void a_partial_cancel_of_all_that_is_left_is_a_cancel() throws IOException {
        var flow = flow("""
                34200,1,11,100,5853300,1
                34200,4,11,40,5853300,1
                34201,2,11,60,5853300,1
                """);
        flow.openings();
        assertThat(order(all(flow.trading()).getLast(), CancelOrder.class).getOrderId())
                .isEqualTo("run-L11");
    }

    @Test
    void the_ledger_settles_the_whole_file() throws IOException, InterruptedException {
        var flow = flow(SMALL_DAY);
        var decisions = new Decisions(ids, Duration.ofMinutes(1));
        var bursar = new InMemoryBursar(flow, decisions, clock, 1);
        try (bursar) {
            for (var part : List.of(flow.openings(), flow.fundings(), flow.allocations(), flow.trading())) {
                new Replay(bursar.producer(), InMemoryBursar.TOPICS, decisions, new Sent()).run(part);
            }
        }
        assertThat(decisions.faults()).isEmpty();
        var tally = decisions.beginTally();
        assertThat(tally.ordersAccepted()).isEqualTo(4);
        assertThat(tally.fillsSettled()).isEqualTo(4);
        assertThat(tally.fillsSettledLate()).isZero();
        assertThat(tally.amended()).isOne();
        assertThat(tally.cancelled()).isOne();
        assertThat(tally.ordersOpen()).isZero();
        assertThat(bursar.audit().imbalances()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            34200,1,11,100,5853300        | the number of fields is "5"   | 6: time, type, order id
            34200,1,11,100,5853300,1,0    | the number of fields is "7"   | 6: time, type, order id
            9:30,1,11,100,5853300,1       | time is "9:30"                | seconds after midnight
            86400,1,11,100,5853300,1      | time is "86400"               | less than 86400
            34199,1,11,100,5853300,1      | time is "34199"               | no earlier than the time of the line before
            34200,8,11,100,5853300,1      | type is "8"                   | from 1 to 7
            34200,1,eleven,100,5853300,1  | order id is "eleven"          | a whole number
            34200,1,0,100,5853300,1       | order id is "0"               | at least 1
            34200,1,11,-100,5853300,1     | size is "-100"                | a whole number
            34200,1,11,0,5853300,1        | size is "0"                   | from 1 to 100000000
            34200,1,11,100,1.5,1          | price is "1.5"                | a whole number
            34200,1,11,100,5853300,0      | direction is "0"              | 1 (buy) or -1 (sell)
            34200,1,10,100,5853300,1      | order id is "10"              | one that was not used before
            34200,4,10,101,5853300,1      | size is "101"                 | at most 100, what order 10 has left
            """)
    void a_bad_line_is_told_with_file_line_field_value_and_rule(String line, String field, String rule)
            throws IOException {
        var text = "34200,1,10,100,5853300,1\n" + line + "\n";

        assertThatThrownBy(() -> flow(text))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("aapl-small.csv, line 2: " + field)
                .hasMessageContaining("must be")
                .hasMessageContaining(rule);
    }

    @Test
    void a_message_about_a_closed_order_is_told() {
        assertThatThrownBy(() -> flow("""
                        34200,1,10,100,5853300,1
                        34200,3,10,100,5853300,1
                        34200,3,10,100,5853300,1
                        """))
                .hasMessageContaining("line 3: order id is \"10\", but must be that of an order that is still open");
    }

    @Test
    void a_file_that_is_missing_or_empty_is_told() throws IOException {
        var empty = Files.createFile(folder.resolve("empty.csv"));

        assertThatThrownBy(() -> LobsterFile.read(folder.resolve("none.csv")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("none.csv does not exist");
        assertThatThrownBy(() -> LobsterFile.read(empty))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("holds no message");
    }

    @Test
    void a_binary_file_is_a_bad_line() throws IOException {
        var binary = Files.write(folder.resolve("day.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        assertThatThrownBy(() -> LobsterFile.read(binary)).isInstanceOf(CommandException.class);
    }

    private LobsterFlow flow(String text) throws IOException {
        var file = Files.writeString(folder.resolve("aapl-small.csv"), text);
        return new LobsterFlow(LobsterFile.read(file), 10, ids, clock);
    }

    private static List<Message> all(Iterator<Message> messages) {
        var all = new ArrayList<Message>();
        messages.forEachRemaining(all::add);
        return all;
    }

    private static <T> T order(Message message, Class<T> body) {
        return body.cast(((OrderCommand) message.value()).getBody());
    }

    private static Instant at(Message message) {
        return ((OrderCommand) message.value()).getOccurredAt();
    }
}
