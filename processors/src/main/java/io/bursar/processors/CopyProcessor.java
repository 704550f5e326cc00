package io.bursar.processors;

import com.codahale.metrics.Counter;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a topic into the memory of this instance, at start and as records come. A global store's thread has no output, so a
 * bad record is logged and counted; what was known before stays.
 */
public final class CopyProcessor<T extends SpecificRecord> implements Processor<Bytes, byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(CopyProcessor.class);

    private final String storeName;
    private final RecordDecoder<T> decoder;
    private final Taker<T> taker;
    private final RegistryWaits waits;
    private final Counter refused;
    private KeyValueStore<Bytes, byte[]> store;

    /** Where the records go. */
    @FunctionalInterface
    public interface Taker<T> {
        /**
         * @param key null when the record has none
         * @param value null when the record has none
         * @throws BadRecordException when the record is none that can be taken
         */
        void take(String key, T value) throws BadRecordException;
    }

    /**
     * @param storeName of the global store, which keeps the records as they came
     * @param refused counts bad records
     */
    public CopyProcessor(
            String storeName, RecordDecoder<T> decoder, Taker<T> taker, RegistryWaits waits, Counter refused) {
        this.storeName = storeName;
        this.decoder = decoder;
        this.taker = taker;
        this.waits = waits;
        this.refused = refused;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(storeName);
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        try {
            var key = record.key() == null ? null : new String(record.key().get(), StandardCharsets.UTF_8);
            // Without the registry there is nothing to do but wait: what cannot be read must not be missed.
            T value = record.value() == null
                    ? null
                    : waits.untilAnswered(storeName, () -> decoder.decode(record.value()));
            taker.take(key, value);
            store.put(record.key(), record.value());
        } catch (BadRecordException | MalformedRecordException | UnknownSchemaException e) {
            refused.inc();
            LOG.error("a record of {} is ignored: {}", storeName, e.getMessage());
        }
    }
}
