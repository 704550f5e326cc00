package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.JournalAudit;
import io.bursar.ledger.JournalFold;
import io.bursar.ledger.LedgerRules;
import io.bursar.processors.StoredRows;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.TransferOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transfer goes through the ledger's own topic to the other account, and what comes of it goes back there. */
class TransfersTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");

    private final LedgerTopologyFixture ledger = LedgerTopologyFixture.at(T0).start();
    private final JournalAudit audit = new JournalAudit();

    @BeforeEach
    void open() {
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.open("A2", T0));
        ledger.send(Ask.deposit("c1", "A1", T0, "USD", 100_00));
        takeJournal();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void money_arrives_and_the_sender_learns_of_it() {
        ledger.send(transfer("t1", "A1", "A2", 40_00));

        assertThat(takeJournal()).containsExactly("FundsTransferred", "TransferReceived", "TransferConfirmed");
        assertThat(ledger.reader().account("A1").getBalances().getFirst().getTotal())
                .isEqualTo(60_00);
        assertThat(ledger.reader().account("A2").getBalances().getFirst().getTotal())
                .isEqualTo(40_00);
        assertThat(ledger.reader().transfer("A1", "t1")).isNull();
        assertBooksAreRight();
    }

    @Test
    void money_that_nobody_takes_comes_back() {
        ledger.send(transfer("t1", "A1", "nobody", 40_00));

        assertThat(takeJournal()).containsExactly("FundsTransferred", "TransferRefused", "TransferReturned");
        assertThat(ledger.reader().account("A1").getBalances().getFirst().getTotal())
                .isEqualTo(100_00);
        assertBooksAreRight();
    }

    @Test
    void what_is_delivered_again_moves_nothing_again() {
        ledger.send(transfer("t1", "A1", "A2", 40_00));
        takeJournal();

        ledger.send(transfer("t1", "A1", "A2", 40_00));
        ledger.send(new TransferMessage("A2", T0, new TransferArrival("A1", "t1", "USD", 2, 40_00L)));
        ledger.send(new TransferMessage("A1", T0, new TransferOutcome("A2", "t1", "account_is_closed")));

        assertThat(takeJournal()).isEmpty();
        assertBooksAreRight();
    }

    @Test
    void what_is_delivered_again_after_all_was_forgotten_moves_nothing_either() {
        ledger.send(transfer("t1", "A1", "A2", 40_00));
        ledger.send(Ask.deposit("c2", "A2", T0.plus(Duration.ofDays(40)), "USD", 1_00), T0.plus(Duration.ofDays(40)));
        takeJournal();

        ledger.send(
                new TransferMessage("A2", T0, new TransferArrival("A1", "t1", "USD", 2, 40_00L)),
                T0.plus(Duration.ofDays(40)));

        // Nobody remembers by now that it has arrived: it goes back, where that is known.
        assertThat(takeJournal()).containsExactly("TransferRefused");
        assertThat(ledger.reader().account("A1").getBalances().getFirst().getTotal())
                .isEqualTo(60_00);
        assertBooksAreRight();
    }

    private List<String> takeJournal() {
        var entries = ledger.journal();
        entries.forEach(audit::add);
        return entries.stream().map(JournalFold::kind).toList();
    }

    private void assertBooksAreRight() {
        assertThat(ledger.deadLetters()).isEmpty();
        assertThat(audit.violations()).isEmpty();
        assertThat(audit.imbalances()).isEmpty();
        assertThat(audit.trialBalance().sum(LedgerAccount.TRANSIT, "USD")).isZero();
        new StoredRows(ledger.store()).assertAre(audit.accounts(), LedgerRules.DEFAULT);
    }

    private static BalanceUpdate transfer(String commandId, String from, String to, long amount) {
        return new BalanceUpdate(commandId, from, T0, new Transfer(to, "USD", amount));
    }
}
