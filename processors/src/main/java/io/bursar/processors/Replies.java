package io.bursar.processors;

import io.bursar.ledger.Answer;
import io.bursar.ledger.Command;
import io.bursar.ledger.Decision;
import io.bursar.ledger.Rejections;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.Reply;
import io.bursar.schemas.serde.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Headers;

/** Answers for senders who ask for one with the header {@code bursar-reply-to}. For one thread only. */
public final class Replies {
    /** Names the header of a command or a fill that asks for a reply on the partition that it gives as decimal text. */
    public static final String REPLY_TO = "bursar-reply-to";

    /** No partition count has more digits. */
    private static final int MAX_DIGITS = 9;

    private final int partitions;
    private final RecordEncoder<Reply> encoder;
    private final Runnable onBadAddress;

    /**
     * @param partitions of the topic of replies
     * @param schemaId of Reply, as the registry gave it
     * @param onBadAddress counts a header that names no partition
     */
    public Replies(int partitions, int schemaId, Runnable onBadAddress) {
        this.partitions = partitions;
        this.encoder = new RecordEncoder<>(Reply.class, schemaId);
        this.onBadAddress = onBadAddress;
    }

    /** The partition of {@code replies} to answer on; empty when none is asked for, or one that there is not. */
    public OptionalInt partition(Headers headers) {
        var header = headers.lastHeader(REPLY_TO);
        if (header == null) {
            return OptionalInt.empty();
        }
        var partition = parse(header.value());
        if (partition.isEmpty()) {
            // A send to a partition that does not exist would stop the whole task.
            onBadAddress.run();
        }
        return partition;
    }

    /** What the sender of a command or a fill is told; null when there is nobody to tell anything. */
    AddressedReply reply(int partition, Command command, Decision decision) {
        if (command.body() instanceof Fill fill) {
            return reply(partition, fill.getExecutionId(), command.accountId(), answer(decision));
        }
        return command.commandId() == null
                ? null
                : reply(partition, command.commandId(), command.accountId(), decision.answer());
    }

    /** A fill that is not suspended is settled; its entry is the last, after expiries that it brought about. */
    private static Answer answer(Decision ofFill) {
        if (ofFill.answer() != null) {
            return ofFill.answer();
        }
        var entry = ofFill.entries().getLast();
        var rejection = entry.getBody() instanceof FillSuspended suspended ? suspended.getRejection() : null;
        return new Answer(rejection, entry.getSequence(), false);
    }

    private AddressedReply reply(int partition, String id, String accountId, Answer answer) {
        var rejection = answer.rejection();
        var detail = rejection == null ? "" : Rejections.describe(rejection);
        var reply = new Reply(
                id,
                accountId,
                answer.accepted(),
                rejection == null ? null : rejection.getReason(),
                detail.isEmpty() ? null : detail,
                answer.sequence(),
                answer.repeated(),
                rejection,
                List.of());
        return to(partition, reply);
    }

    /** A reply on its way to the partition that its sender reads. */
    public AddressedReply to(int partition, Reply reply) {
        return new AddressedReply(partition, encoder.encode(reply));
    }

    private OptionalInt parse(byte[] value) {
        if (value == null || value.length == 0 || value.length > MAX_DIGITS) {
            return OptionalInt.empty();
        }
        for (byte digit : value) {
            if (digit < '0' || digit > '9') {
                return OptionalInt.empty();
            }
        }
        int partition = Integer.parseInt(new String(value, StandardCharsets.US_ASCII));
        return partition < partitions ? OptionalInt.of(partition) : OptionalInt.empty();
    }
}
