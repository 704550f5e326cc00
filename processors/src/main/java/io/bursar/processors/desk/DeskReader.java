package io.bursar.processors.desk;

import io.bursar.desk.Desk;
import io.bursar.desk.DeskDecision;
import io.bursar.processors.BadRecordException;
import io.bursar.processors.RecordKeys;
import io.bursar.processors.WellFormed;
import io.bursar.schemas.BrokerAccountCommand;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.time.Instant;
import java.util.function.BiFunction;
import org.apache.kafka.streams.processor.api.Record;

/** Makes messages to the desk out of records. For one thread only. */
final class DeskReader {
    private static final int MAX_ID_LENGTH = 128;

    private final DeskTopics topics;
    private final RecordDecoder<BrokerAccountCommand> commands;
    private final RecordDecoder<TokenEvent> events;
    private final RecordDecoder<OperationReport> reports;

    /**
     * A message, before it is decided about.
     *
     * @param commandId what a reply names; null for what is never answered
     * @param decider has the desk decide
     */
    record Message(String accountId, String commandId, BiFunction<Desk, Instant, DeskDecision> decider) {
        DeskDecision decide(Desk desk, Instant now) {
            return decider.apply(desk, now);
        }
    }

    DeskReader(DeskTopics topics, SchemaRegistry registry) {
        this.topics = topics;
        // The consumer holds a record back until its schema is cached, or known not to be there.
        var schemas = registry.cached();
        commands = new RecordDecoder<>(BrokerAccountCommand.class, schemas);
        events = new RecordDecoder<>(TokenEvent.class, schemas);
        reports = new RecordDecoder<>(OperationReport.class, schemas);
    }

    /**
     * The message in a record. Asks no registry.
     *
     * @throws BadRecordException when it is not well-formed
     */
    Message read(Record<byte[], byte[]> record, String topic) throws BadRecordException {
        if (record.value() == null) {
            throw new BadRecordException("the value is missing: a message to the desk cannot be deleted");
        }
        Message message;
        try {
            message = decode(record.value(), topic);
        } catch (MalformedRecordException | UnknownSchemaException e) {
            throw new BadRecordException(e.getMessage(), e);
        }
        RecordKeys.requireEqual(record.key(), "accountId", message.accountId());
        if (message.commandId() != null) {
            requireId(message.commandId());
        }
        return message;
    }

    /** Longer than other ids: those of what time brings about begin with the account's. */
    private static void requireId(String commandId) throws BadRecordException {
        if (commandId.isBlank() || commandId.length() > MAX_ID_LENGTH) {
            throw new BadRecordException("commandId is '" + WellFormed.shortened(commandId) + "': it must have 1 to "
                    + MAX_ID_LENGTH + " characters");
        }
    }

    private Message decode(byte[] value, String topic) {
        if (topic.equals(topics.brokerAccounts())) {
            var command = commands.decode(value);
            return new Message(
                    command.getAccountId(), command.getCommandId(), (desk, now) -> desk.decide(command, now));
        }
        if (topic.equals(topics.tokens())) {
            var event = events.decode(value);
            return new Message(event.getAccountId(), event.getCommandId(), (desk, now) -> desk.decide(event, now));
        }
        if (topic.equals(topics.operations())) {
            var report = reports.decode(value);
            return new Message(report.getAccountId(), null, (desk, now) -> desk.decide(report, now));
        }
        throw new IllegalStateException("the topology reads " + topic + ", which holds nothing for the desk");
    }
}
