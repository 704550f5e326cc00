package io.bursar.connect.postgres;

import static io.bursar.connect.postgres.ColumnType.BIGINT;
import static io.bursar.connect.postgres.ColumnType.BOOLEAN;
import static io.bursar.connect.postgres.ColumnType.BYTES;
import static io.bursar.connect.postgres.ColumnType.INTEGER;
import static io.bursar.connect.postgres.ColumnType.JSON;
import static io.bursar.connect.postgres.ColumnType.SMALLINT;
import static io.bursar.connect.postgres.ColumnType.TEXT;
import static io.bursar.connect.postgres.ColumnType.TEXTS;
import static io.bursar.connect.postgres.ColumnType.TIMESTAMP;

import io.bursar.schemas.Balance;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.FundsTransferred;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Order;
import io.bursar.schemas.Position;
import io.bursar.schemas.Quota;

/** The rows that an entry changes: what is the case after it. */
final class StateRows {
    static final Table ACCOUNTS = Table.of("accounts")
            .key(TEXT, "account_id")
            .with(INTEGER, "journal_partition")
            .with(TEXT, "status", "owner", "name", "cost_method")
            .with(TEXTS, "market_permissions")
            .with(INTEGER, "taker_fee_rate")
            .with(TIMESTAMP, "account_time")
            .with(BIGINT, "last_sequence")
            .with(BYTES, "last_hash")
            .build();

    static final Table STRATEGIES = Table.of("strategies")
            .key(TEXT, "account_id", "strategy")
            .with(TIMESTAMP, "first_seen_at")
            .with(BIGINT, "first_sequence")
            .build();

    static final Table BALANCES = Table.of("balances")
            .key(TEXT, "account_id", "strategy", "asset")
            .with(SMALLINT, "scale")
            .with(BIGINT, "total_units", "reserved_units", "last_sequence")
            .build();

    static final Table POSITIONS = Table.of("positions")
            .key(TEXT, "account_id", "strategy", "instrument")
            .with(TEXT, "base_asset", "quote_asset")
            .with(SMALLINT, "base_scale", "quote_scale", "price_scale")
            .with(BIGINT, "quantity_units", "cost_basis_units", "realized_pnl_units", "uncovered_quantity_units")
            .with(JSON, "fees_paid")
            .with(BIGINT, "oldest_lot", "next_lot", "last_sequence")
            .build();

    static final Table LOTS = Table.of("lots")
            .key(TEXT, "account_id", "strategy", "instrument")
            .key(BIGINT, "number")
            .with(SMALLINT, "base_scale", "quote_scale")
            .with(BIGINT, "quantity_units", "cost_units", "last_sequence")
            .build();

    static final Table ORDERS = Table.of("orders")
            .key(TEXT, "account_id", "order_id")
            .with(TEXT, "strategy", "instrument", "side", "type", "status", "base_asset", "quote_asset")
            .with(SMALLINT, "base_scale", "quote_scale", "price_scale")
            .with(BIGINT, "quantity_units", "limit_price_units", "notional_units")
            .with(BIGINT, "filled_quantity_units", "filled_notional_units", "held_units")
            .with(BIGINT, "largest_quantity_units", "loosest_limit_units")
            .with(INTEGER, "taker_fee_rate", "suspended_fills")
            .with(BOOLEAN, "reduce_only")
            .with(TIMESTAMP, "placed_at", "expires_at", "closed_at")
            .with(BYTES, "content_hash")
            .with(JSON, "rejection")
            .with(BIGINT, "decided_sequence", "last_sequence")
            .build();

    static final Table SUSPENDED_FILLS = Table.of("suspended_fills")
            .key(TEXT, "account_id")
            .key(BIGINT, "sequence")
            .with(TIMESTAMP, "occurred_at")
            .with(TEXT, "order_id", "execution_id", "kind", "instrument", "side")
            .with(BIGINT, "quantity_units", "price_units")
            .with(TEXT, "reason")
            .with(JSON, "rejection", "fill")
            .build();

    static final Table QUOTAS = Table.of("quotas")
            .key(TEXT, "account_id", "strategy")
            .with(INTEGER, "max_open_orders", "max_orders_per_day")
            .with(JSON, "max_notional_per_day", "max_order_notional", "max_position")
            .with(BIGINT, "last_sequence")
            .build();

    static final Table TRANSFERS = Table.of("transfers")
            .key(TEXT, "account_id", "transfer_id")
            .with(TEXT, "to_account_id", "asset")
            .with(SMALLINT, "scale")
            .with(BIGINT, "amount_units")
            .with(TIMESTAMP, "sent_at")
            .with(BIGINT, "sequence")
            .build();

    private StateRows() {}

    static void account(RowWriter row, AccountRow account) {
        row.text(account.accountId())
                .integer(account.journalPartition())
                .text(account.status())
                .text(account.owner())
                .text(account.name())
                .text(account.costMethod())
                .texts(account.marketPermissions())
                .integer(account.takerFeeRate())
                .time(account.accountTime())
                .number(account.sequence())
                .bytes(account.lastHash())
                .end();
    }

    static void strategy(RowWriter row, String strategy, JournalEntry first) {
        row.text(first.getAccountId())
                .text(strategy)
                .time(first.getOccurredAt())
                .number(first.getSequence())
                .end();
    }

    static void balance(RowWriter row, Balance balance, JournalEntry entry) {
        row.text(entry.getAccountId())
                .text(balance.getStrategy())
                .text(balance.getAsset())
                .small(balance.getScale())
                .number(balance.getTotal())
                .number(balance.getReserved())
                .number(entry.getSequence())
                .end();
    }

    static void position(RowWriter row, Position position, JournalEntry entry) {
        var terms = position.getTerms();
        row.text(entry.getAccountId())
                .text(position.getStrategy())
                .text(position.getInstrument())
                .text(terms.getBaseAsset())
                .text(terms.getQuoteAsset())
                .small(terms.getBaseScale())
                .small(terms.getQuoteScale())
                .small(terms.getPriceScale())
                .number(position.getQuantity())
                .number(position.getCostBasis())
                .number(position.getRealizedPnl())
                .number(position.getUncoveredQuantity())
                .json(position.getFeesPaid())
                .number(position.getOldestLot())
                .number(position.getNextLot())
                .number(entry.getSequence())
                .end();
    }

    /** The lot of an entry, which has the position that the lot belongs to. */
    static void lot(RowWriter row, JournalEntry entry) {
        var lot = entry.getLot();
        var terms = entry.getPosition().getTerms();
        row.text(entry.getAccountId())
                .text(lot.getStrategy())
                .text(lot.getInstrument())
                .number(lot.getNumber())
                .small(terms.getBaseScale())
                .small(terms.getQuoteScale())
                .number(lot.getQuantity())
                .number(lot.getCost())
                .number(entry.getSequence())
                .end();
    }

    static void order(RowWriter row, Order order, JournalEntry entry) {
        row.text(entry.getAccountId())
                .text(order.getOrderId())
                .text(order.getStrategy())
                .text(order.getInstrument())
                .text(order.getSide())
                .text(order.getType())
                .text(order.getStatus());
        terms(row, order);
        row.number(order.getQuantity())
                .number(order.getLimitPrice())
                .number(order.getNotional())
                .number(order.getFilledQuantity())
                .number(order.getFilledNotional())
                .number(order.getHeld())
                .number(order.getLargestQuantity())
                .number(order.getLoosestLimit())
                .integer(order.getTakerFeeRate())
                .integer(order.getSuspendedFills())
                .flag(order.getReduceOnly())
                .time(order.getPlacedAt())
                .time(order.getExpiresAt())
                .time(order.getClosedAt())
                .bytes(order.getContentHash())
                .json(order.getRejection())
                .number(order.getDecidedSequence())
                .number(entry.getSequence())
                .end();
    }

    private static void terms(RowWriter row, Order order) {
        var terms = order.getTerms();
        if (terms == null) {
            row.nothing().nothing().nothing().nothing().nothing();
        } else {
            row.text(terms.getBaseAsset())
                    .text(terms.getQuoteAsset())
                    .small(terms.getBaseScale())
                    .small(terms.getQuoteScale())
                    .small(terms.getPriceScale());
        }
    }

    static void suspendedFill(RowWriter row, JournalEntry entry) {
        var body = (FillSuspended) entry.getBody();
        var fill = body.getFill();
        row.text(entry.getAccountId())
                .number(entry.getSequence())
                .time(entry.getOccurredAt())
                .text(fill.getOrderId())
                .text(fill.getExecutionId())
                .text(fill.getKind())
                .text(fill.getInstrument())
                .text(fill.getSide())
                .number(fill.getQuantity())
                .number(fill.getPrice())
                .text(body.getRejection().getReason())
                .json(body.getRejection())
                .json(fill)
                .end();
    }

    static void quota(RowWriter row, String strategy, Quota quota, JournalEntry entry) {
        row.text(entry.getAccountId())
                .text(strategy)
                .integer(quota.getMaxOpenOrders())
                .integer(quota.getMaxOrdersPerDay())
                .json(quota.getMaxNotionalPerDay())
                .json(quota.getMaxOrderNotional())
                .json(quota.getMaxPosition())
                .number(entry.getSequence())
                .end();
    }

    static void transfer(RowWriter row, JournalEntry entry) {
        var transfer = ((FundsTransferred) entry.getBody()).getTransfer();
        row.text(entry.getAccountId())
                .text(entry.getCommandId())
                .text(transfer.getToAccountId())
                .text(transfer.getAsset())
                .small(transitScale(entry))
                .number(transfer.getAmount())
                .time(entry.getOccurredAt())
                .number(entry.getSequence())
                .end();
    }

    private static int transitScale(JournalEntry entry) {
        for (var posting : entry.getPostings()) {
            if (posting.getLedgerAccount() == LedgerAccount.TRANSIT) {
                return posting.getScale();
            }
        }
        throw new SinkConflictException("Account " + entry.getAccountId() + ": entry " + entry.getSequence()
                + " is of a transfer and posts nothing to TRANSIT");
    }
}
