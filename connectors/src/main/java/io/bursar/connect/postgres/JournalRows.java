package io.bursar.connect.postgres;

import static io.bursar.connect.postgres.ColumnType.BIGINT;
import static io.bursar.connect.postgres.ColumnType.BOOLEAN;
import static io.bursar.connect.postgres.ColumnType.BYTES;
import static io.bursar.connect.postgres.ColumnType.INTEGER;
import static io.bursar.connect.postgres.ColumnType.JSON;
import static io.bursar.connect.postgres.ColumnType.SMALLINT;
import static io.bursar.connect.postgres.ColumnType.TEXT;
import static io.bursar.connect.postgres.ColumnType.TIMESTAMP;

import io.bursar.connect.JournalRecord;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Posting;
import io.bursar.schemas.serde.WireRecord;

/** The rows that an entry adds: of the journal, of postings and of trades. */
final class JournalRows {
    static final Table JOURNAL = Table.of("journal")
            .key(TEXT, "account_id")
            .key(BIGINT, "sequence")
            .key(TIMESTAMP, "occurred_at")
            .with(TEXT, "kind", "command_id", "source_topic")
            .with(INTEGER, "source_partition")
            .with(BIGINT, "source_offset")
            .with(BYTES, "content_hash")
            .with(JSON, "body")
            .with(BYTES, "previous_hash", "hash")
            .with(INTEGER, "journal_partition")
            .with(BIGINT, "journal_offset")
            .build();

    static final Table POSTINGS = Table.of("postings")
            .key(TEXT, "account_id")
            .key(TIMESTAMP, "occurred_at")
            .key(BIGINT, "sequence")
            .key(SMALLINT, "number")
            .with(TEXT, "ledger_account", "strategy", "asset")
            .with(SMALLINT, "scale")
            .with(BIGINT, "amount_units", "balance_after_units")
            .build();

    static final Table TRADES = Table.of("trades")
            .key(TEXT, "account_id")
            .key(TIMESTAMP, "occurred_at")
            .key(BIGINT, "sequence")
            .with(TEXT, "strategy", "order_id", "execution_id", "kind", "instrument", "side", "liquidity")
            .with(BIGINT, "quantity_units", "price_units", "notional_units", "fee_units", "realized_pnl_units")
            .with(BOOLEAN, "late")
            .with(BIGINT, "suspended_sequence")
            .with(TEXT, "venue", "trade_id", "base_asset", "quote_asset", "fee_asset")
            .with(SMALLINT, "base_scale", "quote_scale", "price_scale", "fee_scale")
            .build();

    private JournalRows() {}

    static void journal(RowWriter row, JournalRecord record) {
        var entry = record.entry();
        var body = (WireRecord) entry.getBody();
        row.text(entry.getAccountId())
                .number(entry.getSequence())
                .time(entry.getOccurredAt())
                .text(body.getSchema().getName())
                .text(entry.getCommandId());
        var source = entry.getSource();
        if (source == null) {
            row.nothing().nothing().nothing();
        } else {
            row.text(source.getTopic()).integer(source.getPartition()).number(source.getOffset());
        }
        row.bytes(entry.getContentHash())
                .json(body)
                .bytes(entry.getPreviousHash())
                .bytes(entry.getHash())
                .integer(record.partition())
                .number(record.offset())
                .end();
    }

    static void postings(RowWriter row, JournalEntry entry) {
        var postings = entry.getPostings();
        for (int i = 0; i < postings.size(); i++) {
            var posting = postings.get(i);
            row.text(entry.getAccountId())
                    .time(entry.getOccurredAt())
                    .number(entry.getSequence())
                    .small(i + 1)
                    .text(posting.getLedgerAccount())
                    .text(posting.getStrategy())
                    .text(posting.getAsset())
                    .small(posting.getScale())
                    .number(posting.getAmount())
                    .number(balanceAfter(entry, posting))
                    .end();
        }
    }

    /** As the entry says itself; it posts to each ledger account, strategy and asset once. */
    private static Long balanceAfter(JournalEntry entry, Posting posting) {
        boolean isReserved = posting.getLedgerAccount() == LedgerAccount.RESERVED;
        if (!isReserved && posting.getLedgerAccount() != LedgerAccount.AVAILABLE) {
            return null;
        }
        for (var balance : entry.getBalances()) {
            if (balance.getAsset().equals(posting.getAsset())
                    && balance.getStrategy().equals(posting.getStrategy())) {
                return isReserved ? balance.getReserved() : balance.getTotal() - balance.getReserved();
            }
        }
        return null;
    }

    /** Whether the entry makes a row of trades. */
    static boolean isTrade(JournalEntry entry) {
        return entry.getBody() instanceof FillSettled;
    }

    static void trade(RowWriter row, JournalEntry entry) {
        var settled = (FillSettled) entry.getBody();
        var fill = settled.getFill();
        var position = entry.getPosition();
        var terms = position.getTerms();
        var feeAsset = fill.getFeeAsset() == null ? terms.getQuoteAsset() : fill.getFeeAsset();
        row.text(entry.getAccountId())
                .time(entry.getOccurredAt())
                .number(entry.getSequence())
                .text(position.getStrategy())
                .text(fill.getOrderId())
                .text(fill.getExecutionId())
                .text(fill.getKind())
                .text(fill.getInstrument())
                .text(fill.getSide())
                .text(fill.getLiquidity())
                .number(fill.getQuantity())
                .number(fill.getPrice())
                .number(settled.getNotional())
                .number(fill.getFee())
                .number(settled.getRealizedPnl())
                .flag(settled.getLate())
                .number(settled.getSuspendedSequence())
                .text(fill.getVenue())
                .text(fill.getTradeId())
                .text(terms.getBaseAsset())
                .text(terms.getQuoteAsset())
                .text(feeAsset)
                .small(terms.getBaseScale())
                .small(terms.getQuoteScale())
                .small(terms.getPriceScale())
                .small(feeScale(entry, feeAsset))
                .end();
    }

    /** Every fee is posted; without one there is nothing to scale. */
    private static int feeScale(JournalEntry entry, String feeAsset) {
        for (var posting : entry.getPostings()) {
            if (posting.getLedgerAccount() == LedgerAccount.FEES
                    && posting.getAsset().equals(feeAsset)) {
                return posting.getScale();
            }
        }
        return 0;
    }
}
