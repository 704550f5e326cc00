package io.bursar.service.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bursar.schemas.JournalEntry;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * An entry of the journal, and what it left of everything that it touched.
 *
 * @param kind what it records, the name of its body in the contract, such as {@code OrderAccepted}
 * @param occurredAt when the decided input happened; the deadline, for an expiry
 * @param commandId absent for fills, expiries and what comes of a transfer
 * @param body its fields as in the contract, with amounts as decimal text; {@code unscaled} has those of which the size of
 *     the units is not known
 * @param balances those that it touched, after it; absent where only the tables were asked, like the next two
 * @param position that it touched, after it
 * @param order that it touched, after it
 * @param hash as hexadecimal digits
 */
public record EntryView(
        String accountId,
        long sequence,
        String kind,
        String occurredAt,
        String commandId,
        JsonNode body,
        List<PostingView> postings,
        List<BalanceView> balances,
        PositionView position,
        OrderView order,
        String hash) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Entries of an account; {@code sequence} is that of the last entry in the tables. */
    public record Listing(String accountId, long sequence, List<EntryView> entries, String nextCursor) {}

    /**
     * The view of an entry as the table has it, which is without what the entry left.
     *
     * @param body JSON with amounts in units
     * @param instrument of the order that the entry is about, for bodies that name none; may be null
     */
    public static EntryView ofTable(
            String accountId,
            long sequence,
            String kind,
            Instant occurredAt,
            String commandId,
            String body,
            String instrument,
            List<PostingView> postings,
            String hash,
            Units units) {
        return new EntryView(
                accountId,
                sequence,
                kind,
                occurredAt.toString(),
                commandId,
                new WholeUnits(units).of(parsed(body), instrument),
                postings,
                null,
                null,
                null,
                hash);
    }

    private static ObjectNode parsed(String body) {
        try {
            return (ObjectNode) MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database does not give JSON", e);
        }
    }

    /** The view of an entry. */
    public static EntryView of(JournalEntry entry, Units units) {
        var body = (SpecificRecord) entry.getBody();
        var order = entry.getOrder();
        return new EntryView(
                entry.getAccountId(),
                entry.getSequence(),
                body.getSchema().getName(),
                entry.getOccurredAt().toString(),
                entry.getCommandId(),
                new WholeUnits(units).of(RecordJson.of(body), order == null ? null : order.getInstrument()),
                entry.getPostings().stream().map(PostingView::of).toList(),
                entry.getBalances().stream().map(BalanceView::of).toList(),
                PositionView.ofNullable(entry.getPosition()),
                order == null ? null : OrderView.of(order, units),
                HexFormat.of().formatHex(entry.getHash().bytes()));
    }
}
