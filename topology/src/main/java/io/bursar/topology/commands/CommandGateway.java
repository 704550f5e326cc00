package io.bursar.topology.commands;

import io.bursar.processors.Replies;
import io.bursar.processors.Traces;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.BrokerAccountCommand;
import io.bursar.schemas.Fill;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.Reply;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.serde.AvroSerializer;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes commands, fills and token events to their topics and gives the committed decisions back. Any instance can take those of
 * any account: the log brings them to the owner, and each gateway has its answers sent to a partition of {@code replies}
 * that it follows, chosen at random. Thread-safe.
 */
public final class CommandGateway implements AutoCloseable {
    /** For the reader to find the end of its partition. */
    private static final Duration START = Duration.ofSeconds(5);

    private static final int MAX_BLOCK_MS = 2_000;
    private static final int REQUEST_TIMEOUT_MS = 4_000;
    private static final int DELIVERY_TIMEOUT_MS = 5_000;

    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final ReplyReader replies;
    private final byte[] replyTo;
    private final AvroSerializer<AccountCommand> accountCommands;
    private final AvroSerializer<BalanceUpdate> balanceUpdates;
    private final AvroSerializer<OrderCommand> orderCommands;
    private final AvroSerializer<Fill> fills;
    private final AvroSerializer<BrokerAccountCommand> brokerAccountCommands;
    private final AvroSerializer<TokenEvent> tokenEvents;
    private final AvroSerializer<OperationReport> operationReports;
    private final AvroSerializer<Asset> assets;
    private final AvroSerializer<Instrument> instruments;

    /** By {@code traceparent}. */
    private final Map<String, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();

    /**
     * Starts to follow its replies.
     *
     * @param replyPartitions how many partitions {@code replies} has
     * @param registry stays the caller's, who closes it after this
     */
    public CommandGateway(Settings settings, int replyPartitions, SchemaRegistry registry) {
        topics = Topics.from(settings);
        int partition = ThreadLocalRandom.current().nextInt(replyPartitions);
        replyTo = Integer.toString(partition).getBytes(StandardCharsets.US_ASCII);
        accountCommands = new AvroSerializer<>(AccountCommand.class, registry);
        balanceUpdates = new AvroSerializer<>(BalanceUpdate.class, registry);
        orderCommands = new AvroSerializer<>(OrderCommand.class, registry);
        fills = new AvroSerializer<>(Fill.class, registry);
        brokerAccountCommands = new AvroSerializer<>(BrokerAccountCommand.class, registry);
        tokenEvents = new AvroSerializer<>(TokenEvent.class, registry);
        operationReports = new AvroSerializer<>(OperationReport.class, registry);
        assets = new AvroSerializer<>(Asset.class, registry);
        instruments = new AvroSerializer<>(Instrument.class, registry);
        producer =
                new KafkaProducer<>(producerSettings(settings), new ByteArraySerializer(), new ByteArraySerializer());
        replies = new ReplyReader(
                settings.kafkaConsumer(), new TopicPartition(topics.replies(), partition), registry, this::answered);
        replies.start();
    }

    private static Map<String, Object> producerSettings(Settings settings) {
        var all = new HashMap<>(settings.kafkaProducer());
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Somebody waits for each of them.
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        return all;
    }

    /**
     * Sends a command or a fill. Those of one account and one kind that are sent one after the other are decided in that order;
     * another kind has another topic, and no order with this one before it is decided.
     *
     * @param message an {@link AccountCommand}, {@link BalanceUpdate}, {@link OrderCommand}, {@link Fill}, {@link
     *     BrokerAccountCommand} or {@link TokenEvent}
     * @param traceParent of the caller's trace; null without one
     * @throws NotWrittenException when replies cannot be read yet, or the record is refused at once
     * @throws io.bursar.schemas.serde.RegistryUnavailableException when a schema is not known yet and cannot be asked for
     * @throws IllegalArgumentException for another kind of message
     */
    public Pending send(SpecificRecord message, String traceParent) throws InterruptedException {
        if (!replies.awaitPosition(START)) {
            throw new NotWrittenException("nothing was sent: this instance cannot read " + topics.replies() + " yet");
        }
        var trace = TraceParent.next(traceParent);
        var record = record(message);
        record.headers().add(Replies.REPLY_TO, replyTo).add(Traces.HEADER, trace.getBytes(StandardCharsets.US_ASCII));
        var reply = new CompletableFuture<Reply>();
        waiting.put(trace, reply);
        var pending = new Pending(trace, reply);
        try {
            var unused = producer.send(record, (metadata, failure) -> {
                if (failure != null) {
                    reply.completeExceptionally(notWritten(record.topic(), failure));
                }
            });
            return pending;
        } catch (KafkaException e) {
            pending.close();
            throw notWritten(record.topic(), e);
        }
    }

    /**
     * Publishes what nobody decides about and waits until the log has it.
     *
     * @param message an {@link Asset}, {@link Instrument} or {@link OperationReport}
     * @throws NotWrittenException when that cannot be said
     */
    public void publish(SpecificRecord message) throws InterruptedException {
        var record = record(message);
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw notWritten(record.topic(), e.getCause());
        } catch (KafkaException e) {
            throw notWritten(record.topic(), e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(SpecificRecord message) {
        return switch (message) {
            case AccountCommand command ->
                record(
                        topics.accounts(),
                        command.getAccountId(),
                        accountCommands.serialize(topics.accounts(), command));
            case BalanceUpdate update ->
                record(
                        topics.balanceUpdates(),
                        update.getAccountId(),
                        balanceUpdates.serialize(topics.balanceUpdates(), update));
            case OrderCommand command ->
                record(topics.orders(), command.getAccountId(), orderCommands.serialize(topics.orders(), command));
            case Fill fill -> record(topics.fills(), fill.getAccountId(), fills.serialize(topics.fills(), fill));
            case BrokerAccountCommand command ->
                record(
                        topics.brokerAccounts(),
                        command.getAccountId(),
                        brokerAccountCommands.serialize(topics.brokerAccounts(), command));
            case TokenEvent event ->
                record(topics.tokens(), event.getAccountId(), tokenEvents.serialize(topics.tokens(), event));
            case OperationReport report ->
                record(
                        topics.operations(),
                        report.getAccountId(),
                        operationReports.serialize(topics.operations(), report));
            case Asset asset -> record(topics.assets(), asset.getId(), assets.serialize(topics.assets(), asset));
            case Instrument instrument ->
                record(
                        topics.instruments(),
                        instrument.getId(),
                        instruments.serialize(topics.instruments(), instrument));
            default ->
                throw new IllegalArgumentException(
                        "no topic for a " + message.getSchema().getFullName());
        };
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
        return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static NotWrittenException notWritten(String topic, Throwable cause) {
        return new NotWrittenException(
                "the log did not confirm a record on " + topic + ": " + cause.getMessage(), cause);
    }

    private void answered(String trace, Reply reply) {
        Optional.ofNullable(waiting.get(trace)).ifPresent(waiter -> waiter.complete(reply));
    }

    /** Those who still wait are not answered. */
    @Override
    public void close() {
        producer.close(Duration.ofMillis(DELIVERY_TIMEOUT_MS));
        replies.close();
    }

    /** A command on its way. To be closed by whoever does not wait any longer. */
    public final class Pending implements AutoCloseable {
        private final String trace;
        private final CompletableFuture<Reply> reply;

        private Pending(String trace, CompletableFuture<Reply> reply) {
            this.trace = trace;
            this.reply = reply;
        }

        /** Completes with the committed decision, or with a {@link NotWrittenException}. */
        public CompletableFuture<Reply> reply() {
            return reply;
        }

        @Override
        public void close() {
            waiting.remove(trace);
        }
    }
}
