package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static io.bursar.ledger.Books.bought;
import static io.bursar.ledger.Books.buy;
import static io.bursar.ledger.Books.cancel;
import static io.bursar.ledger.Books.deposit;
import static io.bursar.ledger.Books.discard;
import static io.bursar.ledger.Books.open;
import static io.bursar.ledger.Books.openFifo;
import static io.bursar.ledger.Books.settle;
import static io.bursar.ledger.Books.sold;
import static io.bursar.ledger.Books.transfer;
import static io.bursar.ledger.Books.withdraw;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Balance;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillDiscarded;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.Posting;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferConfirmed;
import io.bursar.schemas.TransferOutcome;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JournalAuditTest {
    private static final String BUYER = "A1";
    private static final String SELLER = "B1";

    @Test
    void a_sound_journal_has_no_violations_and_its_accounts_are_as_the_ledger_left_them() {
        var journal = journal();
        var audit = JournalAudit.ofUnsealed();
        journal.forEach(audit::add);

        assertThat(audit.violations()).isEmpty();
        assertThat(audit.violationCount()).isZero();
        assertThat(audit.imbalances()).isEmpty();
        assertThat(audit.account("nobody")).isNull();
        assertThat(audit.accounts()).containsExactly(audit.account(BUYER));
        var usd = Accounts.balance(audit.account(BUYER).account(), "", "USD");
        assertThat(usd).isEqualTo(new Balance("", "USD", 2, 8_200L, 900L));
    }

    @Test
    void entries_are_counted_by_kind_and_refusals_and_suspensions_by_reason() {
        var audit = JournalAudit.ofUnsealed();
        journal().forEach(audit::add);

        assertThat(audit.entries()).isEqualTo(8);
        assertThat(audit.entriesByKind())
                .isEqualTo(Map.of(
                        "AccountOpened", 1L,
                        "FundsDeposited", 1L,
                        "OrderAccepted", 1L,
                        "OrderRejected", 1L,
                        "FillSettled", 1L,
                        "FillSuspended", 1L,
                        "CommandRejected", 2L));
        assertThat(audit.acceptedCommands()).isEqualTo(3);
        assertThat(audit.refusalsByReason())
                .isEqualTo(Map.of("insufficient_funds", 2L, "suspended_fill_not_found", 1L));
        assertThat(audit.suspensionsByReason()).isEqualTo(Map.of("overfill", 1L));
    }

    @Test
    void the_trial_balance_sums_postings_by_ledger_account_and_asset() {
        var audit = JournalAudit.ofUnsealed();
        journal().forEach(audit::add);
        var trial = audit.trialBalance();

        assertThat(trial.sum(LedgerAccount.EXTERNAL, "USD")).isEqualTo(-10_000);
        assertThat(trial.sum(LedgerAccount.AVAILABLE, "USD")).isEqualTo(7_300);
        assertThat(trial.sum(LedgerAccount.RESERVED, "USD")).isEqualTo(900);
        assertThat(trial.sums(LedgerAccount.VENUE))
                .isEqualTo(Map.of("USD", BigInteger.valueOf(1_800), "ABC", BigInteger.valueOf(-20_000)));
        assertThat(trial.sum(LedgerAccount.FEES, "USD")).isZero();
        assertThat(trial.scales()).isEqualTo(Map.of("USD", 2, "ABC", 4));
        assertThat(trial.imbalances()).isEmpty();
    }

    @Test
    void sums_over_many_accounts_may_be_larger_than_any_balance() {
        var audit = JournalAudit.ofUnsealed();
        for (var account : List.of("A1", "A2", "A3")) {
            audit.add(entry(account, 1, open(0)));
            audit.add(entryOf(account, 2, Long.MAX_VALUE));
        }

        assertThat(audit.violations()).isEmpty();
        assertThat(audit.trialBalance().sum(LedgerAccount.EXTERNAL, "TOK"))
                .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(-3)));
    }

    @Test
    void a_missing_entry_is_told_once_and_reading_goes_on() {
        var journal = journal();
        journal.remove(3);

        assertThat(violationsOf(journal))
                .containsExactly("account A1, entry 5 (FillSettled): comes after entry 3: entries are numbered 1, 2, 3"
                        + " without gap");
    }

    @Test
    void an_entry_that_comes_twice_is_told_and_changes_nothing() {
        var journal = journal();
        journal.add(2, journal.get(1));

        assertThat(violationsOf(journal))
                .containsExactly("account A1, entry 2 (FundsDeposited): comes after entry 2: entries are numbered 1, 2,"
                        + " 3 without gap");
    }

    @Test
    void a_broken_chain_is_told_where_it_breaks() {
        var journal = sealed(journal());
        var sound = new JournalAudit();
        journal.forEach(sound::add);
        assertThat(sound.violations()).isEmpty();

        journal.get(3).setHash(hash(99));
        var audit = new JournalAudit();
        journal.forEach(audit::add);

        assertThat(audit.violations())
                .containsExactly("account A1, entry 5 (FillSettled): its previous hash is " + "04".repeat(32)
                        + ", but the hash of the entry before is " + "63".repeat(32));
    }

    @Test
    void postings_that_do_not_add_up_are_told_and_show_in_the_trial_balance() {
        var journal = corrupted(1, entry -> entry.getPostings().getFirst().setAmount(-9_999));
        var audit = JournalAudit.ofUnsealed();
        journal.forEach(audit::add);

        assertThat(audit.violations())
                .containsExactly("account A1, entry 2 (FundsDeposited): its postings of USD add up to 1, not to zero");
        assertThat(audit.imbalances()).containsExactly("the trial balance of USD is 1, not zero, over 8 entries");
    }

    @Test
    void a_balance_that_its_postings_do_not_make_is_told() {
        assertThat(violationsOf(
                        corrupted(1, entry -> entry.getBalances().getFirst().setTotal(9_999))))
                .first()
                .isEqualTo("account A1, entry 2 (FundsDeposited): tells USD as total 9999 and reserved 0, but its"
                        + " postings make it total 10000 and reserved 0");
    }

    @Test
    void a_balance_that_is_posted_to_must_be_told() {
        assertThat(violationsOf(corrupted(1, entry -> entry.setBalances(List.of()))))
                .first()
                .isEqualTo("account A1, entry 2 (FundsDeposited): posts 10000 USD to AVAILABLE, but does not tell the"
                        + " balance after it");
    }

    @Test
    void more_reserved_than_there_is_and_less_than_nothing_are_told() {
        var journal = corrupted(1, entry -> {
            entry.setBalances(List.of(new Balance("S", "USD", 2, 5L, 6L), new Balance("", "USD", 2, 10_000L, -1L)));
        });

        assertThat(violationsOf(journal))
                .contains(
                        "account A1, entry 2 (FundsDeposited): leaves USD of strategy S with total 5 and reserved 6: 0"
                                + " ≤ reserved ≤ total",
                        "account A1, entry 2 (FundsDeposited): leaves USD with total 10000 and reserved -1: 0 ≤"
                                + " reserved ≤ total");
    }

    @Test
    void what_is_reserved_must_be_what_open_orders_hold() {
        assertThat(violationsOf(corrupted(2, entry -> entry.getOrder().setHeld(2_699))))
                .first()
                .isEqualTo("account A1, entry 3 (OrderAccepted): leaves USD with 2700 reserved, but open orders hold"
                        + " 2699");
    }

    @Test
    void an_order_that_changes_what_it_holds_without_a_posting_is_told() {
        var journal = journal();
        var silent = JournalEntry.newBuilder(journal.get(4)).setSequence(9).build();
        silent.setPostings(List.of());
        silent.setBalances(List.of());
        silent.getOrder().setHeld(901);
        journal.add(silent);

        assertThat(violationsOf(journal))
                .containsExactly(
                        "account A1, entry 9 (FillSettled): leaves USD with 900 reserved, but open orders hold 901");
    }

    @Test
    void a_closed_order_that_holds_something_is_told() {
        assertThat(violationsOf(corrupted(2, entry -> entry.getOrder().setStatus(OrderStatus.CANCELLED))))
                .first()
                .isEqualTo("account A1, entry 3 (OrderAccepted): leaves order A CANCELLED holding 2700: an open order"
                        + " holds zero or more, a closed one nothing");
    }

    @Test
    void a_scale_that_changes_is_told() {
        assertThat(violationsOf(
                        corrupted(2, entry -> entry.getPostings().getFirst().setScale(3))))
                .containsExactly("account A1, entry 3 (OrderAccepted): posts USD at scale 3, but it was posted at scale"
                        + " 2 before: scales never change");
    }

    @Test
    void a_resolution_of_nothing_is_told_and_reading_goes_on() {
        var journal = journal();
        var fill = bought("A", "e9", "1", "9.00").build();
        var entry = JournalEntry.newBuilder(journal.getFirst())
                .setSequence(9)
                .setBody(new FillDiscarded(fill, 4L, discard(4)))
                .build();
        journal.add(entry);
        journal.add(JournalEntry.newBuilder(entry)
                .setSequence(10)
                .setBody(new FillDiscarded(fill, 6L, discard(6)))
                .build());

        assertThat(violationsOf(journal))
                .containsExactly("account A1, entry 9 (FillDiscarded): cannot be applied: account A1: entry 9 resolves"
                        + " entry 4, which is not suspended");
    }

    @Test
    void violations_are_all_counted_but_not_all_kept() {
        var audit = JournalAudit.ofUnsealed();
        var opened = journal().getFirst();
        for (int i = 0; i < 1_001; i++) {
            audit.add(opened);
        }

        assertThat(audit.violationCount()).isEqualTo(1_000);
        assertThat(audit.violations()).hasSize(100);
    }

    @Test
    void a_trade_with_both_legs_settled_leaves_nothing_on_clearing() {
        var audit = trade(true, true);

        assertThat(audit.imbalances()).isEmpty();
        assertThat(audit.trialBalance().sums(LedgerAccount.CLEARING))
                .isEqualTo(Map.of("USD", BigInteger.ZERO, "ABC", BigInteger.ZERO));
    }

    @Test
    void a_trade_whose_other_leg_is_suspended_is_what_clearing_holds() {
        var audit = trade(true, false);

        assertThat(audit.violations()).isEmpty();
        assertThat(audit.imbalances()).isEmpty();
        assertThat(audit.trialBalance().sum(LedgerAccount.CLEARING, "USD")).isEqualTo(900);
        assertThat(audit.trialBalance().sum(LedgerAccount.CLEARING, "ABC")).isEqualTo(-10_000);
    }

    @Test
    void a_suspended_leg_that_is_settled_later_clears_and_one_that_is_discarded_stays() {
        assertThat(resolved(settle(3)).imbalances()).isEmpty();
        assertThat(resolved(settle(3)).trialBalance().sum(LedgerAccount.CLEARING, "USD"))
                .isZero();
        assertThat(resolved(discard(3)).imbalances()).isEmpty();
        assertThat(resolved(discard(3)).trialBalance().sum(LedgerAccount.CLEARING, "USD"))
                .isEqualTo(900);
    }

    @Test
    void a_leg_that_never_came_is_told() {
        var audit = JournalAudit.ofUnsealed();
        buyerEntries().forEach(audit::add);

        assertThat(audit.imbalances())
                .containsExactly("trade T1 of ABC-USD: its SELL leg was neither settled nor suspended, CLEARING keeps"
                        + " {ABC=-10000, USD=900}");
    }

    @Test
    void legs_that_do_not_cancel_out_are_told() {
        var audit = JournalAudit.ofUnsealed();
        buyerEntries().forEach(audit::add);
        var seller =
                seller("2.0000", sold("S", "T1:S", "1", "8.00").setTradeId("T1").setVenue(null));
        seller.forEach(audit::add);

        assertThat(audit.imbalances())
                .containsExactly("trade T1 of ABC-USD: its settled legs do not cancel out, CLEARING keeps {USD=100}");
    }

    @Test
    void a_posting_to_clearing_by_anything_but_a_leg_of_a_trade_is_told() {
        var journal = corrupted(1, entry -> {
            var postings = new ArrayList<>(entry.getPostings());
            postings.getFirst().setLedgerAccount(LedgerAccount.CLEARING);
            entry.setPostings(postings);
        });

        assertThat(violationsOf(journal))
                .containsExactly(
                        "account A1, entry 2 (FundsDeposited): posts -10000 USD to CLEARING: only a settled leg"
                                + " of a trade does");
    }

    @Test
    void a_trade_of_which_both_legs_are_busted_leaves_nothing_on_clearing_and_one_bust_alone_is_told() {
        var buyer = bought("A", "T1:B", "1", "9.00").setTradeId("T1").setVenue(null);
        var seller = sold("S", "T1:S", "1", "9.00").setTradeId("T1").setVenue(null);
        var audit = JournalAudit.ofUnsealed();
        entries(BUYER, open(0), deposit("100.00", "USD"), buy("A", "1", "9.00"), buyer.build(), bust(buyer))
                .forEach(audit::add);
        seller("1.0000", seller).forEach(audit::add);
        assertThat(audit.imbalances())
                .containsExactly("trade T1 of ABC-USD: its BUY leg was neither settled nor suspended, CLEARING keeps"
                        + " {ABC=10000, USD=-900}");

        var entries = entries(
                SELLER,
                open(0),
                deposit("1.0000", "ABC"),
                Books.sell("S", "1.0000", "1.00"),
                cancel("S"),
                seller.build(),
                bust(seller));
        audit.add(entries.getLast());
        assertThat(audit.violations()).isEmpty();
        assertThat(audit.imbalances()).isEmpty();
    }

    /** The buyer's leg is taken back, the seller has spent the money: clearing keeps the seller's leg meanwhile. */
    @Test
    void a_bust_that_is_suspended_is_what_clearing_holds() {
        var buyer = bought("A", "T1:B", "1", "9.00").setTradeId("T1").setVenue(null);
        var seller = sold("S", "T1:S", "1", "9.00").setTradeId("T1").setVenue(null);
        var audit = JournalAudit.ofUnsealed();
        entries(BUYER, open(0), deposit("100.00", "USD"), buy("A", "1", "9.00"), buyer.build(), bust(buyer))
                .forEach(audit::add);
        entries(
                        SELLER,
                        open(0),
                        deposit("1.0000", "ABC"),
                        Books.sell("S", "1.0000", "1.00"),
                        seller.build(),
                        withdraw("9.00", "USD"),
                        bust(seller))
                .forEach(audit::add);

        assertThat(audit.suspensionsByReason()).isEqualTo(Map.of("insufficient_for_bust", 1L));
        assertThat(audit.imbalances()).isEmpty();
        assertThat(audit.trialBalance().sum(LedgerAccount.CLEARING, "USD")).isEqualTo(-900);
    }

    @Test
    void a_transfer_that_has_not_arrived_is_what_transit_holds() {
        var audit = JournalAudit.ofUnsealed();
        entries(BUYER, open(0), deposit("100.00", "USD"), transfer("A2", "4.00", "USD"))
                .forEach(audit::add);
        assertThat(audit.trialBalance().imbalances()).isEmpty();
        assertThat(audit.trialBalance().sum(LedgerAccount.TRANSIT, "USD")).isEqualTo(400);
        assertThat(audit.imbalances()).containsExactly("transfer c2 of account A1: TRANSIT keeps 400 USD");

        entries(SELLER, open(0), new TransferArrival(BUYER, "c2", "USD", 2, 400L))
                .forEach(audit::add);
        assertThat(audit.violations()).isEmpty();
        assertThat(audit.imbalances()).isEmpty();
    }

    @Test
    void accounts_of_a_transfer_may_be_read_in_any_order_and_the_amounts_must_agree() {
        var audit = JournalAudit.ofUnsealed();
        entries(SELLER, open(0), new TransferArrival(BUYER, "c2", "USD", 2, 401L))
                .forEach(audit::add);
        entries(BUYER, open(0), deposit("100.00", "USD"), transfer("A2", "4.00", "USD"))
                .forEach(audit::add);

        assertThat(audit.imbalances()).containsExactly("transfer c2 of account A1: TRANSIT keeps -1 USD");
    }

    @Test
    void a_posting_to_transit_by_anything_but_a_transfer_is_told() {
        var journal = corrupted(1, entry -> {
            var postings = new ArrayList<>(entry.getPostings());
            postings.getFirst().setLedgerAccount(LedgerAccount.TRANSIT);
            entry.setPostings(postings);
        });

        assertThat(violationsOf(journal))
                .containsExactly(
                        "account A1, entry 2 (FundsDeposited): posts -10000 USD to TRANSIT: only a transfer does");
    }

    @Test
    void a_position_that_is_not_what_its_lots_hold_is_told() {
        var journal = entries(BUYER, openFifo(), new Deposit("ABC", 10_000L, "ABC-USD", 900L));
        journal.get(1).getLot().setQuantity(9_999L);

        assertThat(violationsOf(journal))
                .containsExactly("account A1, entry 2 (FundsDeposited): leaves a position of 10000 in ABC-USD, but its"
                        + " lots hold 9999");
    }

    @Test
    void a_transfer_that_ends_without_having_begun_and_a_bust_of_nothing_cannot_be_applied() {
        var journal = journal();
        journal.add(JournalEntry.newBuilder(entry(BUYER, 9, open(0)))
                .setBody(new TransferConfirmed(new TransferOutcome("A2", "t1", null)))
                .build());
        journal.add(JournalEntry.newBuilder(entry(BUYER, 10, open(0)))
                .setCommandId(null)
                .setBody(FillSettled.newBuilder()
                        .setFill(bust(bought("A", "e9", "2", "9.00")))
                        .setNotional(1_800L)
                        .build())
                .build());

        assertThat(violationsOf(journal))
                .containsExactly(
                        "account A1, entry 9 (TransferConfirmed): cannot be applied: account A1: entry 9 concludes"
                                + " transfer t1, which is not on its way",
                        "account A1, entry 10 (FillSettled): cannot be applied: account A1: entry 10 takes back"
                                + " execution e9 of order A, which is not settled");
    }

    private static Fill bust(Fill.Builder fill) {
        return Fill.newBuilder(fill.build()).setKind(FillKind.BUST).build();
    }

    /** Eight entries: opened, deposited 100.00, order A 3 @ 9.00, refused, filled 2, suspended, refused, refused. */
    private static List<JournalEntry> journal() {
        return new ArrayList<>(entries(
                BUYER,
                open(0),
                deposit("100.00", "USD"),
                buy("A", "3", "9.00"),
                buy("B", "30", "9.00"),
                bought("A", "e1", "2", "9.00"),
                bought("A", "e2", "2", "9.00"),
                withdraw("99.00", "USD"),
                settle(3)));
    }

    private static JournalAudit trade(boolean buyerSettles, boolean sellerSettles) {
        var audit = JournalAudit.ofUnsealed();
        if (buyerSettles) {
            buyerEntries().forEach(audit::add);
        }
        var leg = sold("S", "T1:S", "1", "9.00").setTradeId("T1").setVenue(null);
        seller(sellerSettles ? "1.0000" : "0.5000", leg).forEach(audit::add);
        return audit;
    }

    private static JournalAudit resolved(Object resolution) {
        var audit = JournalAudit.ofUnsealed();
        buyerEntries().forEach(audit::add);
        var leg = sold("S", "T1:S", "1", "9.00").setTradeId("T1").setVenue(null);
        entries(SELLER, open(0), deposit("1.0000", "ABC"), leg, resolution).forEach(audit::add);
        return audit;
    }

    private static List<JournalEntry> buyerEntries() {
        var leg = bought("A", "T1:B", "1", "9.00").setTradeId("T1").setVenue(null);
        return entries(BUYER, open(0), deposit("100.00", "USD"), buy("A", "1", "9.00"), leg);
    }

    private static List<JournalEntry> seller(String abc, Fill.Builder leg) {
        return entries(SELLER, open(0), deposit(abc, "ABC"), Books.sell("S", abc, "1.00"), cancel("S"), leg);
    }

    private static List<JournalEntry> entries(String accountId, Object... asked) {
        var books = new Books();
        var entries = new ArrayList<JournalEntry>();
        for (int i = 0; i < asked.length; i++) {
            entries.addAll(books.decide("c" + i, DAY_0, asked[i]).entries());
        }
        entries.forEach(entry -> entry.setAccountId(accountId));
        return entries;
    }

    private static JournalEntry entry(String accountId, long sequence, Object asked) {
        var entry = entries(accountId, asked).getFirst();
        entry.setSequence(sequence);
        return entry;
    }

    private static JournalEntry entryOf(String accountId, long sequence, long amount) {
        var entry = entry(accountId, sequence, open(0));
        entry.setPostings(List.of(
                new Posting(LedgerAccount.EXTERNAL, "", "TOK", 0, -amount),
                new Posting(LedgerAccount.AVAILABLE, "", "TOK", 0, amount)));
        entry.setBalances(List.of(new Balance("", "TOK", 0, amount, 0L)));
        return entry;
    }

    private static List<JournalEntry> corrupted(int index, Consumer<JournalEntry> corruption) {
        var journal = journal();
        corruption.accept(journal.get(index));
        return journal;
    }

    private static List<String> violationsOf(List<JournalEntry> journal) {
        var audit = JournalAudit.ofUnsealed();
        journal.forEach(audit::add);
        return audit.violations();
    }

    private static List<JournalEntry> sealed(List<JournalEntry> journal) {
        for (int i = 0; i < journal.size(); i++) {
            journal.get(i).setPreviousHash(hash(i));
            journal.get(i).setHash(hash(i + 1));
        }
        return journal;
    }

    private static Hash hash(int value) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return new Hash(bytes);
    }
}
