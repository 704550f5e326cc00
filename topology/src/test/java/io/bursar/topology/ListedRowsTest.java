package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are read part by part. */
class ListedRowsTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");

    /** By their bytes; ids that are the beginnings of others. */
    private static final List<String> ACCOUNTS = List.of("A", "A-", "A.1", "A1", "A11", "A:", "A:1", "AA", "B");

    private LedgerTopologyFixture ledger;

    @BeforeEach
    void start() {
        ledger = LedgerTopologyFixture.at(T0).start();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void accounts_go_on_after_the_last_one_of_the_part_before(int atMost) {
        for (var account : ACCOUNTS.reversed()) {
            ledger.send(Ask.open(account, T0));
            ledger.send(Ask.deposit("d", account, T0, "USD", 100));
            ledger.send(Ask.buy("o", account, T0, 1_0000, 1));
        }

        assertThat(accounts(atMost)).isEqualTo(ACCOUNTS);
    }

    @Test
    void accounts_behind_one_of_many_rows_are_found() {
        ledger.send(Ask.open("A", T0));
        for (int command = 0; command < 1_100; command++) {
            ledger.send(Ask.deposit("d" + command, "A", T0, "USD", 1));
        }
        ledger.send(Ask.open("A1", T0));

        assertThat(accounts(1)).containsExactly("A", "A1");
        assertThat(accounts(10)).containsExactly("A", "A1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6})
    void orders_of_every_status_are_listed_by_id(int atMost) {
        openWithOrders();
        ledger.send(Ask.cancel("cancel", "A", T0, "o2"));
        ledger.send(Ask.bought("x", "o-unseen", "A", T0, 1, 1));

        var listed = new ArrayList<Order>();
        var after = Optional.of("");
        while (after.isPresent()) {
            var page = ledger.reader().orders("A", after.get(), atMost);
            assertThat(page.orders()).hasSizeLessThanOrEqualTo(atMost);
            listed.addAll(page.orders());
            after = page.next();
        }
        assertThat(listed).extracting(Order::getOrderId).containsExactly("o1", "o2", "o3", "o4", "o5");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6})
    void open_orders_go_on_within_and_behind_a_deadline(int atMost) {
        openWithOrders();
        ledger.send(Ask.cancel("cancel", "A", T0, "o2"));

        var listed = new ArrayList<String>();
        var after = OrderPlace.START;
        while (true) {
            var page = ledger.reader().openOrders("A", after.deadline(), after.orderId(), atMost);
            if (page.isEmpty()) {
                break;
            }
            page.forEach(order -> listed.add(order.getOrderId()));
            after = new OrderPlace(page.getLast().getExpiresAt(), page.getLast().getOrderId());
        }
        assertThat(listed).containsExactly("o5", "o1", "o3", "o4");
    }

    private void openWithOrders() {
        ledger.send(Ask.open("A", T0));
        ledger.send(Ask.deposit("d", "A", T0, "USD", 100_00));
        ledger.send(Ask.open("A1", T0));
        IntStream.rangeClosed(1, 4)
                .forEach(order -> ledger.send(Ask.buy("o" + order, "A", T0, 1_0000, 1, T0.plus(Duration.ofHours(2)))));
        ledger.send(Ask.buy("o5", "A", T0, 1_0000, 1, T0.plus(Duration.ofHours(1))));
    }

    private List<String> accounts(int atMost) {
        var listed = new ArrayList<String>();
        var page = ledger.reader().accounts("", atMost);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(atMost);
            page.stream().map(AccountState::getAccountId).forEach(listed::add);
            page = ledger.reader().accounts(listed.getLast(), atMost);
        }
        return listed;
    }
}
