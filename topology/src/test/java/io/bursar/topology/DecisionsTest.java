package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Accounts;
import io.bursar.ledger.JournalFold;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.JournalHash;
import io.bursar.schemas.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final LedgerTopologyFixture ledger = LedgerTopologyFixture.at(T0).start();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void every_kind_of_command_is_decided_and_journalled() {
        then(Ask.open("A1", T0), "AccountOpened");
        then(Ask.deposit("c1", "A1", T0, "USD", 1000_00), "FundsDeposited");
        then(Ask.withdraw("c2", "A1", T0, "USD", 50_00), "FundsWithdrawn");
        then(Ask.withdraw("c3", "A1", T0, "USD", 5000_00), "CommandRejected");
        then(Ask.adjust("c4", "A1", T0, "USD", -50_00), "FundsAdjusted");
        then(Ask.buy("o1", "A1", T0, 4_0000, 100_00), "OrderAccepted");
        then(Ask.buy("o2", "A1", T0, 40_0000, 100_00), "OrderRejected");
        then(Ask.amend("c5", "A1", T0, "o1", 5_0000), "OrderAmended");
        then(Ask.extend("c6", "A1", T0, "o1", T0.plus(Duration.ofDays(10))), "OrderExtended");
        then(Ask.bought("e1", "o1", "A1", T0, 1_0000, 99_00), "FillSettled");
        then(Ask.cancel("c7", "A1", T0, "o1"), "OrderCancelled");
        then(Ask.bought("e2", "unknown", "A1", T0, 1_0000, 99_00), "FillSuspended");
        then(Ask.settle("c8", "A1", T0, 12), "FillSettled");
        then(Ask.bought("e3", "unknown", "A1", T0, 1_0000, 99_00), "FillSuspended");
        then(Ask.discard("c9", "A1", T0, 14), "FillDiscarded");
        then(Ask.buy("o3", "A1", T0, 1_0000, 99_00, T0.plusSeconds(60)), "OrderAccepted");
        ledger.advanceClockTo(T0.plusSeconds(61));
        assertThat(kinds(ledger.journal())).containsExactly("OrderExpired");
        then(Ask.suspend("c10", "A1", T0.plusSeconds(70)), "AccountSuspended");
        then(Ask.resume("c11", "A1", T0.plusSeconds(70)), "AccountResumed");
        then(Ask.adjust("c12", "A1", T0.plusSeconds(70), "USD", -702_00), "FundsAdjusted");
        then(Ask.adjust("c13", "A1", T0.plusSeconds(70), "ABC", -2_0000), "FundsAdjusted");
        then(Ask.close("c14", "A1", T0.plusSeconds(70)), "AccountClosed");
        assertThat(ledger.deadLetters()).isEmpty();
        assertThat(ledger.counted("reservation_created_total")).isEqualTo(2);
        assertThat(ledger.counted("reservation_expired_total")).isEqualTo(1);
        assertThat(ledger.counted("reservation_settled_total")).isEqualTo(2);
        assertThat(ledger.counted("command_rejected_total{reason=\"insufficient_funds\"}"))
                .isEqualTo(1);
    }

    @Test
    void entries_are_numbered_chained_and_sealed_also_where_one_command_makes_several() {
        var soon = T0.plusSeconds(60);
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.deposit("c1", "A1", T0, "USD", 100_00));
        ledger.send(Ask.buy("o1", "A1", T0, 1_0000, 100_00, soon));
        ledger.send(Ask.bought("e1", "o2", "A1", soon, 1_0000, 100_00));
        // Expires o1, accepts o2, settles e1.
        ledger.send(Ask.buy("o2", "A1", soon.plusSeconds(1), 1_0000, 100_00));
        ledger.send(Ask.open("A2", T0));

        var records = ledger.journalRecords();

        var hash = new JournalHash();
        var previous = Accounts.NO_HASH;
        var ofA1 = records.stream().filter(record -> record.key().equals("A1")).toList();
        assertThat(ofA1.stream().map(ledger::entry).map(JournalFold::kind))
                .containsExactly(
                        "AccountOpened",
                        "FundsDeposited",
                        "OrderAccepted",
                        "FillSuspended",
                        "OrderExpired",
                        "OrderAccepted",
                        "FillSettled");
        for (int i = 0; i < ofA1.size(); i++) {
            var entry = ledger.entry(ofA1.get(i));
            assertThat(hash.isValid(ofA1.get(i).value()))
                    .as("seal of %s", entry)
                    .isTrue();
            assertThat(entry.getSequence()).isEqualTo(i + 1);
            assertThat(entry.getPreviousHash()).isEqualTo(previous);
            previous = entry.getHash();
        }
        assertThat(ledger.reader().account("A1").getLastHash()).isEqualTo(previous);
        assertThat(ledger.entry(records.getLast()).getPreviousHash()).isEqualTo(Accounts.NO_HASH);
    }

    @Test
    void the_chain_goes_on_after_a_restart() {
        ledger.send(Ask.open("A1", T0));
        var last = ledger.journal().getLast();

        try (var restarted = ledger.restart()) {
            restarted.send(Ask.suspend("c1", "A1", T0));

            var next = restarted.journal().getFirst();
            assertThat(next.getSequence()).isEqualTo(2);
            assertThat(next.getPreviousHash()).isEqualTo(last.getHash());
        }
    }

    @Test
    void an_entry_says_its_kind_in_a_header_and_passes_the_trace_on() {
        ledger.send(Ask.open("A1", T0), T0, traced(TRACE));

        var entry = ledger.journalRecords().getFirst();

        assertThat(text(entry.headers(), "bursar-type")).isEqualTo("AccountOpened");
        assertThat(text(entry.headers(), "traceparent")).isEqualTo(TRACE);
        assertThat(entry.headers()).hasSize(2);
        assertThat(entry.getRecordTime()).isEqualTo(T0);
    }

    @Test
    void an_entry_names_the_record_it_decides_and_an_expiry_names_none() {
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.deposit("c1", "A1", T0, "USD", 100_00));
        ledger.send(Ask.buy("o1", "A1", T0, 1_0000, 100_00, T0.plusSeconds(1)));
        ledger.advanceClock(Duration.ofSeconds(2));

        assertThat(ledger.journal())
                .extracting(JournalEntry::getSource)
                .containsExactly(
                        new Source("bursar.accounts", 0, 0L),
                        new Source("bursar.balance-updates", 0, 0L),
                        new Source("bursar.orders", 0, 0L),
                        null);
    }

    @Test
    void a_repeat_is_not_journalled_and_is_counted() {
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.deposit("c1", "A1", T0, "USD", 100_00));
        ledger.send(Ask.deposit("c1", "A1", T0.plusSeconds(1), "USD", 100_00));

        assertThat(kinds(ledger.journal())).containsExactly("AccountOpened", "FundsDeposited");
        assertThat(ledger.counted("repeats_total")).isEqualTo(1);
    }

    @Test
    void time_in_a_command_is_bounded_by_the_timestamp_of_its_record() {
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.deposit("c1", "A1", T0.plusSeconds(301), "USD", 100_00), T0);
        ledger.send(Ask.deposit("c2", "A1", T0.plusSeconds(300), "USD", 100_00), T0);

        assertThat(kinds(ledger.journal())).containsExactly("AccountOpened", "CommandRejected", "FundsDeposited");
        assertThat(ledger.counted("command_rejected_total{reason=\"occurred_in_the_future\"}"))
                .isEqualTo(1);
    }

    private void then(SpecificRecord message, String kind) {
        ledger.send(message);
        assertThat(kinds(ledger.journal())).as("%s", message).containsExactly(kind);
    }

    private static List<String> kinds(List<JournalEntry> entries) {
        return entries.stream().map(JournalFold::kind).toList();
    }

    private static Headers traced(String traceparent) {
        return new RecordHeaders().add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
