package io.bursar.bench.postgres;

import io.bursar.bench.workload.Message;
import io.bursar.schemas.Fill;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.PlaceOrder;

/** A command of the workload as the functions take it. */
sealed interface Command {
    String account();

    /** @param side {@code B} or {@code S} */
    record Place(String account, String id, String side, long quantity, long price) implements Command {}

    record Settle(String account, String order, String id, long quantity, long price, long fee) implements Command {}

    static Command of(Message message) {
        return switch (message.value()) {
            case Fill fill ->
                new Settle(
                        fill.getAccountId(),
                        fill.getOrderId(),
                        fill.getExecutionId(),
                        fill.getQuantity(),
                        fill.getPrice(),
                        fill.getFee());
            case OrderCommand order -> of(order.getAccountId(), (PlaceOrder) order.getBody());
            default -> throw new IllegalArgumentException("not of the workload: " + message);
        };
    }

    private static Command of(String account, PlaceOrder place) {
        return new Place(
                account,
                place.getOrderId(),
                place.getSide().name().substring(0, 1),
                place.getQuantity(),
                place.getLimitPrice());
    }
}
