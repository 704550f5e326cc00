package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.processors.ExpiryClock;
import io.bursar.processors.StoredRows;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderExpired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant DEADLINE = T0.plusSeconds(60);

    /** No look of the timer comes later after the one before. */
    private static final Duration NEXT_LOOK = Duration.ofMillis(400);

    private LedgerTopologyFixture ledger = LedgerTopologyFixture.at(T0).start();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_reservation_is_released_after_its_deadline_and_not_at_it() {
        openWithMoney("A1");
        place("A1", "o1", DEADLINE);

        ledger.advanceClockTo(DEADLINE);
        assertThat(expired()).isEmpty();
        ledger.advanceClock(NEXT_LOOK);

        var entry = ledger.journal().getLast();
        assertThat(entry.getBody()).isEqualTo(new OrderExpired("o1"));
        assertThat(entry.getOccurredAt()).isEqualTo(DEADLINE);
        assertThat(ledger.reader().account("A1").getBalances().getFirst().getReserved())
                .isZero();
    }

    @Test
    void an_extension_before_the_deadline_holds_the_money_until_the_new_one() {
        openWithMoney("A1");
        place("A1", "o1", DEADLINE);
        ledger.send(Ask.extend("c1", "A1", T0, "o1", DEADLINE.plusSeconds(60)));

        ledger.advanceClockTo(DEADLINE.plusSeconds(59));
        assertThat(expired()).isEmpty();
        ledger.advanceClock(Duration.ofSeconds(2));
        assertThat(expired()).containsExactly("o1");
    }

    @Test
    void a_shorter_deadline_moves_the_alarm_forward() {
        openWithMoney("A1");
        place("A1", "o1", DEADLINE.plusSeconds(60));
        place("A1", "o2", DEADLINE);

        ledger.advanceClockTo(DEADLINE.plus(NEXT_LOOK));

        assertThat(expired()).containsExactly("o2");
    }

    @Test
    void an_alarm_without_anything_overdue_is_set_again() {
        openWithMoney("A1");
        place("A1", "o1", DEADLINE);
        place("A1", "o2", DEADLINE.plusSeconds(60));
        ledger.send(Ask.cancel("c1", "A1", T0, "o1"));
        assertThat(alarm("A1")).isEqualTo(DEADLINE);

        ledger.advanceClockTo(DEADLINE.plusSeconds(1));
        assertThat(expired()).isEmpty();
        assertThat(alarm("A1")).isEqualTo(DEADLINE.plusSeconds(60));
        ledger.advanceClock(Duration.ofSeconds(60));

        assertThat(expired()).containsExactly("o2");
        assertThat(new StoredRows(ledger.store()).alarmMicros("A1")).isEmpty();
    }

    @Test
    void an_alarm_earlier_than_all_before_it_is_not_missed() {
        openWithMoney("A1");
        openWithMoney("A2");
        place("A1", "o1", DEADLINE);
        ledger.advanceClockTo(DEADLINE.plusSeconds(1));
        assertThat(expired()).containsExactly("o1");

        // Its own clock is a little behind, so its deadline is over already.
        ledger.send(Ask.buy("o2", "A2", T0, 1_0000, 1_00, DEADLINE.minusSeconds(30)), ledger.clock());
        ledger.advanceClock(NEXT_LOOK);

        assertThat(expired()).containsExactly("o2");
    }

    @Test
    void nothing_expires_before_what_lay_in_the_inputs_at_the_deadline_is_processed() {
        ledger.close();
        var caughtUpToMs = new AtomicLong(-1);
        ledger = LedgerTopologyFixture.at(T0)
                .with((partition, offsets) -> caughtUpToMs.get())
                .start();
        openWithMoney("A1");
        place("A1", "o1", DEADLINE);

        ledger.advanceClockTo(DEADLINE.plusSeconds(10));
        assertThat(expired()).isEmpty();
        caughtUpToMs.set(DEADLINE.toEpochMilli());
        ledger.advanceClock(NEXT_LOOK);
        assertThat(expired()).isEmpty();
        caughtUpToMs.set(DEADLINE.toEpochMilli() + 1);
        ledger.advanceClock(NEXT_LOOK);

        assertThat(expired()).containsExactly("o1");
    }

    @Test
    void progress_is_asked_for_only_when_something_is_overdue() {
        ledger.close();
        var asked = new AtomicLong();
        ledger = LedgerTopologyFixture.at(T0)
                .with((partition, offsets) -> {
                    assertThat(offsets)
                            .containsEntry("bursar.accounts", 0L)
                            .containsEntry("bursar.balance-updates", 0L)
                            .containsEntry("bursar.orders", 0L)
                            .containsEntry("bursar.fills", -1L)
                            .containsEntry("bursar.transfers", -1L);
                    return asked.incrementAndGet();
                })
                .start();
        openWithMoney("A1");
        place("A1", "o1", DEADLINE);

        ledger.advanceClockTo(DEADLINE);
        assertThat(asked).hasValue(0);
        ledger.advanceClock(NEXT_LOOK);

        assertThat(asked).hasValue(1);
    }

    @Test
    void a_fill_that_is_processed_after_the_expiry_is_late() {
        openWithMoney("A1");
        place("A1", "o1", DEADLINE);
        ledger.advanceClockTo(DEADLINE.plusSeconds(1));
        ledger.send(Ask.bought("e1", "o1", "A1", DEADLINE, 1_0000, 1_00));

        assertThat(((FillSettled) ledger.journal().getLast().getBody()).getLate())
                .isTrue();
    }

    @Test
    void after_a_restart_timers_fire_as_if_nothing_had_happened() {
        openWithMoney("A1");
        openWithMoney("A2");
        place("A1", "o1", DEADLINE);
        place("A2", "o2", DEADLINE.plusSeconds(60));

        ledger = ledger.restart();
        ledger.advanceClockTo(DEADLINE.plusSeconds(1));
        assertThat(expired()).containsExactly("o1");
        ledger = ledger.restart();
        ledger.advanceClock(Duration.ofSeconds(60));

        assertThat(expired()).containsExactly("o2");
    }

    @Test
    void the_time_of_the_stream_can_be_the_clock() {
        ledger.close();
        ledger = LedgerTopologyFixture.at(T0).with(ExpiryClock.STREAM).start();
        openWithMoney("A1");
        place("A1", "o1", DEADLINE);

        ledger.advanceClock(Duration.ofDays(1));
        assertThat(expired()).isEmpty();
        ledger.send(Ask.open("A2", DEADLINE));
        ledger.advanceClock(NEXT_LOOK);
        assertThat(expired()).isEmpty();
        ledger.send(Ask.deposit("c1", "A2", DEADLINE.plusNanos(1_000), "USD", 1));
        ledger.advanceClock(NEXT_LOOK);

        assertThat(expired()).containsExactly("o1");
    }

    @Test
    void a_producer_whose_clock_is_wrong_does_not_turn_the_stream_s_clock_far_ahead() {
        ledger.close();
        ledger = LedgerTopologyFixture.at(T0).with(ExpiryClock.STREAM).start();
        openWithMoney("A1");
        place("A1", "o1", T0.plusSeconds(301));

        ledger.send(Ask.deposit("c1", "A1", T0.plus(Duration.ofDays(365)), "USD", 1), T0);
        ledger.advanceClock(NEXT_LOOK);

        assertThat(expired()).isEmpty();
    }

    @Test
    void with_the_stream_s_clock_nothing_expires_either_before_the_inputs_are_processed() {
        ledger.close();
        var caughtUpToMs = new AtomicLong(-1);
        ledger = LedgerTopologyFixture.at(T0)
                .with(ExpiryClock.STREAM)
                .with((partition, offsets) -> caughtUpToMs.get())
                .start();
        openWithMoney("A1");
        place("A1", "o1", DEADLINE);
        ledger.send(Ask.open("A2", DEADLINE.plusSeconds(1)));

        ledger.advanceClock(NEXT_LOOK);
        assertThat(expired()).isEmpty();
        caughtUpToMs.set(ledger.clock().toEpochMilli());
        ledger.advanceClock(NEXT_LOOK);

        assertThat(expired()).containsExactly("o1");
    }

    @Test
    void a_burst_over_many_accounts_and_in_one_drains_in_slices() {
        var orders = 20_000;
        openWithMoney("large");
        for (int i = 0; i < 100; i++) {
            openWithMoney("small-" + i);
        }
        for (int i = 0; i < orders; i++) {
            place(i % 2 == 0 ? "large" : "small-" + i % 100, "o" + i, DEADLINE.plusMillis(i % 10));
        }
        ledger.journalRecords();

        ledger.advanceClockTo(DEADLINE.plusSeconds(1));
        List<Integer> slices = new ArrayList<>();
        long longestNanos = 0;
        int drained = 0;
        while (drained < orders) {
            long start = System.nanoTime();
            ledger.advanceClock(Duration.ofMillis(100));
            longestNanos = Math.max(longestNanos, System.nanoTime() - start);
            slices.add(ledger.journalRecords().size());
            drained += slices.getLast();
            assertThat(slices.getLast()).as("orders of slice %d", slices.size()).isPositive();
            // Commands are decided in between.
            ledger.send(Ask.deposit("c" + slices.size(), "large", T0, "USD", 1));
            assertThat(ledger.journal()).hasSize(1);
        }

        assertThat(drained).isEqualTo(orders);
        assertThat(slices).hasSizeGreaterThan(2);
        // 50 ms by the timer's own clock; a machine may be busy with other things for longer.
        assertThat(Duration.ofNanos(longestNanos)).isLessThan(Duration.ofSeconds(2));
        assertThat(ledger.counted("reservation_expired_total")).isEqualTo(orders);
        assertThat(ledger.reader().account("large").getOpenOrders()).isZero();
        // The last slice may have ended with the last order, before it could see that there is no other.
        ledger.advanceClock(NEXT_LOOK);
        assertThat(new StoredRows(ledger.store()).alarmMicros("large")).isEmpty();
    }

    private void openWithMoney(String account) {
        ledger.send(Ask.open(account, T0));
        ledger.send(Ask.deposit("money", account, T0, "USD", 1_000_000_00));
    }

    private void place(String account, String orderId, Instant expiresAt) {
        ledger.send(Ask.buy(orderId, account, T0, 1_0000, 1_00, expiresAt));
    }

    private Instant alarm(String account) {
        return Instant.EPOCH.plusNanos(
                new StoredRows(ledger.store()).alarmMicros(account).orElseThrow() * 1_000);
    }

    /** The orders that have expired since the last call. */
    private List<String> expired() {
        return ledger.journal().stream()
                .map(JournalEntry::getBody)
                .filter(OrderExpired.class::isInstance)
                .map(body -> ((OrderExpired) body).getOrderId())
                .toList();
    }
}
