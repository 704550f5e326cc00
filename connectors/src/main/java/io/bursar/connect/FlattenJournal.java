package io.bursar.connect;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillDiscarded;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Micros;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Makes a flat row of each journal entry, for sinks that write records of Connect as they are: what it decided about
 * which order or fill, and its amounts in units beside the scales they are counted with. Takes the bytes of the topic,
 * so the connector's {@code value.converter} is Connect's ByteArrayConverter. A record without a value goes through.
 *
 * @param <R> the records of sources or of sinks
 */
public final class FlattenJournal<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final Schema MICROS = SchemaBuilder.int64()
            .name("io.debezium.time.MicroTimestamp")
            .version(1)
            .doc("Microseconds since 1970.")
            .build();

    private static final Schema ROW = SchemaBuilder.struct()
            .name("io.bursar.connect.FlatJournalEntry")
            .field("account_id", Schema.STRING_SCHEMA)
            .field("sequence", Schema.INT64_SCHEMA)
            .field("occurred_at", MICROS)
            .field("kind", Schema.STRING_SCHEMA)
            .field("command_id", Schema.OPTIONAL_STRING_SCHEMA)
            .field("source_topic", Schema.OPTIONAL_STRING_SCHEMA)
            .field("source_partition", Schema.OPTIONAL_INT32_SCHEMA)
            .field("source_offset", Schema.OPTIONAL_INT64_SCHEMA)
            .field("order_id", Schema.OPTIONAL_STRING_SCHEMA)
            .field("order_status", Schema.OPTIONAL_STRING_SCHEMA)
            .field("execution_id", Schema.OPTIONAL_STRING_SCHEMA)
            .field("strategy", Schema.OPTIONAL_STRING_SCHEMA)
            .field("instrument", Schema.OPTIONAL_STRING_SCHEMA)
            .field("side", Schema.OPTIONAL_STRING_SCHEMA)
            .field("quantity_units", Schema.OPTIONAL_INT64_SCHEMA)
            .field("price_units", Schema.OPTIONAL_INT64_SCHEMA)
            .field("notional_units", Schema.OPTIONAL_INT64_SCHEMA)
            .field("fee_units", Schema.OPTIONAL_INT64_SCHEMA)
            .field("fee_asset", Schema.OPTIONAL_STRING_SCHEMA)
            .field("realized_pnl_units", Schema.OPTIONAL_INT64_SCHEMA)
            .field("base_scale", Schema.OPTIONAL_INT32_SCHEMA)
            .field("quote_scale", Schema.OPTIONAL_INT32_SCHEMA)
            .field("price_scale", Schema.OPTIONAL_INT32_SCHEMA)
            .field("hash", Schema.STRING_SCHEMA)
            .build();

    private JournalDecoder decoder;

    /** For the worker, which finds the class by its name. */
    public FlattenJournal() {
        // Nothing to do before configure.
    }

    FlattenJournal(JournalDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public void configure(Map<String, ?> configs) {
        decoder = JournalDecoder.of(configs);
    }

    @Override
    public ConfigDef config() {
        return SinkSettings.addRegistry(new ConfigDef());
    }

    /** @throws DataException when the value holds no journal entry, with the cause */
    @Override
    public R apply(R message) {
        if (message.value() == null) {
            return message;
        }
        var row = row(decode(message));
        return message.newRecord(
                message.topic(),
                message.kafkaPartition(),
                message.keySchema(),
                message.key(),
                ROW,
                row,
                message.timestamp());
    }

    private JournalEntry decode(R message) {
        try {
            return decoder.decode(SinkSettings.bytes(message.value()));
        } catch (IllegalArgumentException e) {
            throw new DataException(e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new DataException(
                    "A record of " + message.topic() + ", partition " + message.kafkaPartition()
                            + ", holds no journal entry: " + e.getMessage(),
                    e);
        }
    }

    private static Struct row(JournalEntry entry) {
        var row = new Struct(ROW)
                .put("account_id", entry.getAccountId())
                .put("sequence", entry.getSequence())
                .put("occurred_at", Micros.of(entry.getOccurredAt()))
                .put("kind", entry.getBody().getClass().getSimpleName())
                .put("command_id", entry.getCommandId())
                .put("hash", HexFormat.of().formatHex(entry.getHash().bytes()));
        var source = entry.getSource();
        if (source != null) {
            row.put("source_topic", source.getTopic())
                    .put("source_partition", source.getPartition())
                    .put("source_offset", source.getOffset());
        }
        putOrder(entry, row);
        switch (entry.getBody()) {
            case FillSettled body -> {
                putFill(body.getFill(), row);
                row.put("notional_units", body.getNotional()).put("realized_pnl_units", body.getRealizedPnl());
            }
            case FillSuspended body -> putFill(body.getFill(), row);
            case FillDiscarded body -> putFill(body.getFill(), row);
            default -> {
                // Of no fill.
            }
        }
        return row;
    }

    /** The order as it is after the entry; a fill's own figures come after it and take their place. */
    private static void putOrder(JournalEntry entry, Struct row) {
        var order = entry.getOrder();
        if (order == null) {
            return;
        }
        row.put("order_id", order.getOrderId())
                .put("order_status", order.getStatus().toString())
                .put("strategy", order.getStrategy())
                .put("instrument", order.getInstrument())
                .put("side", order.getSide().toString())
                .put("quantity_units", order.getQuantity())
                .put("price_units", order.getLimitPrice())
                .put("notional_units", order.getNotional());
        var terms = order.getTerms();
        if (terms != null) {
            row.put("base_scale", terms.getBaseScale())
                    .put("quote_scale", terms.getQuoteScale())
                    .put("price_scale", terms.getPriceScale());
        }
    }

    private static void putFill(Fill fill, Struct row) {
        row.put("order_id", fill.getOrderId())
                .put("execution_id", fill.getExecutionId())
                .put("instrument", fill.getInstrument())
                .put("side", fill.getSide().toString())
                .put("quantity_units", fill.getQuantity())
                .put("price_units", fill.getPrice())
                .put("fee_units", fill.getFee())
                .put("fee_asset", fill.getFeeAsset());
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
    }
}
