package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Asset;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import io.bursar.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever bytes come: each record is decided or in the dead letters, and nothing stops. */
class RandomInputTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");
    private static final int RECORDS = 10_000;
    private static final int HEADER_BYTES = 5;
    private static final Topics TOPICS = LedgerTopologyFixture.TOPICS;

    /** A topic, a key that is right for it, and messages that are. */
    record Input(String topic, String key, List<SpecificRecord> samples) {
        /** A trade is decided as two fills. */
        int decisionsOfEach() {
            return topic.equals(TOPICS.trades()) ? 2 : 1;
        }

        @Override
        public String toString() {
            return topic;
        }
    }

    static final List<Input> INPUTS = List.of(
            new Input(
                    TOPICS.accounts(),
                    "A1",
                    List.of(Ask.suspend("s1", "A1", T0), Ask.resume("r1", "A1", T0), Ask.close("x1", "A1", T0))),
            new Input(
                    TOPICS.balanceUpdates(),
                    "A1",
                    List.of(Ask.deposit("d1", "A1", T0, "USD", 1), Ask.withdraw("w1", "A1", T0, "USD", 1))),
            new Input(
                    TOPICS.orders(),
                    "A1",
                    List.of(
                            Ask.buy("o1", "A1", T0, 1, 1),
                            Ask.extend("c1", "A1", T0, "o1", T0),
                            Ask.settle("c2", "A1", T0, 1))),
            new Input(TOPICS.fills(), "A1", List.of(Ask.bought("e1", "o1", "A1", T0, 1, 1))),
            new Input(
                    TOPICS.trades(),
                    "ABC-USD",
                    List.of(Ask.trade("t1", T0, 1, 1, Ask.party("A1", "o1"), Ask.party("A1", "o2")))));

    static final List<Input> REFERENCE_DATA = List.of(
            new Input(TOPICS.assets(), "USD", List.of(new Asset("USD", 2))),
            new Input(TOPICS.instruments(), "USD", List.of(new Asset("USD", 2))));

    private final LedgerTopologyFixture ledger = LedgerTopologyFixture.at(T0).start();
    private final Random random = new Random(20260302);

    @AfterEach
    void close() {
        ledger.close();
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void no_record_of_an_input_is_lost_and_none_stops_it(Input input) {
        ledger.send(Ask.open("A1", T0));
        ledger.send(Ask.deposit("c1", "A1", T0, "USD", 1_000_00));
        ledger.journal();
        Set<Long> decided = new HashSet<>();
        Set<String> deadLetters = new HashSet<>();

        for (int i = 1; i <= RECORDS; i++) {
            ledger.send(input.topic(), key(input), value(input), T0);
            if (i % 1_000 == 0) {
                ledger.journal().forEach(entry -> decided.add(entry.getSource().getOffset()));
                ledger.deadLetters().forEach(letter -> deadLetters.add(letter.origin()));
            }
        }

        long decisions = decided.size() + ledger.counted("repeats_total");
        assertThat(deadLetters.size() + decisions / input.decisionsOfEach()).isEqualTo(RECORDS);
        assertThat(decisions).isGreaterThan(RECORDS / 10);
        assertThat(ledger.counted("dead_letters_total")).isEqualTo(deadLetters.size());
        assertThat(ledger.counted("core_failures_total")).isZero();
        ledger.send(Ask.open("A2", T0));
        assertThat(ledger.journal()).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("REFERENCE_DATA")
    void no_record_of_reference_data_stops_it_or_changes_what_is_known(Input input) {
        var before = List.of(ledger.reference().asset("USD"), ledger.reference().instrument("ABC-USD"));

        for (int i = 0; i < RECORDS; i++) {
            ledger.send(input.topic(), key(input), random.nextBoolean() ? randomBytes() : randomTail(input), T0);
        }

        assertThat(List.of(ledger.reference().asset("USD"), ledger.reference().instrument("ABC-USD")))
                .isEqualTo(before);
        assertThat(ledger.counted("reference_records_refused_total")).isGreaterThan(RECORDS * 9 / 10);
        ledger.put(new Asset("NEW", 1));
        assertThat(ledger.reference().asset("NEW")).isNotNull();
    }

    @Test
    void well_formed_commands_with_any_numbers_are_decided() {
        ledger.send(Ask.open("A1", T0));

        for (int i = 0; i < RECORDS; i++) {
            ledger.send(randomCommand(i), T0);
        }

        assertThat(ledger.deadLetters()).isEmpty();
        assertThat(ledger.journal()).hasSizeGreaterThan(RECORDS);
    }

    private SpecificRecord randomCommand(int i) {
        var side = random.nextBoolean() ? Side.BUY : Side.SELL;
        return switch (random.nextInt(4)) {
            case 0 -> Ask.deposit("c" + i, "A1", randomInstant(), "USD", randomLong());
            case 1 -> Ask.adjust("c" + i, "A1", randomInstant(), "ABC", randomLong());
            case 2 -> Ask.place("A1", randomInstant(), randomOrder("o" + i, side));
            default ->
                Ask.fill("e" + i, "o" + random.nextInt(i + 1), "A1", randomInstant(), side, randomLong(), randomLong())
                        .setFee(randomLong())
                        .setFinal$(random.nextBoolean())
                        .build();
        };
    }

    private PlaceOrder randomOrder(String orderId, Side side) {
        return PlaceOrder.newBuilder()
                .setOrderId(orderId)
                .setInstrument("ABC-USD")
                .setSide(side)
                .setType(random.nextBoolean() ? OrderType.LIMIT : OrderType.MARKET)
                .setQuantity(random.nextInt(4) == 0 ? null : Long.valueOf(randomLong()))
                .setLimitPrice(random.nextInt(3) == 0 ? null : Long.valueOf(randomLong()))
                .setNotional(random.nextInt(2) == 0 ? null : Long.valueOf(randomLong()))
                .setExpiresAt(random.nextInt(2) == 0 ? null : randomInstant())
                .build();
    }

    /** Of all magnitudes and both signs. */
    private long randomLong() {
        return random.nextLong() >> random.nextInt(64);
    }

    /** Mostly the moment at which it is received, else any from 1970 to 9999. */
    private Instant randomInstant() {
        return random.nextInt(10) > 0 ? T0 : Instant.ofEpochSecond(random.nextLong(253_402_300_800L));
    }

    private byte[] key(Input input) {
        return switch (random.nextInt(20)) {
            case 0 -> null;
            case 1 -> randomBytes();
            default -> utf8(input.key());
        };
    }

    private byte[] value(Input input) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1, 2 -> randomBytes();
            case 3, 4 -> randomTail(input);
            case 5 -> sample(input);
            default -> damaged(input);
        };
    }

    private byte[] randomBytes() {
        var bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] randomTail(Input input) {
        var value = Arrays.copyOf(sample(input), HEADER_BYTES + random.nextInt(100));
        var tail = new byte[value.length - HEADER_BYTES];
        random.nextBytes(tail);
        System.arraycopy(tail, 0, value, HEADER_BYTES, tail.length);
        return value;
    }

    private byte[] damaged(Input input) {
        var value = sample(input);
        for (int i = random.nextInt(3); i >= 0; i--) {
            value[random.nextInt(value.length)] = (byte) random.nextInt();
        }
        return value;
    }

    private byte[] sample(Input input) {
        return ledger.encode(input.samples().get(random.nextInt(input.samples().size())));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
