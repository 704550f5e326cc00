package io.bursar.cli;

import io.bursar.cli.api.ApiRequest;
import io.bursar.cli.base.ChangeCommand;
import io.bursar.cli.base.IdConverter;
import io.bursar.cli.base.PageOptions;
import io.bursar.cli.base.QueryCommand;
import io.bursar.cli.output.Column;
import io.bursar.schemas.CancelCause;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bursar orders}. */
@Command(
        name = "orders",
        description = "Shows orders, places and changes them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            OrdersCommand.ListOrders.class,
            OrdersCommand.Show.class,
            OrdersCommand.Place.class,
            OrdersCommand.Amend.class,
            OrdersCommand.Extend.class,
            OrdersCommand.Cancel.class
        })
final class OrdersCommand {
    private static final Column[] ORDER = {
        Column.text("orderId"),
        Column.text("status"),
        Column.text("instrument"),
        Column.text("side"),
        Column.text("type"),
        Column.number("quantity"),
        Column.number("limitPrice"),
        Column.number("notional"),
        Column.number("filledQuantity"),
        Column.number("held"),
        Column.text("heldAsset"),
        Column.text("strategy"),
        Column.text("placedAt"),
        Column.text("expiresAt"),
        Column.text("rejection.reason")
    };

    private static final Column[] DECISION = {
        Column.text("accountId"),
        Column.text("orderId"),
        Column.text("commandId"),
        Column.number("sequence"),
        Column.text("outcome")
    };

    /** Which order of which account. */
    static final class OrderParameters {
        @Mixin
        private AccountParameter account;

        @Parameters(index = "1", paramLabel = "ORDER", converter = IdConverter.class, description = "The order's id.")
        private String id;
    }

    /** {@code bursar orders list}. */
    @Command(name = "list", description = "Lists the orders of an account.")
    static final class ListOrders extends QueryCommand {
        /** Which of them. */
        enum Status {
            OPEN,
            ALL;

            /** As people write it, and the API. */
            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        @Mixin
        private AccountParameter account;

        @Option(
                names = "--status",
                paramLabel = "STATUS",
                description = "open, or all that are remembered; open when absent.")
        private Status status;

        @Mixin
        private PageOptions page;

        ListOrders() {
            super("orders", ORDER);
        }

        @Override
        protected ApiRequest request() {
            return page.addTo(ApiRequest.get("accounts", account.id(), "orders").query("status", status));
        }
    }

    /** {@code bursar orders show}. */
    @Command(name = "show", description = "Shows an order.")
    static final class Show extends QueryCommand {
        @Mixin
        private OrderParameters order;

        Show() {
            super(ORDER);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.get("accounts", order.account.id(), "orders", order.id);
        }
    }

    /** {@code bursar orders place}. */
    @Command(
            name = "place",
            description =
                    "Places an order. --idempotency-key is the order's id as well, and one is made up without it.")
    static final class Place extends ChangeCommand {
        @Mixin
        private AccountParameter account;

        @Mixin
        private OrderOptions order;

        Place() {
            super(DECISION);
        }

        @Override
        protected ApiRequest request() {
            return order.addTo(
                    ApiRequest.post("accounts", account.id(), "orders").with("orderId", commandId()));
        }
    }

    /** {@code bursar orders amend}. */
    @Command(name = "amend", description = "Changes quantity or limit price of an open LIMIT order.")
    static final class Amend extends ChangeCommand {
        @Mixin
        private OrderParameters order;

        @Option(
                names = "--quantity",
                paramLabel = "QUANTITY",
                description = "The new total quantity, what is filled included, in the base asset.")
        private String quantity;

        @Option(
                names = "--limit-price",
                paramLabel = "PRICE",
                description = "In the quote asset for one unit of the base asset.")
        private String limitPrice;

        Amend() {
            super(DECISION);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.put("accounts", order.account.id(), "orders", order.id)
                    .with("quantity", quantity)
                    .with("limitPrice", limitPrice);
        }
    }

    /** {@code bursar orders extend}. */
    @Command(name = "extend", description = "Lets an open order hold its money longer.")
    static final class Extend extends ChangeCommand {
        @Mixin
        private OrderParameters order;

        @Option(
                names = "--expires-at",
                required = true,
                paramLabel = "INSTANT",
                description = "At most 30 days after the order's placement, such as 2026-03-02T12:00:00Z.")
        private String expiresAt;

        Extend() {
            super(DECISION);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.post("accounts", order.account.id(), "orders", order.id, "extension")
                    .with("expiresAt", expiresAt);
        }
    }

    /** {@code bursar orders cancel}. */
    @Command(name = "cancel", description = "Cancels an open order and frees what it holds.")
    static final class Cancel extends ChangeCommand {
        @Mixin
        private OrderParameters order;

        @Option(
                names = "--cause",
                paramLabel = "CAUSE",
                description = "Who wants it: ${COMPLETION-CANDIDATES}; USER when absent.")
        private CancelCause cause;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it goes into the journal.")
        private String reason;

        Cancel() {
            super(DECISION);
        }

        @Override
        protected ApiRequest request() {
            return ApiRequest.delete("accounts", order.account.id(), "orders", order.id)
                    .query("cause", cause)
                    .query("reason", reason);
        }
    }
}
