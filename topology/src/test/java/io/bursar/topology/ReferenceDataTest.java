package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceDataTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");
    private static final String ASSETS = LedgerTopologyFixture.TOPICS.assets();
    private static final String INSTRUMENTS = LedgerTopologyFixture.TOPICS.instruments();
    static final List<String> BOTH = List.of(ASSETS, INSTRUMENTS);

    private final LedgerTopologyFixture ledger = LedgerTopologyFixture.at(T0).start();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_has_come_is_used_at_once() {
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.deposit("c1", "A1", T0, "JPY", 1));
        ledger.put(new Asset("JPY", 0));
        ledger.send(Ask.deposit("c1", "A1", T0, "JPY", 1));

        assertThat(ledger.counted("command_rejected_total{reason=\"asset_not_found\"}"))
                .isEqualTo(1);
        assertThat(ledger.reader().account("A1").getBalances()).hasSize(1);
    }

    @Test
    void tick_and_lot_may_change_and_a_scale_may_be_said_again() {
        ledger.put(instrument("ABC", "USD", 2, 5L, 10L));
        ledger.put(new Asset("USD", 2));

        assertThat(ledger.reference().instrument("ABC-USD").getTickSize()).isEqualTo(5);
        assertThat(ledger.counted("reference_records_refused_total")).isZero();
    }

    static Stream<SpecificRecord> refused() {
        return Stream.of(
                new Asset("USD", 3),
                new Asset("NEW", -1),
                new Asset("NEW", 19),
                new Asset("not an id", 2),
                instrument("EUR", "USD", 2, null, null),
                instrument("ABC", "EUR", 2, null, null),
                instrument("ABC", "USD", 3, null, null),
                instrument("ABC", "USD", -1, null, null),
                instrument("ABC", "USD", 19, null, null),
                instrument("USD", "USD", 2, null, null),
                instrument("not an id", "USD", 2, null, null),
                instrument("ABC", "not an id", 2, null, null),
                instrument("ABC", "USD", 2, 0L, null),
                instrument("ABC", "USD", 2, -5L, null),
                instrument("ABC", "USD", 2, null, 0L),
                new Instrument("not an id", "ABC", "USD", 2, null, null, null));
    }

    @ParameterizedTest
    @MethodSource
    void refused(SpecificRecord record) {
        if (record instanceof Asset asset) {
            ledger.put(asset);
        } else {
            ledger.put((Instrument) record);
        }

        assertThat(ledger.counted("reference_records_refused_total")).isEqualTo(1);
        assertThatAllIsAsBefore();
        assertThat(ledger.reference().asset("NEW")).isNull();
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void an_id_that_is_not_the_key_is_refused(String topic) {
        var value = topic.equals(ASSETS)
                ? ledger.encode(new Asset("NEW", 2))
                : ledger.encode(new Instrument("NEW", "ABC", "USD", 2, null, null, null));

        ledger.send(topic, utf8("OTHER"), value, T0);

        assertThat(ledger.counted("reference_records_refused_total")).isEqualTo(1);
        assertThat(ledger.reference().asset("NEW")).isNull();
        assertThat(ledger.reference().instrument("NEW")).isNull();
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void a_deletion_is_refused(String topic) {
        ledger.send(topic, utf8(topic.equals(ASSETS) ? "USD" : "ABC-USD"), null, T0);

        assertThat(ledger.counted("reference_records_refused_total")).isEqualTo(1);
        assertThatAllIsAsBefore();
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void bytes_that_are_no_message_are_refused(String topic) {
        ledger.send(topic, utf8("USD"), utf8("hello"), T0);
        ledger.send(topic, utf8("USD"), new byte[] {0, 0, 1, 0, 0, 7}, T0);
        ledger.send(topic, utf8("USD"), ledger.encode(Ask.open("USD", T0)), T0);

        assertThat(ledger.counted("reference_records_refused_total")).isEqualTo(3);
        assertThatAllIsAsBefore();
    }

    private void assertThatAllIsAsBefore() {
        assertThat(ledger.reference().asset("USD")).isEqualTo(new Asset("USD", 2));
        assertThat(ledger.reference().instrument("ABC-USD"))
                .isEqualTo(new Instrument("ABC-USD", "ABC", "USD", 2, null, null, null));
    }

    private static Instrument instrument(String base, String quote, int priceScale, Long tickSize, Long lotSize) {
        return new Instrument("ABC-USD", base, quote, priceScale, tickSize, lotSize, null);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
