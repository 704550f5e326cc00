package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.schemas.AccountOpened;
import io.bursar.schemas.AccountSuspended;
import io.bursar.schemas.Asset;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FundsDeposited;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderExpired;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What only a real broker shows: transactions, held partitions, waiting. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LedgerStreamsTest {
    private static final String A0 = LiveLedger.accountOf(0);
    private static final String A1 = LiveLedger.accountOf(1);

    private LiveLedger ledger;

    @BeforeEach
    void start(EmbeddedBroker broker, TestInfo test, @TempDir Path stateFolder) throws InterruptedException {
        var name = test.getTestMethod().orElseThrow().getName();
        ledger = new LiveLedger(broker.bootstrapServers(), name, stateFolder, Map.of()).start();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_fill_that_was_taken_before_the_deadline_is_settled_even_if_its_transaction_ends_after_it()
            throws InterruptedException {
        openWithMoney(A0);
        openWithMoney(A1);
        var deadline = LiveLedger.now().plusSeconds(6);
        ledger.send(Ask.buy("filled", A0, LiveLedger.now(), 2_0000, 1_00, deadline));
        ledger.send(Ask.buy("control", A1, LiveLedger.now(), 2_0000, 1_00, deadline.plusSeconds(1)));
        awaitBoth(OrderAccepted.class);

        try (var venue = ledger.beginTransaction("venue")) {
            LiveLedger.acknowledged(
                    venue, ledger.record(Ask.bought("e1", "filled", A0, LiveLedger.now(), 1_0000, 1_00)));
            assertThat(LiveLedger.now()).as("the machine was quick enough").isBefore(deadline);

            ledger.awaitEntry(entry -> entry.getBody().equals(new OrderExpired("control")));
            assertThat(ledger.journal()).extracting(JournalEntry::getBody).doesNotContain(new OrderExpired("filled"));
            venue.commitTransaction();
        }

        ledger.awaitEntry(entry -> entry.getBody().equals(new OrderExpired("filled")));
        var last = ofAccount(A0).subList(ofAccount(A0).size() - 2, ofAccount(A0).size());
        assertThat(last.getFirst().getBody())
                .isInstanceOfSatisfying(
                        FillSettled.class,
                        settled -> assertThat(settled.getLate()).isFalse());
        assertThat(last.getLast().getBody()).isEqualTo(new OrderExpired("filled"));
    }

    @Test
    void a_partition_waits_for_a_schema_with_all_its_topics_while_the_others_decide() throws InterruptedException {
        ledger.open(A0);
        ledger.open(A1);
        awaitBoth(AccountOpened.class);

        ledger.registry.setReachable(false);
        ledger.deposit("c1", A0, 1);
        LiveLedger.awaitUntil(() -> !ledger.waits.waiting().isEmpty());
        ledger.send(Ask.suspend("c2", A0, LiveLedger.now()));
        ledger.send(Ask.suspend("c2", A1, LiveLedger.now()));
        ledger.awaitEntry(entry -> entry.getAccountId().equals(A1) && entry.getBody() instanceof AccountSuspended);

        assertThat(ofAccount(A0)).as("order is kept, so the task waits").hasSize(1);
        assertThat(ledger.waits.waiting())
                .singleElement()
                .asString()
                .startsWith(ledger.topics.balanceUpdates() + "-0: schema ")
                .endsWith(" at offset 0: the registry of the test is switched off");

        ledger.registry.setReachable(true);
        ledger.awaitEntry(entry -> entry.getAccountId().equals(A0) && entry.getBody() instanceof AccountSuspended);
        assertThat(ofAccount(A0)).hasSize(3);
        assertThat(ofAccount(A0).get(1).getBody()).isInstanceOf(FundsDeposited.class);
        assertThat(ledger.waits.waiting()).isEmpty();
        assertThat(ledger.deadLetters()).isZero();
    }

    @Test
    void ids_that_nobody_knows_go_to_the_dead_letters_and_hold_up_nothing() throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            var value = ByteBuffer.allocate(6).put((byte) 0).putInt(1_000_000 + i);
            ledger.send(new ProducerRecord<>(ledger.topics.orders(), utf8(A0), value.array()));
        }
        ledger.open(A0);

        ledger.awaitEntry(entry -> entry.getAccountId().equals(A0));
        LiveLedger.awaitUntil(() -> ledger.deadLetters() == 300);
        assertThat(ledger.waits.waiting()).isEmpty();
        assertThat(ledger.failures).hasValue(0);
    }

    @Test
    void at_a_start_the_first_record_of_an_id_decides_as_it_did_when_it_came(
            EmbeddedBroker broker, @TempDir Path stateFolder) throws InterruptedException {
        try (var later = new LiveLedger(broker.bootstrapServers(), "started-later", stateFolder, Map.of())) {
            later.send(new Asset("EUR", 2));
            later.send(new Asset("EUR", 3));
            assertThatThrownBy(() -> later.streams().reference())
                    .as("what has not been read is not unknown")
                    .isInstanceOf(UnavailableException.class);
            later.start();

            assertThat(later.streams().reference().asset("EUR")).isEqualTo(new Asset("EUR", 2));
        }
    }

    @Test
    void reference_data_waits_visibly_until_the_registry_is_back() throws InterruptedException {
        ledger.registry.setReachable(false);
        ledger.send(ledger.record(new Asset("EUR", 2), unknownSchemaOfAssets()));

        LiveLedger.awaitUntil(() -> !ledger.waits.waiting().isEmpty());
        assertThat(ledger.waits.waiting()).containsExactly("assets: the registry of the test is switched off");
        assertThat(ledger.streams().reference().asset("EUR")).isNull();

        ledger.registry.setReachable(true);
        LiveLedger.awaitUntil(() -> ledger.streams().reference().asset("EUR") != null);
        assertThat(ledger.waits.waiting()).isEmpty();
    }

    @Test
    void waiting_reference_data_does_not_hold_up_the_end() throws InterruptedException {
        ledger.registry.setReachable(false);
        ledger.send(ledger.record(new Asset("EUR", 2), unknownSchemaOfAssets()));
        LiveLedger.awaitUntil(() -> !ledger.waits.waiting().isEmpty());

        long start = System.nanoTime();
        ledger.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(ledger.failures)
                .as("an end that was asked for is no failure")
                .hasValue(0);
    }

    /** Another version of it, which this instance has not seen. */
    private int unknownSchemaOfAssets() {
        var other = new Schema.Parser().parse(Asset.SCHEMA$.toString());
        other.addProp("version", "2");
        return ledger.registry.registerElsewhere(other);
    }

    private void openWithMoney(String account) {
        ledger.open(account);
        ledger.deposit("money", account, 1_000_00);
    }

    private void awaitBoth(Class<?> kind) throws InterruptedException {
        for (var account : List.of(A0, A1)) {
            ledger.awaitEntry(entry -> entry.getAccountId().equals(account) && kind.isInstance(entry.getBody()));
        }
    }

    private List<JournalEntry> ofAccount(String account) {
        return ledger.journal().stream()
                .filter(entry -> entry.getAccountId().equals(account))
                .toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
