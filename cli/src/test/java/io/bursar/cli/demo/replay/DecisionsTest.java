package io.bursar.cli.demo.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.demo.flow.Hold;
import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.flow.Messages;
import io.bursar.cli.demo.flow.Outcome;
import io.bursar.ledger.Accounts;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.FundsDeposited;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final String ACCOUNT = "A1";

    private final Ids ids = new Ids("run");
    private final Messages messages = new Messages(ids);
    private final Decisions decisions = new Decisions(ids, Duration.ofMillis(50));

    @Test
    void nothing_is_wrong_when_everything_is_decided_as_expected() throws InterruptedException {
        var order = order();
        decisions.expect(order);
        var deposit = messages.deposit(ACCOUNT, "USD", 100, NOW);
        decisions.expect(deposit);
        decisions.observe(List.of(
                entry(null, new OrderAccepted(placeOf(order))),
                entry(
                        ((BalanceUpdate) deposit.value()).getCommandId(),
                        new FundsDeposited(new Deposit("USD", 100L, null, null)))));

        decisions.awaitAll();
        assertThat(decisions.faults()).isEmpty();
        assertThat(decisions.decided()).isEqualTo(2);
        assertThat(decisions.beginTally().ordersAccepted()).isOne();
    }

    @Test
    void what_is_never_decided_is_named() {
        decisions.expect(order());

        assertThatThrownBy(decisions::awaitAll)
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Decisions that are missing: 1")
                .hasMessageContaining("order run-o1 of account A1");
    }

    @Test
    void another_decision_than_expected_is_told() {
        var order = order();
        decisions.expect(order);
        decisions.observe(List.of(entry(null, new OrderRejected(placeOf(order), because("insufficient_funds")))));

        assertThat(decisions.faults())
                .singleElement()
                .asString()
                .contains("order run-o1 of account A1", "rejected (insufficient_funds)", "should have been accepted");
    }

    @Test
    void a_second_decision_of_the_same_order_is_told() {
        var order = order();
        decisions.expect(order);
        var accepted = entry(null, new OrderAccepted(placeOf(order)));
        decisions.observe(List.of(accepted, accepted));

        assertThat(decisions.faults()).singleElement().asString().contains("decided again");
    }

    @Test
    void decisions_of_other_runs_are_ignored() {
        var foreign = new PlaceOrder("other-o1", "BTC-USD", Side.BUY, OrderType.LIMIT, 1L, 1L, null, null, "", false);
        decisions.observe(List.of(entry(null, new OrderAccepted(foreign))));

        assertThat(decisions.faults()).isEmpty();
        assertThat(decisions.decided()).isZero();
    }

    @Test
    void a_message_sent_again_is_not_waited_for() throws InterruptedException {
        decisions.expect(order().again());

        decisions.awaitAll();
        assertThat(decisions.outstanding()).isZero();
    }

    @Test
    void an_expiry_is_waited_for_unless_its_order_was_refused() throws InterruptedException {
        var accepted = messages.placeExpiring(ACCOUNT, place(ids.next("o")), NOW);
        var refused = messages.placeExpiring(ACCOUNT, place(ids.next("o")), NOW);
        decisions.expect(accepted);
        decisions.expect(refused);
        decisions.observe(List.of(
                entry(null, new OrderAccepted(placeOf(accepted))),
                entry(null, new OrderRejected(placeOf(refused), because("expiry_must_be_in_the_future")))));

        assertThatThrownBy(decisions::awaitAll)
                .hasMessageContaining("Decisions that are missing: 1")
                .hasMessageContaining("expiry of the order " + placeOf(accepted).getOrderId());
        decisions.observe(List.of(entry(null, new OrderExpired(placeOf(accepted).getOrderId()))));
        decisions.awaitAll();
        assertThat(decisions.faults()).isEmpty();
    }

    @Test
    void a_fill_goes_out_once_the_commands_of_its_order_are_decided() {
        var order = order();
        var fill = messages.fill(fillOf(order), Outcome.SETTLED);
        decisions.expect(order);

        assertThat(decisions.allows(fill)).isFalse();
        decisions.observe(List.of(entry(null, new OrderAccepted(placeOf(order)))));
        assertThat(decisions.allows(fill)).isTrue();
    }

    @Test
    void an_order_that_comes_after_its_fill_waits_for_the_fill_and_settles_it() throws InterruptedException {
        var place = place(ids.next("o"));
        var fill = fill(place);
        var reported = messages.fill(fill, Outcome.suspended("unknown_order")).held(Hold.NOT_AT_ALL);
        var order = messages.placeAfterFill(ACCOUNT, place, NOW, fill);
        decisions.expect(reported);
        assertThat(decisions.allows(order)).isFalse();
        decisions.observe(List.of(entry(null, new FillSuspended(fill, because("unknown_order")))));
        assertThat(decisions.allows(order)).isTrue();

        decisions.expect(order);
        decisions.observe(List.of(
                entry(null, new OrderAccepted(place)), entry(null, new FillSettled(fill, 1L, 0L, false, 1L, null))));
        decisions.awaitAll();
        assertThat(decisions.faults()).isEmpty();
        var tally = decisions.beginTally();
        assertThat(tally.fillsSettledAfterWaiting()).isOne();
        assertThat(tally.fillsStillSuspended()).isZero();
    }

    private Message order() {
        return messages.place(ACCOUNT, place(ids.next("o")), NOW, Outcome.ACCEPTED);
    }

    private static PlaceOrder place(String orderId) {
        return new PlaceOrder(orderId, "BTC-USD", Side.BUY, OrderType.LIMIT, 1L, 1L, null, null, "", false);
    }

    private static PlaceOrder placeOf(Message message) {
        return (PlaceOrder) ((OrderCommand) message.value()).getBody();
    }

    private static Fill fillOf(Message order) {
        return fill(placeOf(order));
    }

    private static Fill fill(PlaceOrder place) {
        return new Fill(
                place.getOrderId() + "-x",
                ACCOUNT,
                place.getOrderId(),
                place.getInstrument(),
                place.getSide(),
                1L,
                1L,
                0L,
                null,
                Liquidity.TAKER,
                false,
                "V",
                null,
                NOW,
                FillKind.NEW);
    }

    private static Rejection because(String reason) {
        return Rejection.newBuilder().setReason(reason).build();
    }

    private static JournalEntry entry(String commandId, Object body) {
        return new JournalEntry(
                ACCOUNT,
                1L,
                NOW,
                commandId,
                null,
                null,
                body,
                List.of(),
                List.of(),
                null,
                null,
                null,
                Accounts.NO_HASH,
                Accounts.NO_HASH);
    }
}
