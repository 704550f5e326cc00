package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.allocate;
import static io.bursar.ledger.Books.close;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.resume;
import static io.bursar.ledger.Books.suspend;
import static io.bursar.ledger.Books.transfer;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Posting;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.TransferOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransferTest {
    private static final TransferArrival ARRIVAL = new TransferArrival("B1", "t1", "USD", 2, 400L);

    @Test
    void money_leaves_into_transit_and_the_other_account_is_told() {
        var books = Books.of("10.00");
        var entry = books.decide("t1", DAY_0, transfer("B1", "4.00", "USD"))
                .entries()
                .getFirst();

        assertThat(entry.getPostings())
                .containsExactly(
                        new Posting(LedgerAccount.AVAILABLE, "", "USD", 2, -400L),
                        new Posting(LedgerAccount.TRANSIT, "", "USD", 2, 400L));
        assertThat(Transfers.message(entry))
                .isEqualTo(new TransferMessage("B1", DAY_0, new TransferArrival("A1", "t1", "USD", 2, 400L)));
        books.holds("USD", "6, reserved 0");
    }

    @Test
    void money_arrives_out_of_transit_and_the_sender_is_told() {
        var books = Books.opened();
        var entry = books.decide(null, DAY_0, ARRIVAL).entries().getFirst();

        assertThat(entry.getPostings())
                .containsExactly(
                        new Posting(LedgerAccount.TRANSIT, "", "USD", 2, -400L),
                        new Posting(LedgerAccount.AVAILABLE, "", "USD", 2, 400L));
        assertThat(Transfers.message(entry))
                .isEqualTo(new TransferMessage("B1", DAY_0, new TransferOutcome("A1", "t1", null)));
        books.holds("USD", "4, reserved 0").then(suspend(), "accepted").then(otherArrival(), "accepted");
    }

    @Test
    void who_cannot_take_it_sends_it_back() {
        var unopened = new Books();
        var entry = unopened.decide(null, DAY_0, ARRIVAL).entries().getFirst();
        assertThat(entry.getPostings()).isEmpty();
        assertThat(Transfers.message(entry))
                .isEqualTo(new TransferMessage("B1", DAY_0, new TransferOutcome("A1", "t1", "account_not_found")));

        unopened.then(otherArrival(), "sent back: account_not_found");
        Books.opened().then(close(), "accepted").then(ARRIVAL, "sent back: account_is_closed");
        Books.of("92233720368547758.07").then(ARRIVAL, "sent back: amount_overflows");
    }

    @Test
    void an_arrival_is_decided_once() {
        Books.opened()
                .then(ARRIVAL, "accepted")
                .then(ARRIVAL, "again: accepted")
                .holds("USD", "4, reserved 0")
                .then(otherArrival(), "accepted")
                .holds("USD", "5, reserved 0");

        new Books()
                .then(ARRIVAL, "sent back: account_not_found")
                .then(Books.open(0), "accepted")
                .then(ARRIVAL, "again: accepted")
                .holds("USD", "nothing");
    }

    /** Nobody knows any more whether it was here before. */
    @Test
    void what_left_before_all_that_is_remembered_goes_back() {
        Books.opened()
                .at(Duration.ofDays(31))
                .then(deposit("1.00", "USD"), "accepted")
                .then(null, DAY_0.plus(Duration.ofDays(1)).minusNanos(1000), ARRIVAL, "sent back: command_too_old")
                .then(null, DAY_0.plus(Duration.ofDays(1)), otherArrival(), "accepted");
    }

    @Test
    void what_has_arrived_is_settled() {
        var books = Books.of("10.00")
                .then("t1", transfer("B1", "10.00", "USD"), "accepted")
                .then(close(), "transfers_must_be_settled, limit 0, given 1")
                .then(new TransferOutcome("B1", "t1", null), "accepted")
                .then(new TransferOutcome("B1", "t1", "account_not_found"), "again: accepted")
                .then(close(), "accepted");

        assertThat(books.account.transfers()).isEmpty();
    }

    @Test
    void what_was_not_taken_comes_back_once() {
        Books.of("10.00")
                .then("t1", transfer("B1", "4.00", "USD"), "accepted")
                .then(new TransferOutcome("B1", "t1", "account_is_closed"), "accepted")
                .then(new TransferOutcome("B1", "t1", "account_is_closed"), "again: accepted")
                .then(new TransferOutcome("B1", "t2", "account_is_closed"), "again: accepted")
                .holds("USD", "10, reserved 0");
    }

    @Test
    void what_may_come_back_keeps_its_room() {
        Books.of("92233720368547758.07")
                .then("t1", transfer("B1", "4.00", "USD"), "accepted")
                .then("t2", transfer("B1", "2.00", "USD"), "accepted")
                .then(deposit("0.01", "USD"), "amount_overflows")
                .then(new TransferOutcome("B1", "t1", null), "accepted")
                .then(deposit("4.00", "USD"), "accepted")
                .then(deposit("0.01", "USD"), "amount_overflows")
                .then(new TransferOutcome("B1", "t2", "account_is_closed"), "accepted")
                .holds("USD", "92233720368547758.07, reserved 0");
    }

    @Test
    void a_transfer_sent_again_leaves_once() {
        Books.of("10.00")
                .then("t1", transfer("B1", "4.00", "USD"), "accepted")
                .then("t1", transfer("B1", "4.00", "USD"), "again: accepted")
                .then("t1", transfer("B1", "4.01", "USD"), "command_id_reused")
                .holds("USD", "6, reserved 0");
    }

    /** The sender forgets an id by its own time, but not while the money is on its way. */
    @Test
    void an_id_that_is_used_again_is_another_transfer() {
        Books.of("10.00")
                .then("t1", transfer("B1", "4.00", "USD"), "accepted")
                .at(Duration.ofDays(31))
                .then(deposit("1.00", "USD"), "accepted")
                .then("t1", transfer("B1", "4.00", "USD"), "command_id_reused")
                .then("t1", deposit("1.00", "USD"), "command_id_reused")
                .then(new TransferOutcome("B1", "t1", null), "accepted")
                .then("t1", transfer("B1", "4.00", "USD"), "accepted")
                .holds("USD", "3, reserved 0");

        Books.opened()
                .then(ARRIVAL, "accepted")
                .at(Duration.ofDays(31))
                .then(ARRIVAL, "accepted")
                .then(ARRIVAL, "again: accepted")
                .holds("USD", "8, reserved 0");
    }

    @Test
    void only_available_unallocated_money_of_an_open_account_leaves_for_another_account() {
        Books.of("10.00")
                .then(allocate("S", "5.00", "USD"), "accepted")
                .then(transfer("B1", "5.01", "USD"), "insufficient_funds, required 5.01 USD, available 5.00")
                .then(transfer("A1", "1.00", "USD"), "accounts_must_differ")
                .then(transfer("B1", "0.00", "USD"), "amount_must_be_positive, limit 1, given 0")
                .then(new Transfer("A1", "NIL", 1L), "asset_not_found")
                .then(suspend(), "accepted")
                .then(transfer("B1", "1.00", "USD"), "account_is_suspended")
                .then(resume(), "accepted")
                .then(withdraw("5.00", "USD"), "accepted");
    }

    private static TransferArrival otherArrival() {
        return new TransferArrival("B1", "t2", "USD", 2, 100L);
    }
}
