package io.bursar.processors;

import io.bursar.schemas.Order;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.OrderRow;
import java.util.ArrayList;
import java.util.List;

/**
 * How an order's row changes. Rows are cached, so a change makes a new one. An execution stays where it was put first, in
 * the row or in a row of its own, so that there is never a second one that says something else.
 */
final class OrderRows {
    /**
     * How many executions the row takes. It is written with each of them, so this bounds what a fill writes to about a
     * kilobyte. Few orders have more fills; those beyond cost a look and a row each.
     */
    static final int MOST_EXECUTIONS = 8;

    private static final OrderRow EMPTY = new OrderRow(null, List.of(), false);

    private OrderRows() {}

    /** The order in a row; null when it holds none or there is no row. */
    static Order order(OrderRow row) {
        return row == null ? null : row.getOrder();
    }

    /** The execution in a row, or null; there may be one elsewhere. */
    static Execution execution(OrderRow row, String executionId) {
        int at = indexOf(row, executionId);
        return at < 0 ? null : row.getExecutions().get(at);
    }

    /** The row, or an empty one for null. */
    static OrderRow orEmpty(OrderRow row) {
        return row == null ? EMPTY : row;
    }

    static OrderRow with(OrderRow row, Order order) {
        return new OrderRow(order, row.getExecutions(), row.getExecutionsElsewhere());
    }

    /**
     * Whether an execution belongs into the row. Once some are elsewhere, one that is not in the row may be among them,
     * so it belongs there too, room or not.
     */
    static boolean takes(OrderRow row, String executionId) {
        return indexOf(row, executionId) >= 0
                || (!row.getExecutionsElsewhere() && row.getExecutions().size() < MOST_EXECUTIONS);
    }

    /** With an execution that the row {@link #takes}, in place of the one with the same id. */
    static OrderRow with(OrderRow row, Execution execution) {
        var executions = new ArrayList<>(row.getExecutions());
        int at = indexOf(row, execution.getExecutionId());
        if (at < 0) {
            executions.add(execution);
        } else {
            executions.set(at, execution);
        }
        return new OrderRow(row.getOrder(), executions, row.getExecutionsElsewhere());
    }

    static OrderRow withExecutionsElsewhere(OrderRow row) {
        return new OrderRow(row.getOrder(), row.getExecutions(), true);
    }

    private static int indexOf(OrderRow row, String executionId) {
        var executions = row.getExecutions();
        for (int i = 0; i < executions.size(); i++) {
            if (executions.get(i).getExecutionId().equals(executionId)) {
                return i;
            }
        }
        return -1;
    }
}
