package io.bursar.processors;

import io.bursar.ledger.Command;
import io.bursar.ledger.Decision;
import io.bursar.ledger.JournalFold;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.ReferenceData;
import io.bursar.ledger.Transfers;
import io.bursar.processors.store.CommittedStores;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalHash;
import io.bursar.schemas.JournalSeal;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.serde.RecordEncoder;
import io.bursar.schemas.serde.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a command's account from the store, has the ledger decide, and writes rows, journal entries, what other accounts
 * have to know, and the reply. It knows no rule about money.
 */
public final class LedgerProcessor implements Processor<byte[], byte[], byte[], Object> {
    /** Names the header of a journal entry that says what kind it is. */
    public static final String TYPE_HEADER = "bursar-type";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerProcessor.class);

    private final LedgerSettings settings;
    private final InputProgress progress;
    private final LedgerMetrics metrics;
    private final CommandReader commands;
    private final Replies replies;
    private final JournalSeal seal;
    private final RecordEncoder<TransferMessage> transfers;
    private final Ledger ledger;

    private ProcessorContext<byte[], Object> context;
    private LedgerStore store;
    private ExpiryTimer timer;

    /** One for each task. */
    public LedgerProcessor(
            LedgerSettings settings,
            SchemaRegistry registry,
            ReferenceData reference,
            InputProgress progress,
            LedgerMetrics metrics) {
        this.settings = settings;
        this.progress = progress;
        this.metrics = metrics;
        commands = new CommandReader(settings.topics(), registry);
        replies = new Replies(settings.replyPartitions(), settings.replySchemaId(), metrics::replyAddressIgnored);
        seal = new JournalSeal(settings.journalSchemaId());
        transfers = new RecordEncoder<>(TransferMessage.class, settings.transferSchemaId());
        ledger = new Ledger(reference, settings.rules());
    }

    /** Where it keeps its rows. */
    public static KeyValueBytesStoreSupplier rows() {
        return new CommittedStores(Nodes.LEDGER_STORE, new RowIndex());
    }

    @Override
    public void init(ProcessorContext<byte[], Object> processorContext) {
        context = processorContext;
        store = new LedgerStore(
                context.getStateStore(Nodes.LEDGER_STORE), settings.topics().accountPartitions());
        timer = new ExpiryTimer(
                context,
                settings,
                progress,
                ledger,
                store,
                new Sweeper(store, settings.rules(), metrics),
                (account, decision) -> write(account, decision, context.currentSystemTimeMs(), new RecordHeaders()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record of an input topic has metadata"));
        timer.processed(metadata);
        Command command;
        try {
            command = commands.read(record, metadata);
        } catch (BadRecordException e) {
            LOG.warn("{}-{}@{}: {}", metadata.topic(), metadata.partition(), metadata.offset(), e.getMessage());
            sendToDeadLetters(record, metadata, e.getMessage());
            return;
        }
        var account = store.account(command.accountId());
        Decision decision;
        try {
            decision = ledger.decide(account, command);
        } catch (KafkaException e) {
            // The store failed, not the rules: the task has to be started again.
            throw e;
        } catch (RuntimeException e) {
            fail(record, metadata, command, e);
            return;
        }
        timer.occurred(command.occurredAt(), command.receivedAt());
        write(account, decision, record.timestamp(), record.headers());
        answer(record, command, decision);
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.close();
        }
    }

    private void write(StoredAccount account, Decision decision, long timestampMs, Headers commandHeaders) {
        if (decision.entries().isEmpty()) {
            return;
        }
        Hash lastHash = account.account().getLastHash();
        for (var entry : decision.entries()) {
            var value = seal.seal(entry, lastHash);
            lastHash = JournalHash.hashOf(value);
            var headers = Traces.of(commandHeaders);
            headers.add(TYPE_HEADER, JournalFold.kind(entry).getBytes(StandardCharsets.UTF_8));
            var key = entry.getAccountId().getBytes(StandardCharsets.UTF_8);
            context.forward(new Record<>(key, value, timestampMs, headers), Nodes.JOURNAL);
            metrics.journalled(entry);
            tell(Transfers.message(entry), timestampMs, commandHeaders);
        }
        account.write(decision, lastHash);
    }

    /** Sends another account what it has to know, if anything. */
    private void tell(TransferMessage message, long timestampMs, Headers commandHeaders) {
        if (message != null) {
            var key = message.getAccountId().getBytes(StandardCharsets.UTF_8);
            Object value = transfers.encode(message);
            context.forward(new Record<>(key, value, timestampMs, Traces.of(commandHeaders)), Nodes.TRANSFERS);
        }
    }

    private void answer(Record<byte[], byte[]> record, Command command, Decision decision) {
        var answer = decision.answer();
        metrics.decided(command, answer != null && answer.repeated());
        var partition = replies.partition(record.headers());
        if (partition.isEmpty()) {
            return;
        }
        var reply = replies.reply(partition.getAsInt(), command, decision);
        if (reply == null) {
            return;
        }
        var answered = new Record<byte[], Object>(record.key(), reply, record.timestamp(), Traces.of(record.headers()));
        context.forward(answered, Nodes.REPLIES);
    }

    /** The command has changed nothing; it is kept with the cause, and the account goes on without it. */
    private void fail(Record<byte[], byte[]> record, RecordMetadata metadata, Command command, RuntimeException cause) {
        LOG.error(
                "{}-{}@{}: the ledger failed on command {} of account {}",
                metadata.topic(),
                metadata.partition(),
                metadata.offset(),
                command.commandId(),
                command.accountId(),
                cause);
        metrics.coreFailed();
        sendToDeadLetters(record, metadata, "the ledger failed: " + cause);
    }

    private void sendToDeadLetters(Record<byte[], byte[]> record, RecordMetadata metadata, String cause) {
        metrics.deadLetter();
        context.forward(DeadLetters.of(record, metadata, cause), Nodes.DEAD_LETTERS);
    }
}
