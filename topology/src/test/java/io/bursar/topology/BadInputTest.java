package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Quota;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.Side;
import io.bursar.schemas.Trade;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.UpdateAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record that is no command goes to the dead letters as it came, changes nothing, and stops nothing. */
class BadInputTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");
    private static final String BAD_ID = "not an id";
    private static final String ID_RULE = "an id is 1 to 64 characters of A-Z a-z 0-9 . _ : -";

    static final List<String> INPUTS = LedgerTopologyFixture.TOPICS.inputs();
    private static final String ACCOUNTS = LedgerTopologyFixture.TOPICS.accounts();
    private static final String ORDERS = LedgerTopologyFixture.TOPICS.orders();
    private static final String FILLS = LedgerTopologyFixture.TOPICS.fills();
    private static final String TRADES = LedgerTopologyFixture.TOPICS.trades();

    private LedgerTopologyFixture ledger = LedgerTopologyFixture.at(T0).start();

    @AfterEach
    void close() {
        ledger.close();
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void bytes_that_are_no_message(String topic) {
        var value = utf8("hello");

        ledger.send(topic, utf8("A1"), value, T0);

        var letter = onlyDeadLetter();
        assertThat(letter.key()).isEqualTo(utf8("A1"));
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.cause()).isEqualTo("The value begins with the magic byte 104, where the wire format needs 0");
        assertThat(letter.origin()).isEqualTo(topic + "-0@0");
        assertThat(letter.header("bursar-origin-timestamp")).isEqualTo(Long.toString(T0.toEpochMilli()));
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void a_schema_id_that_the_registry_does_not_know(String topic) {
        ledger.send(topic, utf8("A1"), new byte[] {0, 0, 1, 0, 0, 7}, T0);

        assertThat(onlyDeadLetter().cause())
                .isEqualTo("The schema registry did not know schema 65536 when it was asked");
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void a_schema_id_that_was_not_known_stays_so_when_the_registry_is_away(String topic) {
        ledger.registry().setReachable(false);

        ledger.send(topic, utf8("A1"), new byte[] {0, 0, 1, 0, 0, 7}, T0);

        assertThat(onlyDeadLetter().cause()).contains("schema 65536");
    }

    @Test
    void decoding_asks_the_registry_nothing() {
        int before = ledger.registry().questions();

        for (var topic : INPUTS) {
            ledger.send(topic, utf8("A1"), new byte[] {0, 0, 1, 0, 0, 7}, T0);
        }

        assertThat(ledger.deadLetters()).hasSize(INPUTS.size());
        assertThat(ledger.registry().questions()).isEqualTo(before);
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void a_message_of_another_type(String topic) {
        ledger.send(topic, utf8("USD"), ledger.encode(new Asset("USD", 2)), T0);

        assertThat(onlyDeadLetter().cause()).startsWith("The value holds io.bursar.schemas.Asset (schema ");
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void a_message_that_breaks_off(String topic) {
        var whole = ledger.encode(Ask.open("A1", T0));

        ledger.send(topic, utf8("A1"), Arrays.copyOf(whole, whole.length - 1), T0);

        assertThat(onlyDeadLetter().cause()).isNotEmpty();
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void a_missing_value(String topic) {
        ledger.send(topic, utf8("A1"), null, T0);

        var letter = onlyDeadLetter();
        assertThat(letter.cause()).startsWith("the value is missing: ").endsWith(" cannot be deleted");
        assertThat(letter.value()).isNull();
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void a_missing_key(String topic) {
        ledger.send(topic, null, ledger.encode(Ask.open("A1", T0)), T0);

        var letter = onlyDeadLetter();
        assertThat(letter.cause()).startsWith("the key is missing: it must be the ");
        assertThat(letter.key()).isNull();
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void a_key_that_is_no_text(String topic) {
        ledger.send(topic, new byte[] {'A', (byte) 0xC3, '1'}, ledger.encode(Ask.open("A1", T0)), T0);

        assertThat(onlyDeadLetter().cause()).startsWith("the key is no UTF-8 text: it must be the ");
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void a_key_that_is_no_id(String topic) {
        ledger.send(topic, utf8(BAD_ID), ledger.encode(Ask.open("A1", T0)), T0);

        assertThat(onlyDeadLetter().cause()).isEqualTo("the key is 'not an id': " + ID_RULE);
    }

    @Test
    void a_key_that_is_another_account() {
        ledger.send(ACCOUNTS, utf8("A2"), ledger.encode(Ask.open("A1", T0)), T0);

        assertThat(onlyDeadLetter().cause()).isEqualTo("accountId is 'A1': it must equal the record's key 'A2'");
    }

    @Test
    void a_key_that_is_another_instrument() {
        var trade = Ask.trade("t1", T0, 1, 1, Ask.party("B", "b1"), Ask.party("S", "s1"));

        ledger.send(TRADES, utf8("ABC-EUR"), ledger.encode(trade), T0);

        assertThat(onlyDeadLetter().cause())
                .isEqualTo("instrument is 'ABC-USD': it must equal the record's key 'ABC-EUR'");
    }

    @Test
    void a_record_on_a_partition_that_its_key_does_not_hash_to() {
        try (var first = LedgerTopologyFixture.at(T0).withAccountPartitions(4).start()) {
            // Java's producer puts A1 on partition 3 of 4, and A2 on partition 0.
            first.send(Ask.open("A1", T0));
            first.send(Ask.open("A2", T0));

            assertThat(first.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.cause())
                            .isEqualTo("the record of account id 'A1' lies on partition 0: its key hashes to partition"
                                    + " 3 (murmur2, as Java clients do; set partitioner=murmur2_random with"
                                    + " librdkafka)"));
            assertThat(first.journal()).hasSize(1);
            assertThat(first.reader().account("A1")).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource
    void a_malformed_field(String rule, SpecificRecord message) {
        ledger.send(message, T0);

        assertThat(onlyDeadLetter().cause()).isEqualTo(rule);
    }

    static Stream<Arguments> a_malformed_field() {
        var fill = Ask.fill("e1", "o1", "A1", T0, Side.BUY, 1, 1);
        var farAway = Instant.parse("+10000-01-01T00:00:00Z");
        return Stream.of(
                malformedId("commandId", Ask.suspend(BAD_ID, "A1", T0)),
                malformedId("commandId", Ask.deposit(BAD_ID, "A1", T0, "USD", 1)),
                malformedId("commandId", Ask.cancel(BAD_ID, "A1", T0, "o1")),
                malformedId(
                        "orderId", Ask.toOrders("c1", "A1", T0, order(BAD_ID).build())),
                malformedId(
                        "strategy",
                        Ask.place("A1", T0, order("o1").setStrategy(BAD_ID).build())),
                malformedId("orderId", Ask.cancel("c1", "A1", T0, BAD_ID)),
                malformedId("orderId", Ask.amend("c1", "A1", T0, BAD_ID, 1)),
                malformedId("orderId", Ask.extend("c1", "A1", T0, BAD_ID, T0)),
                malformedId("orderId", Ask.bought("e1", BAD_ID, "A1", T0, 1, 1)),
                malformedId("tradeId", trade(BAD_ID, "B", "b1", "S", "s1")),
                malformedId("buyer.accountId", trade("t1", BAD_ID, "b1", "S", "s1")),
                malformedId("buyer.orderId", trade("t1", "B", BAD_ID, "S", "s1")),
                malformedId("seller.accountId", trade("t1", "B", "b1", BAD_ID, "s1")),
                malformedId("seller.orderId", trade("t1", "B", "b1", "S", BAD_ID)),
                Arguments.of(
                        "executionId is '': an id is 1 to 66 characters of A-Z a-z 0-9 . _ : -",
                        Ask.bought("", "o1", "A1", T0, 1, 1)),
                Arguments.of("commandId is '" + "c".repeat(65) + "': " + ID_RULE, Ask.close("c".repeat(65), "A1", T0)),
                Arguments.of(
                        "occurredAt is 1969-12-31T23:59:59Z: instants lie between 1970 and 9999",
                        Ask.open("A1", Instant.ofEpochSecond(-1))),
                Arguments.of(
                        "occurredAt is +10000-01-01T00:00:00Z: instants lie between 1970 and 9999",
                        fill.setOccurredAt(farAway).build()),
                Arguments.of(
                        "occurredAt is +10000-01-01T00:00:00Z: instants lie between 1970 and 9999",
                        Ask.trade("t1", farAway, 1, 1, Ask.party("B", "b1"), Ask.party("S", "s1"))),
                Arguments.of(
                        "expiresAt is +10000-01-01T00:00:00Z: instants lie between 1970 and 9999",
                        Ask.buy("o1", "A1", T0, 1, 1, farAway)),
                Arguments.of(
                        "expiresAt is +10000-01-01T00:00:00Z: instants lie between 1970 and 9999",
                        Ask.extend("c1", "A1", T0, "o1", farAway)),
                Arguments.of(
                        "owner has 257 characters: at most 256 are kept",
                        Ask.toAccounts(
                                "c1",
                                "A1",
                                T0,
                                new OpenAccount("x".repeat(257), "name", 0, CostMethod.AVERAGE, List.of()))),
                Arguments.of(
                        "name has 257 characters: at most 256 are kept",
                        Ask.toAccounts(
                                "c1",
                                "A1",
                                T0,
                                new OpenAccount("owner", "x".repeat(257), 0, CostMethod.AVERAGE, List.of()))),
                Arguments.of(
                        "marketPermissions has 65 markets: at most 64 are kept",
                        Ask.toAccounts("c1", "A1", T0, new UpdateAccount(null, Collections.nCopies(65, "M"), null))),
                Arguments.of(
                        "strategy is '': " + ID_RULE, Ask.toAccounts("c1", "A1", T0, new AllocateFunds("", "USD", 1L))),
                Arguments.of(
                        "strategy is '': " + ID_RULE,
                        Ask.toAccounts(
                                "c1",
                                "A1",
                                T0,
                                new SetQuota("", Quota.newBuilder().build()))),
                Arguments.of(
                        "maxPosition names 'ABC-USD' twice: each has one limit",
                        Ask.toAccounts(
                                "c1",
                                "A1",
                                T0,
                                new SetLimits(Quota.newBuilder()
                                        .setMaxPosition(Collections.nCopies(2, new PositionLimit("ABC-USD", 1L)))
                                        .build()))),
                Arguments.of(
                        "maxOrderNotional has 1001 limits: at most 1000 are kept",
                        Ask.toAccounts(
                                "c1",
                                "A1",
                                T0,
                                new SetLimits(Quota.newBuilder()
                                        .setMaxOrderNotional(Collections.nCopies(1001, new NotionalLimit("USD", 1L)))
                                        .build()))),
                Arguments.of(
                        "toAccountId is 'not an id': " + ID_RULE,
                        new BalanceUpdate("c1", "A1", T0, new Transfer(BAD_ID, "USD", 1L))),
                Arguments.of(
                        "fromAccountId is 'not an id': " + ID_RULE,
                        new TransferMessage("A1", T0, new TransferArrival(BAD_ID, "t1", "USD", 2, 1L))),
                Arguments.of(
                        "transferId is 'not an id': " + ID_RULE,
                        new TransferMessage("A1", T0, new TransferOutcome("A2", BAD_ID, null))));
    }

    @Test
    void a_command_on_which_the_core_fails_changes_nothing_and_the_account_goes_on() {
        openAndDeposit();
        ledger = ledger.restart();
        // Only with a topic that was made anew can an asset have another scale after a restart.
        ledger.put(new Asset("USD", 3));
        ledger.put(new Asset("EUR", 2));
        var before = ledger.reader().account("A1");

        ledger.send(Ask.deposit("c2", "A1", T0, "USD", 1_000));

        var letter = onlyDeadLetter();
        assertThat(letter.cause())
                .isEqualTo(
                        "the ledger failed: java.lang.IllegalStateException: account A1 holds USD at scale 2, not 3");
        assertThat(letter.origin()).isEqualTo("bursar.balance-updates-0@0");
        assertThat(ledger.counted("core_failures_total")).isEqualTo(1);
        assertThat(ledger.reader().account("A1")).isEqualTo(before);
        assertThat(ledger.reader().command("A1", "c2")).isNull();
        ledger.send(Ask.deposit("c3", "A1", T0, "EUR", 1_00));
        assertThat(ledger.journal()).hasSize(1);
    }

    @Test
    void what_a_sender_put_into_headers_is_kept_and_those_of_bursar_come_after_it() {
        var headers = new RecordHeaders().add("bursar-cause", utf8("forged")).add("mine", utf8("kept"));

        ledger.send(ORDERS, utf8("A1"), null, T0, headers);

        var letter = onlyDeadLetter();
        assertThat(letter.header("mine")).isEqualTo("kept");
        assertThat(letter.cause()).startsWith("the value is missing");
    }

    @Test
    void a_record_whose_headers_alone_are_too_large_is_left_where_it_is() {
        var headers = new RecordHeaders();
        for (int i = 0; i < 180_000; i++) {
            // Two bytes in UTF-8, and two lengths.
            headers.add("ä", new byte[0]);
        }

        ledger.send(ORDERS, utf8("A1"), null, T0, headers);

        var letter = onlyDeadLetter();
        assertThat(letter.key()).isNull();
        assertThat(letter.header("ä")).isNull();
        assertThat(letter.cause())
                .isEqualTo("(left at its origin, 2160002 bytes are too many) the value is missing: a command cannot be"
                        + " deleted");
        assertThat(letter.origin()).isEqualTo("bursar.orders-0@0");
    }

    @Test
    void a_cause_takes_at_most_4_kib() {
        var fill = Ask.bought("e1", "o1", "A1", T0, 1, 1);
        fill.setAccountId("ä".repeat(5_000));

        ledger.send(FILLS, utf8("A1"), ledger.encode(fill), T0);

        var cause = onlyDeadLetter().cause();
        assertThat(utf8(cause)).hasSizeLessThanOrEqualTo(4 * 1024);
        assertThat(cause).startsWith("accountId is 'ää").doesNotContain("\uFFFD");
    }

    @Test
    void an_id_that_is_cut_within_a_character_still_gets_its_whole_cause() {
        var id = "x".repeat(79) + "\uD83D\uDE00".repeat(20);

        ledger.send(Ask.cancel(id, "A1", T0, "o1"));

        assertThat(onlyDeadLetter().cause()).endsWith(ID_RULE);
    }

    @Test
    void nothing_happens_but_the_dead_letter_and_the_next_command_is_decided() {
        openAndDeposit();
        var before = rows();

        for (var topic : INPUTS) {
            ledger.send(topic, utf8("A1"), utf8("hello"), T0);
        }
        ledger.advanceClock(Duration.ofDays(1));

        assertThat(ledger.deadLetters()).hasSize(INPUTS.size());
        assertThat(ledger.counted("dead_letters_total")).isEqualTo(INPUTS.size());
        assertThat(ledger.journal()).isEmpty();
        assertThat(ledger.replies()).isEmpty();
        assertThat(rows()).isEqualTo(before);
        ledger.send(Ask.deposit("c2", "A1", T0, "USD", 1_00));
        assertThat(ledger.journal()).hasSize(1);
    }

    private void openAndDeposit() {
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.deposit("c1", "A1", T0, "USD", 100_00));
        ledger.journal();
    }

    private List<String> rows() {
        var rows = new ArrayList<String>();
        try (var all = ledger.store().all()) {
            all.forEachRemaining(row -> rows.add(row.key + " " + Arrays.toString(row.value)));
        }
        return rows;
    }

    private DeadLetter onlyDeadLetter() {
        var letters = ledger.deadLetters();
        assertThat(letters).hasSize(1);
        assertThat(ledger.journal()).isEmpty();
        assertThat(ledger.counted("dead_letters_total")).isEqualTo(1);
        return letters.getFirst();
    }

    private static Arguments malformedId(String field, SpecificRecord message) {
        return Arguments.of(field + " is 'not an id': " + ID_RULE, message);
    }

    private static PlaceOrder.Builder order(String orderId) {
        return Ask.limit(orderId, Side.BUY, 1, 1);
    }

    private static Trade trade(String tradeId, String buyer, String buyersOrder, String seller, String sellersOrder) {
        return Ask.trade(tradeId, T0, 1, 1, Ask.party(buyer, buyersOrder), Ask.party(seller, sellersOrder));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
