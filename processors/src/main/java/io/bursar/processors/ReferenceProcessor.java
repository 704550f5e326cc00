package io.bursar.processors;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes assets or instruments into memory, at start and as they come. A global store's thread has no output, so a bad
 * record is logged and counted; what was known before stays.
 */
public final class ReferenceProcessor<T extends SpecificRecord> implements Processor<Bytes, byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceProcessor.class);

    private final String storeName;
    private final RecordDecoder<T> decoder;
    private final Function<T, String> idOf;
    private final Taker<T> taker;
    private final RegistryWaits waits;
    private final Counter refused;
    private KeyValueStore<Bytes, byte[]> store;

    private interface Taker<T> {
        void take(T value) throws BadRecordException;
    }

    private ReferenceProcessor(
            String storeName,
            RecordDecoder<T> decoder,
            Function<T, String> idOf,
            Taker<T> taker,
            RegistryWaits waits,
            MetricRegistry metrics) {
        this.storeName = storeName;
        this.decoder = decoder;
        this.idOf = idOf;
        this.taker = taker;
        this.waits = waits;
        this.refused = metrics.counter("reference_records_refused_total");
    }

    /** For the topic of assets. */
    public static ReferenceProcessor<Asset> assets(
            ReferenceTables tables, SchemaRegistry registry, RegistryWaits waits, MetricRegistry metrics) {
        return new ReferenceProcessor<>(
                Nodes.ASSETS_STORE,
                new RecordDecoder<>(Asset.class, registry),
                Asset::getId,
                tables::put,
                waits,
                metrics);
    }

    /** For the topic of instruments. */
    public static ReferenceProcessor<Instrument> instruments(
            ReferenceTables tables, SchemaRegistry registry, RegistryWaits waits, MetricRegistry metrics) {
        return new ReferenceProcessor<>(
                Nodes.INSTRUMENTS_STORE,
                new RecordDecoder<>(Instrument.class, registry),
                Instrument::getId,
                tables::put,
                waits,
                metrics);
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(storeName);
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        try {
            if (record.key() == null || record.value() == null) {
                throw new BadRecordException("key or value is missing: what orders were placed for cannot be deleted");
            }
            // Without the registry there is nothing to do but wait: what cannot be read must not be missed.
            var value = waits.untilAnswered(storeName, () -> decoder.decode(record.value()));
            var key = new String(record.key().get(), StandardCharsets.UTF_8);
            var id = idOf.apply(value);
            if (!id.equals(key)) {
                throw new BadRecordException("id is '" + WellFormed.shortened(id)
                        + "': it must equal the record's key '" + WellFormed.shortened(key) + "'");
            }
            taker.take(value);
            store.put(record.key(), record.value());
        } catch (BadRecordException | MalformedRecordException | UnknownSchemaException e) {
            refused.inc();
            LOG.error("a record of {} is ignored: {}", storeName, e.getMessage());
        }
    }
}
