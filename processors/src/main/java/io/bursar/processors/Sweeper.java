package io.bursar.processors;

import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.Retention;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * Deletes rows whose time to be forgotten has come. The ledger treats them as absent already, so it does not matter
 * when; this walks through the store again and again, a few rows at a time.
 */
final class Sweeper {
    /** A pass over ten million rows takes some hours at the timer's pace, and a look next to no time. */
    private static final int ROWS_AT_ONCE = 500;

    private final LedgerStore store;
    private final LedgerRules rules;
    private final LedgerMetrics metrics;
    private Bytes from = RowKeys.FIRST_ACCOUNT;
    private String accountId;
    private Instant accountTime;

    Sweeper(LedgerStore store, LedgerRules rules, LedgerMetrics metrics) {
        this.store = store;
        this.rules = rules;
        this.metrics = metrics;
    }

    /** Looks at the next rows, until {@code stopAtNanos} of {@link System#nanoTime} at the latest. */
    void sweep(long stopAtNanos) {
        // Its time may have gone on since.
        accountId = "";
        try (var rows = store.rows().range(from, null)) {
            for (int i = 0; i < ROWS_AT_ONCE && rows.hasNext() && System.nanoTime() < stopAtNanos; i++) {
                visit(rows.next());
            }
            // Inclusive, so a row is looked at twice now and then; past the end it starts over.
            from = rows.hasNext() ? rows.peekNextKey() : RowKeys.FIRST_ACCOUNT;
        }
    }

    private void visit(KeyValue<Bytes, byte[]> row) {
        enter(RowKeys.accountId(row.key));
        if (isForgotten(row)) {
            delete(row.key);
            metrics.rowForgotten();
        }
    }

    private void delete(Bytes key) {
        if (RowKeys.kind(key) == RowKeys.ORDER) {
            store.deleteOrder(accountId, RowKeys.orderId(key));
        } else {
            store.rows().put(key, null);
        }
    }

    private void enter(String account) {
        if (!account.equals(accountId)) {
            accountId = account;
            accountTime = store.account(account).account().getAccountTime();
        }
    }

    private boolean isForgotten(KeyValue<Bytes, byte[]> row) {
        return switch (RowKeys.kind(row.key)) {
            case RowKeys.ORDER -> Retention.isForgotten(store.codecs().orders.decode(row.value), accountTime, rules);
            case RowKeys.COMMAND ->
                Retention.isForgotten(store.codecs().commands.decode(row.value), accountTime, rules);
            case RowKeys.EXECUTION -> isForgottenExecution(row);
            default -> false;
        };
    }

    /** An execution outlives its order and its suspended fill, never the other way round. */
    private boolean isForgottenExecution(KeyValue<Bytes, byte[]> row) {
        var execution = store.codecs().executions.decode(row.value);
        return Retention.isForgotten(execution, accountTime, rules)
                && store.reader().order(accountId, execution.getOrderId()) == null
                && store.reader()
                        .suspendedFillsOf(accountId, execution.getOrderId())
                        .isEmpty();
    }
}
