package io.bursar.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Command;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.JournalAudit;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OpenAccount;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A journal that goes on while stores are asked. */
class StoreComparisonTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final JournalAudit journal = JournalAudit.ofUnsealed();
    private final Queue<JournalEntry> unread = new ArrayDeque<>();
    private final List<AccountPicture> atEntry = new ArrayList<>();

    /** One entry opens the account, each further one deposits a cent. */
    private void decide(String account, int entries) {
        var ledger = new Ledger(new Usd(), LedgerRules.DEFAULT);
        var folded = new FoldedAccount(account);
        for (int i = 1; i <= entries; i++) {
            var command = i == 1
                    ? Command.of(
                            new AccountCommand(
                                    "c1",
                                    account,
                                    NOON,
                                    new OpenAccount("Ada", "main", 0, CostMethod.AVERAGE, List.of())),
                            NOON,
                            null)
                    : Command.of(
                            new BalanceUpdate("c" + i, account, NOON, new Deposit("USD", 1L, null, null)), NOON, null);
            ledger.decide(folded, command).entries().forEach(entry -> {
                folded.apply(entry);
                unread.add(entry);
                atEntry.add(FoldedPicture.of(folded));
            });
        }
    }

    private void read(int entries) {
        for (int i = 0; i < entries; i++) {
            journal.add(unread.remove());
        }
    }

    private StoreComparison compare(StoreReader stores) throws InterruptedException {
        var comparison = new StoreComparison(
                stores,
                journal,
                each -> {
                    while (!unread.isEmpty()) {
                        var entry = unread.remove();
                        journal.add(entry);
                        each.accept(entry);
                    }
                },
                1);
        comparison.run();
        return comparison;
    }

    @Test
    void an_account_whose_stores_are_ahead_is_compared_at_the_entry_they_are_at() throws InterruptedException {
        decide("A1", 6);
        read(2);

        var comparison = compare(account -> atEntry.get(3));

        assertThat(comparison.faults()).isEmpty();
        assertThat(comparison.compared()).isEqualTo(1);
    }

    @Test
    void a_difference_at_an_entry_the_journal_has_not_reached_yet_is_told_with_that_entry()
            throws InterruptedException {
        decide("A1", 6);
        read(2);
        var wrong = new AccountPicture(4, false, atEntry.get(4).facts());

        assertThat(compare(account -> wrong).faults())
                .containsExactly(
                        "account A1 at entry 4: balance USD total is 0.04 in the stores, but 0.03 by the journal.");
    }

    @Test
    void stores_that_lag_behind_the_journal_are_asked_again() throws InterruptedException {
        decide("A1", 3);
        read(3);
        var answers = new ArrayDeque<>(List.of(AccountPicture.ABSENT, atEntry.get(2)));

        assertThat(compare(account -> answers.remove()).faults()).isEmpty();
    }

    @Test
    void differences_beyond_the_first_are_counted() throws InterruptedException {
        decide("A1", 1);
        decide("A2", 1);
        decide("A3", 1);
        read(3);

        assertThat(compare(account -> new AccountPicture(1, false, AccountPicture.ABSENT.facts()))
                        .faults())
                .hasSize(2)
                .last()
                .isEqualTo("… and 2 more accounts that differ.");
    }

    private record Usd() implements ReferenceData {
        @Override
        public Asset asset(String id) {
            return id.equals("USD") ? new Asset("USD", 2) : null;
        }

        @Override
        public Instrument instrument(String id) {
            return null;
        }
    }
}
