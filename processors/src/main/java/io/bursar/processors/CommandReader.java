package io.bursar.processors;

import io.bursar.ledger.Command;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.Source;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Makes commands out of the records of the account-keyed input topics. For one thread only. */
final class CommandReader {
    private final InputTopics topics;
    private final RecordDecoder<AccountCommand> accountCommands;
    private final RecordDecoder<BalanceUpdate> balanceUpdates;
    private final RecordDecoder<OrderCommand> orderCommands;
    private final RecordDecoder<Fill> fills;
    private final RecordDecoder<TransferMessage> transfers;

    CommandReader(InputTopics topics, SchemaRegistry registry) {
        this.topics = topics;
        // The consumer holds a record back until its schema is cached, or known not to be there.
        var schemas = registry.cached();
        accountCommands = new RecordDecoder<>(AccountCommand.class, schemas);
        balanceUpdates = new RecordDecoder<>(BalanceUpdate.class, schemas);
        orderCommands = new RecordDecoder<>(OrderCommand.class, schemas);
        fills = new RecordDecoder<>(Fill.class, schemas);
        transfers = new RecordDecoder<>(TransferMessage.class, schemas);
    }

    /**
     * The command in a record. Asks no registry.
     *
     * @throws BadRecordException when it is not well-formed
     */
    Command read(Record<byte[], byte[]> record, RecordMetadata metadata) throws BadRecordException {
        var accountId = RecordKeys.read(record.key(), "account id", metadata.partition(), topics.accountPartitions());
        if (record.value() == null) {
            throw new BadRecordException("the value is missing: a command cannot be deleted");
        }
        Command command;
        try {
            command = decode(record, metadata);
        } catch (MalformedRecordException | UnknownSchemaException e) {
            throw new BadRecordException(e.getMessage(), e);
        }
        if (!accountId.equals(command.accountId())) {
            throw new BadRecordException("accountId is '" + WellFormed.shortened(command.accountId())
                    + "': it must equal the record's key '" + accountId + "'");
        }
        switch (command.body()) {
            case Fill fill -> WellFormed.require(fill);
            case TransferArrival arrival -> WellFormed.require(arrival, command.occurredAt());
            case TransferOutcome outcome -> WellFormed.require(outcome, command.occurredAt());
            default -> WellFormed.requireCommand(command.commandId(), command.occurredAt(), command.body());
        }
        return command;
    }

    private Command decode(Record<byte[], byte[]> record, RecordMetadata metadata) {
        var topic = metadata.topic();
        var receivedAt = Instant.ofEpochMilli(record.timestamp());
        var source = new Source(topic, metadata.partition(), metadata.offset());
        if (topic.equals(topics.orders())) {
            return Command.of(orderCommands.decode(record.value()), receivedAt, source);
        }
        if (topic.equals(topics.fills())) {
            return Command.of(fills.decode(record.value()), receivedAt, source);
        }
        if (topic.equals(topics.balanceUpdates())) {
            return Command.of(balanceUpdates.decode(record.value()), receivedAt, source);
        }
        if (topic.equals(topics.transfers())) {
            return Command.of(transfers.decode(record.value()), receivedAt, source);
        }
        if (topic.equals(topics.accounts())) {
            return Command.of(accountCommands.decode(record.value()), receivedAt, source);
        }
        throw new IllegalStateException("the topology reads " + topic + ", which holds no commands");
    }
}
