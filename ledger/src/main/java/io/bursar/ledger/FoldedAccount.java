package io.bursar.ledger;

import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.ExecutionOutcome;
import java.time.Instant;
import java.util.List;

/** An account in memory, as its journal tells it: what the stores must equal. */
public final class FoldedAccount extends AccountInMemory {
    private final boolean onlyWhatIsOpen;

    /** An account of which no entry was seen yet. It will keep everything. */
    public FoldedAccount(String accountId) {
        this(accountId, false);
    }

    private FoldedAccount(String accountId, boolean onlyWhatIsOpen) {
        super(accountId);
        this.onlyWhatIsOpen = onlyWhatIsOpen;
    }

    /**
     * An account of which no entry was seen yet and that will keep only what is open in it: its own row, open orders and
     * suspended fills, which is what queries show. What is there for recognising repeats it forgets at once, so it does not
     * grow with its journal.
     */
    public static FoldedAccount ofWhatIsOpen(String accountId) {
        return new FoldedAccount(accountId, true);
    }

    /**
     * Applies the account's next entry.
     *
     * @throws IllegalStateException when another entry comes next
     */
    public void apply(JournalEntry entry) {
        JournalFold.apply(entry, this, this);
    }

    /**
     * What came under an execution id only goes on into the next row of that id, which is not kept either; and what a bust
     * takes back was settled, or the ledger would not have taken it.
     */
    @Override
    public Execution execution(String orderId, String executionId) {
        return onlyWhatIsOpen
                ? new Execution(orderId, executionId, List.of(), Instant.EPOCH, ExecutionOutcome.SETTLED, 0L, 0L, null)
                : super.execution(orderId, executionId);
    }

    @Override
    public void put(Order order) {
        if (onlyWhatIsOpen && !Orders.isOpen(order)) {
            orders.remove(order.getOrderId());
        } else {
            super.put(order);
        }
    }

    @Override
    public void put(Execution execution) {
        if (!onlyWhatIsOpen) {
            super.put(execution);
        }
    }

    @Override
    public void put(CommandRecord command) {
        if (!onlyWhatIsOpen) {
            super.put(command);
        }
    }
}
