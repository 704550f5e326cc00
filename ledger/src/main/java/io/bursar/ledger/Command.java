package io.bursar.ledger;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.Hash;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Source;
import io.bursar.schemas.TransferMessage;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * Something to decide: a message of another program, with what the log says of it.
 *
 * @param accountId the account it is about
 * @param commandId its identity for all but PlaceOrder, fills and what comes of a transfer; null for the last two
 * @param occurredAt when it happened, as its producer says
 * @param receivedAt the timestamp that the broker gave its record
 * @param source where its record lies; null where there is no log
 * @param body what to do: a {@link Fill}, or the body of a message of another topic
 * @param contentHash what a repeat of it is recognised by
 */
public record Command(
        String accountId,
        String commandId,
        Instant occurredAt,
        Instant receivedAt,
        Source source,
        SpecificRecord body,
        Hash contentHash) {

    /** A message of {@code accounts}. */
    public static Command of(AccountCommand message, Instant receivedAt, Source source) {
        return of(
                message.getAccountId(),
                message.getCommandId(),
                message.getOccurredAt(),
                receivedAt,
                source,
                (SpecificRecord) message.getBody());
    }

    /** A message of {@code balance-updates}. */
    public static Command of(BalanceUpdate message, Instant receivedAt, Source source) {
        return of(
                message.getAccountId(),
                message.getCommandId(),
                message.getOccurredAt(),
                receivedAt,
                source,
                (SpecificRecord) message.getBody());
    }

    /** A message of {@code orders}. */
    public static Command of(OrderCommand message, Instant receivedAt, Source source) {
        return of(
                message.getAccountId(),
                message.getCommandId(),
                message.getOccurredAt(),
                receivedAt,
                source,
                (SpecificRecord) message.getBody());
    }

    /** A fill as it stands on its topic. */
    public static Command of(Fill fill, Instant receivedAt, Source source) {
        return new Command(
                fill.getAccountId(), null, fill.getOccurredAt(), receivedAt, source, fill, ContentHash.of(fill));
    }

    /** A message of {@code transfers}: what the ledger itself tells of another account. */
    public static Command of(TransferMessage message, Instant receivedAt, Source source) {
        return of(message.getAccountId(), null, message.getOccurredAt(), receivedAt, source, (SpecificRecord)
                message.getBody());
    }

    private static Command of(
            String accountId,
            String commandId,
            Instant occurredAt,
            Instant receivedAt,
            Source source,
            SpecificRecord body) {
        return new Command(accountId, commandId, occurredAt, receivedAt, source, body, ContentHash.of(body));
    }

    /** Whether this command is identified by its order id instead of its command id. */
    boolean isPlacement() {
        return body instanceof PlaceOrder;
    }
}
