package io.bursar.cli.suspendedfills;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.TopicReader;
import io.bursar.processors.Replies;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.Reply;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends an operator's decision about a suspended fill and waits for the ledger's answer. For one thread only. */
public final class Resolver {
    private static final Duration POLL = Duration.ofMillis(200);

    /** There is always one. */
    private static final int REPLY_PARTITION = 0;

    private final Connection connection;

    /** @param connection stays the caller's */
    public Resolver(Connection connection) {
        this.connection = connection;
    }

    /**
     * Sends the command and waits for its reply.
     *
     * @param commandId by which a repeat is recognised
     * @return the reply; empty when none has come in time, and then the command may yet be decided
     * @throws CommandException when the command could not be sent
     */
    public Optional<Reply> resolve(String commandId, String accountId, ResolveFill decision, Duration atMost)
            throws InterruptedException {
        var command = new OrderCommand(commandId, accountId, Instant.now().truncatedTo(ChronoUnit.MICROS), decision);
        try (var replies = TopicReader.fromEnd(connection, connection.topics().replies());
                var producer = connection.producer()) {
            var record = new ProducerRecord<String, SpecificRecord>(
                    connection.topics().orders(), accountId, command);
            record.headers()
                    .add(Replies.REPLY_TO, Integer.toString(REPLY_PARTITION).getBytes(StandardCharsets.US_ASCII));
            try {
                producer.send(record).get();
            } catch (ExecutionException e) {
                throw new CommandException(
                        "The command did not reach %s: %s"
                                .formatted(
                                        connection.topics().orders(),
                                        e.getCause().getMessage()),
                        e);
            }
            return await(replies, command, atMost);
        }
    }

    private Optional<Reply> await(TopicReader replies, OrderCommand command, Duration atMost) {
        var decoder = new RecordDecoder<>(Reply.class, connection.registry());
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            for (var record : replies.poll(POLL)) {
                var reply = decode(decoder, record.value());
                if (reply.filter(found -> isOf(found, command)).isPresent()) {
                    return reply;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(Reply reply, OrderCommand command) {
        return reply.getCommandId().equals(command.getCommandId())
                && reply.getAccountId().equals(command.getAccountId());
    }

    /** What others may have written there is none. */
    private static Optional<Reply> decode(RecordDecoder<Reply> decoder, byte[] value) {
        try {
            return Optional.of(decoder.decode(value));
        } catch (MalformedRecordException | UnknownSchemaException e) {
            return Optional.empty();
        }
    }
}
