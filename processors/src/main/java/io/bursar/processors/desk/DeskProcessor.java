package io.bursar.processors.desk;

import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.Desk;
import io.bursar.desk.DeskDecision;
import io.bursar.processors.BadRecordException;
import io.bursar.processors.DeadLetters;
import io.bursar.processors.LedgerMetrics;
import io.bursar.processors.Replies;
import io.bursar.processors.RowCodec;
import io.bursar.processors.Traces;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.Reply;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.TokenRefreshCall;
import io.bursar.schemas.serde.RecordEncoder;
import io.bursar.schemas.serde.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the desk decide, and writes accounts, attempts, the history, events and replies. All broker accounts are in memory;
 * the store is there to find them again.
 */
public final class DeskProcessor implements Processor<byte[], byte[], byte[], Object> {
    private static final Logger LOG = LoggerFactory.getLogger(DeskProcessor.class);

    /** How exactly it knows what is due, and how often counts are published that callers' reports have changed. */
    private static final Duration TICK = Duration.ofMillis(200);

    private final DeskSettings settings;
    private final MetricRegistry metrics;
    private final DeskReader reader;
    private final Replies replies;
    private final RowCodec<BrokerAccount> rows = RowCodec.of(BrokerAccount.class);
    private final RecordEncoder<BrokerAccount> accounts;
    private final RecordEncoder<TokenRefreshCall> calls;
    private final RecordEncoder<TokenRefresh> refreshes;
    private final RecordEncoder<TokenEvent> events;

    /** Accounts of which only counts have changed since they were published, by their ids. */
    private final Map<String, BrokerAccount> unpublished = new LinkedHashMap<>();

    private ProcessorContext<byte[], Object> context;
    private KeyValueStore<Bytes, byte[]> store;
    private Desk desk;
    private long lastMs;

    /** One for each task. */
    public DeskProcessor(DeskSettings settings, SchemaRegistry registry, MetricRegistry metrics) {
        this.settings = settings;
        this.metrics = metrics;
        reader = new DeskReader(settings.topics(), registry);
        replies = new Replies(
                settings.replyPartitions(),
                settings.replySchemaId(),
                metrics.counter(LedgerMetrics.REPLY_ADDRESS_IGNORED)::inc);
        accounts = new RecordEncoder<>(BrokerAccount.class, settings.accountSchemaId());
        calls = new RecordEncoder<>(TokenRefreshCall.class, settings.callSchemaId());
        refreshes = new RecordEncoder<>(TokenRefresh.class, settings.refreshSchemaId());
        events = new RecordEncoder<>(TokenEvent.class, settings.eventSchemaId());
    }

    /** Where it keeps its rows: in memory, since there are few and all of them are needed. */
    public static KeyValueBytesStoreSupplier rows() {
        return Stores.inMemoryKeyValueStore(DeskNodes.STORE);
    }

    @Override
    public void init(ProcessorContext<byte[], Object> processorContext) {
        context = processorContext;
        store = context.getStateStore(DeskNodes.STORE);
        desk = new Desk(settings.rules());
        try (var stored = store.all()) {
            stored.forEachRemaining(row -> desk.restore(rows.decode(row.value)));
        }
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, nowMs -> tick());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record of an input topic has metadata"));
        DeskReader.Message message;
        try {
            message = reader.read(record, metadata.topic());
        } catch (BadRecordException e) {
            LOG.warn("{}-{}@{}: {}", metadata.topic(), metadata.partition(), metadata.offset(), e.getMessage());
            sendToDeadLetters(record, metadata, e.getMessage());
            return;
        }
        DeskDecision decision;
        try {
            decision = message.decide(desk, now());
        } catch (RuntimeException e) {
            LOG.error(
                    "{}-{}@{}: the desk failed on a message about {}",
                    metadata.topic(),
                    metadata.partition(),
                    metadata.offset(),
                    message.accountId(),
                    e);
            sendToDeadLetters(record, metadata, "the desk failed: " + e);
            return;
        }
        write(decision, record.headers(), message.commandId() == null);
        answer(record, message, decision);
    }

    private void tick() {
        write(desk.tick(now()), new RecordHeaders(), false);
        unpublished.values().forEach(account -> publish(account, new RecordHeaders()));
        unpublished.clear();
    }

    /** The wall clock, but for its steps back. */
    private Instant now() {
        lastMs = Math.max(lastMs, context.currentSystemTimeMs());
        return Instant.ofEpochMilli(lastMs);
    }

    private void write(DeskDecision decision, Headers received, boolean canWait) {
        desk.apply(decision);
        for (var account : decision.changed()) {
            store.put(key(account.getId()), rows.encode(account));
            if (canWait) {
                unpublished.put(account.getId(), account);
            } else {
                unpublished.remove(account.getId());
                publish(account, received);
            }
        }
        for (var id : decision.deleted()) {
            store.delete(key(id));
            unpublished.remove(id);
            forward(id, null, received, DeskNodes.STATES);
        }
        decision.refreshes()
                .forEach(refresh ->
                        forward(TokenHistory.keyOf(refresh), refreshes.encode(refresh), received, DeskNodes.REFRESHES));
        decision.calls().forEach(call -> {
            Object offered = new OfferedCall(call.getTokenVersion(), calls.encode(call));
            forward(call.getAccount().getId(), offered, received, DeskNodes.CALLS);
        });
        decision.events()
                .forEach(event -> forward(event.getAccountId(), events.encode(event), received, DeskNodes.EVENTS));
    }

    private void publish(BrokerAccount account, Headers received) {
        forward(account.getId(), accounts.encode(account), received, DeskNodes.STATES);
    }

    private void forward(String key, Object value, Headers received, String sink) {
        context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, lastMs, Traces.of(received)), sink);
    }

    private void answer(Record<byte[], byte[]> record, DeskReader.Message message, DeskDecision decision) {
        var answer = decision.answer();
        if (!answer.accepted()) {
            metrics.counter("desk_refusals_total{reason=\"" + answer.reason().code() + "\"}")
                    .inc();
        }
        var partition = replies.partition(record.headers());
        if (message.commandId() == null || partition.isEmpty()) {
            return;
        }
        var reply = new Reply(
                message.commandId(),
                message.accountId(),
                answer.accepted(),
                answer.accepted() ? null : answer.reason().code(),
                answer.detail(),
                answer.revision(),
                answer.repeated(),
                null,
                answer.faults());
        Object addressed = replies.to(partition.getAsInt(), reply);
        context.forward(
                new Record<>(record.key(), addressed, record.timestamp(), Traces.of(record.headers())),
                DeskNodes.REPLIES);
    }

    private void sendToDeadLetters(Record<byte[], byte[]> record, RecordMetadata metadata, String cause) {
        metrics.counter(LedgerMetrics.DEAD_LETTERS).inc();
        context.forward(DeadLetters.of(record, metadata, cause), DeskNodes.DEAD_LETTERS);
    }

    private static Bytes key(String id) {
        return Bytes.wrap(id.getBytes(StandardCharsets.UTF_8));
    }
}
