package io.bursar.processors;

import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.Retention;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.OrderRow;
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

    /** Whether the next look begins a pass through the store. */
    boolean isAtBeginning() {
        return from.equals(RowKeys.FIRST_ACCOUNT);
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
        switch (RowKeys.kind(row.key)) {
            case RowKeys.ORDER -> visitOrder(row);
            case RowKeys.COMMAND ->
                deleteIf(Retention.isForgotten(store.codecs().commands.decode(row.value), accountTime, rules), row.key);
            case RowKeys.EXECUTION -> visitExecution(row);
            default -> {
                // Of the account itself, or gone with a suspended fill.
            }
        }
    }

    /** An order keeps its executions. Without it each goes when its own time is over, and the row with the last. */
    private void visitOrder(KeyValue<Bytes, byte[]> row) {
        var orderId = RowKeys.orderId(row.key);
        var stored = store.codecs().orders.decode(row.value);
        var order = stored.getOrder();
        if (order != null && !Retention.isForgotten(order, accountTime, rules)) {
            return;
        }
        var executions = stored.getExecutions().stream()
                .filter(execution -> !isForgotten(execution))
                .toList();
        boolean elsewhere = stored.getExecutionsElsewhere() && store.reader().hasExecutionRows(accountId, orderId);
        int forgotten = (order == null ? 0 : 1) + stored.getExecutions().size() - executions.size();
        if (executions.isEmpty() && !elsewhere) {
            store.forgetOrder(accountId, orderId, null);
        } else if (forgotten > 0 || elsewhere != stored.getExecutionsElsewhere()) {
            store.forgetOrder(accountId, orderId, new OrderRow(null, executions, elsewhere));
        }
        metrics.forgotten(forgotten);
    }

    private void visitExecution(KeyValue<Bytes, byte[]> row) {
        var execution = store.codecs().executions.decode(row.value);
        deleteIf(isForgotten(execution) && store.reader().order(accountId, execution.getOrderId()) == null, row.key);
    }

    private void deleteIf(boolean forgotten, Bytes key) {
        if (forgotten) {
            store.rows().put(key, null);
            metrics.forgotten(1);
        }
    }

    private void enter(String account) {
        if (!account.equals(accountId)) {
            accountId = account;
            accountTime = store.account(account).account().getAccountTime();
        }
    }

    /** Given that its order is forgotten; an execution outlives its suspended fill as well, never the other way round. */
    private boolean isForgotten(Execution execution) {
        return Retention.isForgotten(execution, accountTime, rules)
                && store.reader()
                        .suspendedFillsOf(accountId, execution.getOrderId())
                        .isEmpty();
    }
}
