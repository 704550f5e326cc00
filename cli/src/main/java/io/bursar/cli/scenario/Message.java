package io.bursar.cli.scenario;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.Trade;
import java.time.Instant;

/** What a scenario sends, by the topic that it goes to. */
public sealed interface Message {
    /** When it happened, as it says itself. */
    Instant occurredAt();

    /** Opens an account or changes its life cycle. */
    record ToAccounts(AccountCommand command) implements Message {
        @Override
        public Instant occurredAt() {
            return command.getOccurredAt();
        }
    }

    /** Moves money in or out. */
    record ToBalanceUpdates(BalanceUpdate update) implements Message {
        @Override
        public Instant occurredAt() {
            return update.getOccurredAt();
        }
    }

    /** Is about an order, or about a suspended fill. */
    record ToOrders(OrderCommand command) implements Message {
        @Override
        public Instant occurredAt() {
            return command.getOccurredAt();
        }
    }

    /** A venue reports an execution. */
    record ToFills(Fill fill) implements Message {
        @Override
        public Instant occurredAt() {
            return fill.getOccurredAt();
        }
    }

    /** Two orders matched; it becomes two fills. */
    record ToTrades(Trade trade) implements Message {
        @Override
        public Instant occurredAt() {
            return trade.getOccurredAt();
        }
    }
}
