package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.schemas.Hash;
import io.bursar.schemas.Posting;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JournalFoldTest {
    private final Books books = Books.of("50.00").then(buy("A", "5", "9.00"), "accepted");

    @Test
    void an_entry_is_applied_after_the_one_before_it_and_at_no_other_time() {
        var entry = books.decide("d", DAY_0, deposit("1.00", "USD")).entries().getFirst();

        assertThatThrownBy(() -> books.account.apply(entry))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("account A1: entry 4 does not follow entry 4");
        assertThatThrownBy(() -> new FoldedAccount("A1").apply(entry))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("account A1: entry 4 does not follow entry 0");
    }

    @Test
    void a_folded_account_keeps_every_row_of_its_journal() {
        books.then("d", deposit("1.00", "USD"), "accepted")
                .then(bought("A", "e1", "1", "9.00"), "settled")
                .then(bought("B", "e1", "1", "9.00"), "suspended: unknown_order");

        assertThat(books.account.orders()).containsExactly(books.account.order("A"));
        assertThat(books.account.executions())
                .containsExactlyInAnyOrder(books.account.execution("A", "e1"), books.account.execution("B", "e1"));
        assertThat(books.account.commands())
                .contains(books.account.command("d"))
                .hasSize(3);
        assertThat(books.account.suspendedFills()).containsExactly(books.account.suspendedFill(6));
    }

    @Test
    void an_account_ends_its_chain_with_the_hash_it_is_given() {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) 7);
        var hash = new Hash(bytes);
        var account = books.account.account();

        var sealed = Accounts.withLastHash(account, hash);

        assertThat(sealed.getLastHash()).isEqualTo(hash);
        assertThat(Accounts.withLastHash(sealed, Accounts.NO_HASH)).isEqualTo(account);
    }

    @Test
    void an_asset_whose_scale_has_changed_stops_the_ledger_before_anything_is_written() {
        books.reference.asset("USD", 3);

        assertThatThrownBy(() -> books.decide("d", DAY_0, deposit("1.00", "USD")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("account A1 holds USD at scale 2, not 3");
        books.holds("USD", "50, reserved 45");
    }

    @Test
    void a_body_that_is_no_command_is_a_mistake_of_the_caller() {
        var posting = new Posting(null, "", "USD", 2, 1L);
        var command = new Command("A1", "c", DAY_0, DAY_0, null, posting, Accounts.NO_HASH);
        var ledger = new Ledger(books.reference, LedgerRules.DEFAULT);

        assertThatThrownBy(() -> ledger.decide(books.account, command))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no rule for a io.bursar.schemas.Posting");
    }

    @Test
    void an_instrument_needs_both_its_assets() {
        var reference = new FixedReference().asset("USD", 2).instrument("NIL-USD", 2);
        var account = new FoldedAccount("A1");
        var ledger = new Ledger(reference, LedgerRules.DEFAULT);
        ledger.decide(account, books.command("o", DAY_0, open(0))).entries().forEach(account::apply);

        var decision = ledger.decide(
                account, books.command("p", DAY_0, buy("A", "1", "9.00").setInstrument("NIL-USD")));

        assertThat(decision.answer().rejection().getReason()).isEqualTo("asset_not_found");
    }
}
