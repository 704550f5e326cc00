package io.bursar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.processors.DeadLetters;
import io.bursar.schemas.Asset;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderRejected;
import io.bursar.stack.BursarHttp;
import io.bursar.stack.Desk;
import io.bursar.stack.JournalReader;
import io.bursar.stack.Listings;
import io.bursar.stack.MessageProducer;
import io.bursar.stack.RunningStack;
import io.bursar.stack.SharedStack;
import io.bursar.stack.Wait;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients see of a running system: they produce to its topics and ask it over HTTP. */
@ExtendWith(SharedStack.class)
@TestInstance(Lifecycle.PER_CLASS)
class HttpApiTest {
    private static final String INSTRUMENT = "HXYZ-HEUR";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RunningStack stack;
    private final BursarHttp http;
    private final MessageProducer producer;
    private final JournalReader journal;

    HttpApiTest(RunningStack stack) {
        this.stack = stack;
        http = stack.http();
        producer = stack.producer();
        journal = stack.journal();
    }

    @BeforeAll
    void publish() {
        Listings.publish(
                stack,
                producer,
                List.of(new Asset("HEUR", 2), new Asset("HXYZ", 4)),
                List.of(new Instrument(INSTRUMENT, "HXYZ", "HEUR", 2, null, null, null)));
    }

    @AfterAll
    void close() {
        journal.close();
        producer.close();
    }

    @Test
    void an_accepted_order_shows_in_balances_and_open_orders() {
        var accepted = desk("http-1").open().deposit("HEUR", 100_00).buy("o1", 1_428, 350_00, null);

        assertThat(accepted.getBody()).isInstanceOf(OrderAccepted.class);
        var balances = http.json("/api/v1/accounts/http-1/balances");
        assertThat(balances.get("sequence").longValue()).isEqualTo(accepted.getSequence());
        assertThat(balances.get("balances").toString())
                .isEqualTo(
                        "[{\"strategy\":\"\",\"asset\":\"HEUR\",\"total\":\"100.00\",\"reserved\":\"49.98\",\"available\":\"50.02\"}]");
        var orders = http.json("/api/v1/accounts/http-1/orders?status=open").get("orders");
        assertThat(orders).hasSize(1);
        assertThat(orders.get(0).get("orderId").asText()).isEqualTo("o1");
        assertThat(orders.get(0).get("held").asText()).isEqualTo("49.98");
    }

    @Test
    void a_fill_shows_in_balances_and_positions() {
        var desk = desk("http-2").open().deposit("HEUR", 100_00);
        var unused = desk.buy("o1", 1_429, 350_00, null);
        var settled = desk.filled("o1", "x1", 1_429, 350_00);

        assertThat(settled.getBody()).isInstanceOf(FillSettled.class);
        assertThat(http.json("/api/v1/accounts/http-2/balances").get("balances").toString())
                .contains("\"asset\":\"HEUR\",\"total\":\"49.99\",\"reserved\":\"0.00\"")
                .contains("\"asset\":\"HXYZ\",\"total\":\"0.1429\"");
        var position =
                http.json("/api/v1/accounts/http-2/positions").get("positions").get(0);
        assertThat(position.get("instrument").asText()).isEqualTo(INSTRUMENT);
        assertThat(position.get("quantity").asText()).isEqualTo("0.1429");
        assertThat(position.get("costBasis").asText()).isEqualTo("50.01");
        assertThat(http.json("/api/v1/accounts/http-2/orders/o1").get("status").asText())
                .isEqualTo("FILLED");
    }

    @Test
    void a_fill_of_an_unknown_order_shows_among_the_suspended_fills() {
        var suspended = desk("http-3").open().filled("o-unseen", "x1", 1_000, 10_00);

        assertThat(suspended.getBody()).isInstanceOf(FillSuspended.class);
        var fills = http.json("/api/v1/accounts/http-3/suspended-fills").get("suspendedFills");
        assertThat(fills).hasSize(1);
        assertThat(fills.get(0).get("sequence").longValue()).isEqualTo(suspended.getSequence());
        assertThat(fills.get(0).get("quantity").asText()).isEqualTo("0.1000");
        assertThat(fills.get(0).get("rejection").get("reason").asText()).isEqualTo("unknown_order");
    }

    @Test
    void what_is_not_there_is_answered_with_404_and_the_reason() {
        var unused = desk("http-4").open();

        var account = http.get("/api/v1/accounts/http-nobody/balances");
        assertThat(account.status()).isEqualTo(404);
        assertThat(account.json().get("reason").asText()).isEqualTo("account_not_found");
        var order = http.get("/api/v1/accounts/http-4/orders/o-none");
        assertThat(order.status()).isEqualTo(404);
        assertThat(order.json().get("reason").asText()).isEqualTo("order_not_found");
    }

    @Test
    void a_running_system_is_live_and_ready() {
        assertThat(http.json("/health/live").get("status").asText()).isEqualTo("live");
        var ready = http.json("/health/ready");
        assertThat(ready.get("status").asText()).isEqualTo("ready");
        assertThat(ready.get("streams").asText()).isEqualTo("RUNNING");
        assertThat(ready.get("waitingForRegistry")).isEmpty();
    }

    @Test
    void metrics_have_the_names_that_dashboards_ask_for() {
        var desk = desk("http-5").open().deposit("HEUR", 1_00);
        var rejected = desk.buy("o1", 1_000, 350_00, null);
        assertThat(rejected.getBody()).isInstanceOf(OrderRejected.class);
        var unused = desk.filled("o-unseen", "x1", 1_000, 10_00);

        var metrics = http.get("/metrics").body();
        assertThat(metrics.lines())
                .anyMatch(line -> line.matches("account_balance_checks_total [1-9].*"))
                .anyMatch(line -> line.startsWith("reservation_created_total "))
                .anyMatch(line -> line.startsWith("reservation_settled_total "))
                .anyMatch(line -> line.startsWith("reservation_expired_total "))
                .anyMatch(line -> line.startsWith("trade_settled_total "))
                .anyMatch(line -> line.startsWith("order_rejected_total{reason=\"insufficient_funds\"} "))
                .anyMatch(line -> line.startsWith("fill_suspended_total{reason=\"unknown_order\"} "))
                .anyMatch(line -> line.startsWith("dead_letters_total "));
    }

    @Test
    void a_reservation_is_released_within_two_seconds_of_its_deadline() {
        var desk = desk("http-6").open().deposit("HEUR", 100_00);
        var deadline = Desk.now().plus(Duration.ofMillis(1_500));
        assertThat(desk.buy("o1", 1_000, 350_00, deadline).getBody()).isInstanceOf(OrderAccepted.class);

        var expired = desk.await("the expiry of o1", entry -> entry.getBody() instanceof OrderExpired);

        assertThat(expired.entry().getOccurredAt()).isEqualTo(deadline);
        assertThat(Duration.between(deadline, expired.at()))
                .as("from the deadline to the entry")
                .isBetween(Duration.ZERO, Duration.ofSeconds(2));
        assertThat(http.json("/api/v1/accounts/http-6/balances").get("balances").toString())
                .contains("\"total\":\"100.00\",\"reserved\":\"0.00\",\"available\":\"100.00\"");
    }

    @Test
    void bytes_that_are_no_command_go_to_the_dead_letters_and_the_next_command_is_decided() {
        var desk = desk("http-7").open();
        var garbage = "no Avro at all".getBytes(StandardCharsets.UTF_8);

        var sent = stack.topics().inputs().stream()
                .map(topic -> producer.sendBytes(topic, "http-7", garbage))
                .toList();

        try (var deadLetters = stack.read(List.of(stack.topics().deadLetters()))) {
            var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            for (var record : sent) {
                Wait.until("the dead letter of " + record, PATIENCE, () -> {
                    found.addAll(deadLetters.poll());
                    return found.stream().anyMatch(letter -> isOf(letter, record))
                            ? Optional.empty()
                            : Optional.of("there are " + found.size() + " others");
                });
            }
            assertThat(found)
                    .filteredOn(letter -> sent.stream().anyMatch(record -> isOf(letter, record)))
                    .hasSameSizeAs(sent)
                    .allSatisfy(letter -> assertThat(letter.value()).isEqualTo(garbage))
                    .allSatisfy(letter ->
                            assertThat(header(letter, DeadLetters.CAUSE)).isNotBlank());
        }
        assertThat(desk.deposit("HEUR", 1_00).buy("o1", 1_000, 5_00, null).getBody())
                .isInstanceOf(OrderAccepted.class);
    }

    private Desk desk(String account) {
        return new Desk(stack.topics(), producer, journal, account, INSTRUMENT);
    }

    private static boolean isOf(ConsumerRecord<byte[], byte[]> letter, RecordMetadata record) {
        return header(letter, DeadLetters.ORIGIN_TOPIC).equals(record.topic())
                && header(letter, DeadLetters.ORIGIN_PARTITION).equals(Integer.toString(record.partition()))
                && header(letter, DeadLetters.ORIGIN_OFFSET).equals(Long.toString(record.offset()));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
