package io.bursar.processors.desk;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.DeskCopy;
import io.bursar.processors.RegistryWaits;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the desk has published into an instance's {@link DeskCopy}. A global store's thread has no output, so a bad
 * record is logged and counted; what was known before stays.
 */
public final class DeskCopyProcessor<T extends SpecificRecord> implements Processor<Bytes, byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(DeskCopyProcessor.class);

    private final String storeName;
    private final RecordDecoder<T> decoder;
    private final BiConsumer<String, T> taker;
    private final RegistryWaits waits;
    private final Counter refused;
    private KeyValueStore<Bytes, byte[]> store;

    private DeskCopyProcessor(
            String storeName,
            RecordDecoder<T> decoder,
            BiConsumer<String, T> taker,
            RegistryWaits waits,
            MetricRegistry metrics) {
        this.storeName = storeName;
        this.decoder = decoder;
        this.taker = taker;
        this.waits = waits;
        this.refused = metrics.counter("desk_copy_records_refused_total");
    }

    /** For the topic of the accounts' states. */
    public static DeskCopyProcessor<BrokerAccount> states(
            DeskCopy copy, SchemaRegistry registry, RegistryWaits waits, MetricRegistry metrics) {
        return new DeskCopyProcessor<>(
                DeskNodes.STATES_STORE, new RecordDecoder<>(BrokerAccount.class, registry), copy::put, waits, metrics);
    }

    /** For the topic of refreshes. */
    public static DeskCopyProcessor<TokenRefresh> history(
            DeskCopy copy, SchemaRegistry registry, RegistryWaits waits, MetricRegistry metrics) {
        return new DeskCopyProcessor<>(
                DeskNodes.HISTORY_STORE, new RecordDecoder<>(TokenRefresh.class, registry), copy::put, waits, metrics);
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(storeName);
    }

    @Override
    public void process(Record<Bytes, byte[]> record) {
        if (record.key() == null) {
            refuse("the key is missing");
            return;
        }
        try {
            // Without the registry there is nothing to do but wait: what cannot be read must not be missed.
            T value = record.value() == null
                    ? null
                    : waits.untilAnswered(storeName, () -> decoder.decode(record.value()));
            taker.accept(new String(record.key().get(), StandardCharsets.UTF_8), value);
            store.put(record.key(), record.value());
        } catch (MalformedRecordException | UnknownSchemaException e) {
            refuse(e.getMessage());
        }
    }

    private void refuse(String cause) {
        refused.inc();
        LOG.error("a record of {} is ignored: {}", storeName, cause);
    }
}
