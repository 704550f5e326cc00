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
import org.apache.kafka.streams.processor.api.Record;

/** Makes messages to the desk out of records. For one thread only. */
final class DeskReader {
    private static final int MAX_ID_LENGTH = 128;

    private final DeskTopics topics;
    private final RecordDecoder<BrokerAccountCommand> commands;
    private final RecordDecoder<TokenEvent> events;
    private final RecordDecoder<OperationReport> reports;

    /** A message, before it is decided about. */
    interface Message {
        DeskDecision decide(Desk desk, Instant now);

        String accountId();

        /** What a reply names; null for what is never answered. */
        String commandId();
    }

    private record AccountCommand(BrokerAccountCommand command) implements Message {
        @Override
        public DeskDecision decide(Desk desk, Instant now) {
            return desk.decide(command, now);
        }

        @Override
        public String accountId() {
            return command.getAccountId();
        }

        @Override
        public String commandId() {
            return command.getCommandId();
        }
    }

    private record Event(TokenEvent event) implements Message {
        @Override
        public DeskDecision decide(Desk desk, Instant now) {
            return desk.decide(event, now);
        }

        @Override
        public String accountId() {
            return event.getAccountId();
        }

        @Override
        public String commandId() {
            return event.getCommandId();
        }
    }

    private record Report(OperationReport report) implements Message {
        @Override
        public DeskDecision decide(Desk desk, Instant now) {
            return desk.decide(report, now);
        }

        @Override
        public String accountId() {
            return report.getAccountId();
        }

        @Override
        public String commandId() {
            return null;
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
            return new AccountCommand(commands.decode(value));
        }
        if (topic.equals(topics.tokens())) {
            return new Event(events.decode(value));
        }
        if (topic.equals(topics.operations())) {
            return new Report(reports.decode(value));
        }
        throw new IllegalStateException("the topology reads " + topic + ", which holds nothing for the desk");
    }
}
