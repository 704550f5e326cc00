package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Rejection;
import io.bursar.schemas.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepliesTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");

    private final LedgerTopologyFixture ledger = LedgerTopologyFixture.at(T0).start();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_sender_who_asks_is_told_that_its_command_was_accepted() {
        ask(Ask.open("A1", T0), "3");

        assertThat(ledger.replies())
                .containsExactly(new Reply("open", "A1", true, null, null, 1L, false, null, List.of()));
    }

    @Test
    void a_sender_who_asks_is_told_why_its_command_was_rejected_and_with_which_numbers() {
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.deposit("c1", "A1", T0, "USD", 50_00));

        ask(Ask.buy("o1", "A1", T0, 1_0000, 50_01), "0");

        assertThat(ledger.replies())
                .containsExactly(new Reply(
                        "place-o1",
                        "A1",
                        false,
                        "insufficient_funds",
                        "required 50.01 USD, available 50.00",
                        3L,
                        false,
                        new Rejection("insufficient_funds", "USD", 2, "", 50_01L, 50_00L, null, null),
                        List.of()));
    }

    @Test
    void a_rejection_without_numbers_has_no_detail() {
        ask(Ask.deposit("c1", "A1", T0, "USD", 50_00), "0");

        assertThat(ledger.replies())
                .containsExactly(new Reply(
                        "c1",
                        "A1",
                        false,
                        "account_not_found",
                        null,
                        1L,
                        false,
                        reason("account_not_found"),
                        List.of()));
    }

    @Test
    void a_repeat_gets_the_first_answer_again() {
        ledger.send(Ask.open("A1", T0));
        ask(Ask.deposit("c1", "A1", T0, "USD", 50_00), "1");
        ledger.send(Ask.deposit("c2", "A1", T0, "USD", 50_00));
        ask(Ask.deposit("c1", "A1", T0, "USD", 50_00), "2");

        assertThat(ledger.replies())
                .containsExactly(
                        new Reply("c1", "A1", true, null, null, 2L, false, null, List.of()),
                        new Reply("c1", "A1", true, null, null, 2L, true, null, List.of()));
    }

    @Test
    void nobody_is_told_who_did_not_ask() {
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.deposit("c1", "A1", T0, "USD", 50_00));

        assertThat(ledger.replies()).isEmpty();
        assertThat(ledger.counted("reply_address_ignored_total")).isZero();
    }

    @Test
    void a_fill_is_answered_under_its_execution_id_with_what_became_of_it() {
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.deposit("c1", "A1", T0, "USD", 50_00));
        ledger.send(Ask.buy("o1", "A1", T0, 1_0000, 50_00));

        ask(Ask.bought("e1", "o1", "A1", T0, 1_0000, 50_00), "1");
        ask(Ask.bought("e1", "o1", "A1", T0, 1_0000, 50_00), "1");
        ask(Ask.bought("e2", "o2", "A1", T0, 1_0000, 50_00), "1");

        assertThat(ledger.replies())
                .containsExactly(
                        new Reply("e1", "A1", true, null, null, 4L, false, null, List.of()),
                        new Reply("e1", "A1", true, null, null, 4L, true, null, List.of()),
                        new Reply(
                                "e2",
                                "A1",
                                false,
                                "unknown_order",
                                null,
                                5L,
                                false,
                                reason("unknown_order"),
                                List.of()));
    }

    @Test
    void the_key_is_the_account_and_the_trace_is_passed_on() {
        ledger.send(
                Ask.open("A1", T0),
                T0,
                new RecordHeaders()
                        .add("bursar-reply-to", utf8("0"))
                        .add("other", utf8("x"))
                        .add("traceparent", utf8("00-1-2-03")));

        var reply = ledger.replyRecords().getFirst();

        assertThat(reply.key()).isEqualTo("A1");
        assertThat(reply.headers().toArray())
                .singleElement()
                .satisfies(header -> assertThat(header.key()).isEqualTo("traceparent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "4", "-1", "+1", "1.0", "1e0", "x", "1 ", "٣", "0x1", "99999999999", "2147483648"})
    void an_address_that_there_is_not_is_ignored_and_counted_and_the_command_is_decided(String address) {
        ask(Ask.open("A1", T0), address);

        assertThat(ledger.replies()).isEmpty();
        assertThat(ledger.journal()).hasSize(1);
        assertThat(ledger.deadLetters()).isEmpty();
        assertThat(ledger.counted("reply_address_ignored_total")).isEqualTo(1);
    }

    @Test
    void an_address_without_a_value_is_ignored_and_counted() {
        ledger.send(Ask.open("A1", T0), T0, new RecordHeaders().add("bursar-reply-to", null));

        assertThat(ledger.replies()).isEmpty();
        assertThat(ledger.counted("reply_address_ignored_total")).isEqualTo(1);
    }

    @Test
    void of_several_addresses_the_last_counts() {
        ledger.send(
                Ask.open("A1", T0),
                T0,
                new RecordHeaders().add("bursar-reply-to", utf8("x")).add("bursar-reply-to", utf8("1")));

        assertThat(ledger.replies()).hasSize(1);
    }

    private void ask(SpecificRecord message, String address) {
        ledger.send(message, T0, replyTo(address));
    }

    private static Headers replyTo(String address) {
        return new RecordHeaders().add("bursar-reply-to", utf8(address));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Rejection reason(String code) {
        return new Rejection(code, null, null, null, null, null, null, null);
    }
}
