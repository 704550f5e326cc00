package io.bursar.cli.demo.replay;

import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.flow.Target;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.PlaceOrder;
import java.util.concurrent.atomic.LongAdder;

/** Counts what has gone out. Safe for use by several threads. */
public final class Sent {
    private final LongAdder messages = new LongAdder();
    private final LongAdder orders = new LongAdder();
    private final LongAdder fills = new LongAdder();
    private final LongAdder repeats = new LongAdder();

    void add(Message message) {
        messages.increment();
        if (message.isRepeat()) {
            repeats.increment();
        } else if (message.target() == Target.FILLS) {
            fills.increment();
        } else if (message.target() == Target.TRADES) {
            fills.add(2);
        } else if (message.value() instanceof OrderCommand command && command.getBody() instanceof PlaceOrder) {
            orders.increment();
        }
    }

    public long messages() {
        return messages.sum();
    }

    /** New orders. */
    public long orders() {
        return orders.sum();
    }

    /** Fills, of which a trade has two. */
    public long fills() {
        return fills.sum();
    }

    /** Messages sent again. */
    public long repeats() {
        return repeats.sum();
    }
}
