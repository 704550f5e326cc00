package io.bursar.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.Hash;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.JournalSeal;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.Side;
import io.bursar.schemas.Source;
import io.bursar.schemas.serde.SchemaRegistry;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class FlattenJournalTest {
    private static final int SCHEMA_ID = 7;
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.000001Z");
    private static final Hash ZEROS = new Hash(new byte[32]);

    private final FlattenJournal<SinkRecord> flatten = new FlattenJournal<>(new JournalDecoder(new OneSchema()));

    private static final class OneSchema implements SchemaRegistry {
        @Override
        public Schema schema(int id) {
            assertThat(id).isEqualTo(SCHEMA_ID);
            return JournalEntry.getClassSchema();
        }

        @Override
        public int idOf(String subject, Schema schema) {
            throw new UnsupportedOperationException("nothing is written");
        }

        @Override
        public boolean isCached(int id) {
            return true;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Test
    void a_settled_fill_is_a_row_with_its_order_its_figures_and_their_scales() {
        var row = (Struct) flatten.apply(message(new JournalSeal(SCHEMA_ID).seal(settled(), ZEROS)))
                .value();

        assertThat(row.getString("account_id")).isEqualTo("alice");
        assertThat(row.getInt64("sequence")).isEqualTo(5);
        assertThat(row.getInt64("occurred_at")).isEqualTo(1_772_452_800_000_001L);
        assertThat(row.getString("kind")).isEqualTo("FillSettled");
        assertThat(row.getString("command_id")).isNull();
        assertThat(row.getInt64("source_offset")).isEqualTo(42);
        assertThat(row.getString("order_id")).isEqualTo("o1");
        assertThat(row.getString("order_status")).isEqualTo("PARTIALLY_FILLED");
        assertThat(row.getString("strategy")).isEqualTo("grid");
        assertThat(row.getString("execution_id")).isEqualTo("e1");
        assertThat(row.getInt64("quantity_units")).as("of the fill").isEqualTo(3);
        assertThat(row.getInt64("price_units")).as("of the fill").isEqualTo(199);
        assertThat(row.getInt64("notional_units")).isEqualTo(597);
        assertThat(row.getInt64("fee_units")).isEqualTo(-2);
        assertThat(row.getInt64("realized_pnl_units")).isEqualTo(11);
        assertThat(List.of(row.getInt32("base_scale"), row.getInt32("quote_scale"), row.getInt32("price_scale")))
                .containsExactly(8, 2, 2);
        assertThat(row.getString("hash")).hasSize(64);
    }

    @Test
    void a_record_without_a_value_goes_through() {
        var message = message(null);

        assertThat(flatten.apply(message)).isSameAs(message);
    }

    @Test
    void bytes_that_are_no_entry_are_refused_with_their_place() {
        assertThatThrownBy(() -> flatten.apply(message(new byte[] {1, 2, 3})))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bursar.journal, partition 2");
    }

    @Test
    void values_of_another_converter_are_refused_with_the_setting() {
        assertThatThrownBy(() -> flatten.apply(message("text")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("value.converter=org.apache.kafka.connect.converters.ByteArrayConverter");
    }

    private static SinkRecord message(Object value) {
        return new SinkRecord("bursar.journal", 2, null, "alice", null, value, 10);
    }

    private static JournalEntry settled() {
        var fill = Fill.newBuilder()
                .setKind(FillKind.NEW)
                .setExecutionId("e1")
                .setAccountId("alice")
                .setOrderId("o1")
                .setInstrument("BTC-USD")
                .setSide(Side.BUY)
                .setQuantity(3L)
                .setPrice(199L)
                .setFee(-2L)
                .setLiquidity(Liquidity.MAKER)
                .setFinal$(false)
                .setOccurredAt(NOON)
                .build();
        var order = Order.newBuilder()
                .setOrderId("o1")
                .setStrategy("grid")
                .setInstrument("BTC-USD")
                .setTerms(new InstrumentTerms("BTC", "USD", 8, 2, 2))
                .setSide(Side.BUY)
                .setType(OrderType.LIMIT)
                .setQuantity(10L)
                .setLimitPrice(200L)
                .setTakerFeeRate(0)
                .setPlacedAt(NOON)
                .setExpiresAt(NOON)
                .setStatus(OrderStatus.PARTIALLY_FILLED)
                .setFilledQuantity(3L)
                .setFilledNotional(597L)
                .setHeld(1_403L)
                .setDecidedSequence(4L)
                .setContentHash(ZEROS)
                .build();
        return new JournalEntry(
                "alice",
                5L,
                NOON,
                null,
                new Source("bursar.fills", 0, 42L),
                ZEROS,
                new FillSettled(fill, 597L, 11L, false, null, null),
                List.of(),
                List.of(),
                null,
                order,
                null,
                ZEROS,
                ZEROS);
    }
}
