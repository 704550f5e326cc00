package io.bursar.topology;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.Side;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TradeParty;
import io.bursar.schemas.Withdraw;
import java.time.Instant;
import java.util.List;

/**
 * Messages for tests, all amounts in units. Orders and fills are of ABC-USD: ABC has scale 4, USD 2, its prices 2. A
 * placement has its command id from its order.
 */
public final class Ask {
    private Ask() {}

    public static AccountCommand open(String account, Instant at) {
        return toAccounts(
                "open",
                account,
                at,
                new OpenAccount("owner of " + account, "name of " + account, 0, CostMethod.AVERAGE, List.of()));
    }

    public static AccountCommand suspend(String commandId, String account, Instant at) {
        return toAccounts(commandId, account, at, new SuspendAccount("asked to"));
    }

    public static AccountCommand resume(String commandId, String account, Instant at) {
        return toAccounts(commandId, account, at, new ResumeAccount());
    }

    public static AccountCommand close(String commandId, String account, Instant at) {
        return toAccounts(commandId, account, at, new CloseAccount());
    }

    public static AccountCommand toAccounts(String commandId, String account, Instant at, Object body) {
        return new AccountCommand(commandId, account, at, body);
    }

    public static BalanceUpdate deposit(String commandId, String account, Instant at, String asset, long amount) {
        return new BalanceUpdate(commandId, account, at, new Deposit(asset, amount, null, null));
    }

    public static BalanceUpdate withdraw(String commandId, String account, Instant at, String asset, long amount) {
        return new BalanceUpdate(commandId, account, at, new Withdraw(asset, amount));
    }

    public static BalanceUpdate adjust(String commandId, String account, Instant at, String asset, long amount) {
        return new BalanceUpdate(commandId, account, at, new Adjust(asset, amount, "counted"));
    }

    public static OrderCommand buy(String orderId, String account, Instant at, long quantity, long price) {
        return place(account, at, limit(orderId, Side.BUY, quantity, price).build());
    }

    /** A BUY that holds its money until {@code expiresAt}. */
    public static OrderCommand buy(
            String orderId, String account, Instant at, long quantity, long price, Instant expiresAt) {
        return place(
                account,
                at,
                limit(orderId, Side.BUY, quantity, price)
                        .setExpiresAt(expiresAt)
                        .build());
    }

    public static OrderCommand sell(String orderId, String account, Instant at, long quantity, long price) {
        return place(account, at, limit(orderId, Side.SELL, quantity, price).build());
    }

    public static OrderCommand place(String account, Instant at, PlaceOrder place) {
        return toOrders("place-" + place.getOrderId(), account, at, place);
    }

    public static PlaceOrder.Builder limit(String orderId, Side side, long quantity, long price) {
        return PlaceOrder.newBuilder()
                .setOrderId(orderId)
                .setInstrument("ABC-USD")
                .setSide(side)
                .setType(OrderType.LIMIT)
                .setQuantity(quantity)
                .setLimitPrice(price);
    }

    public static OrderCommand cancel(String commandId, String account, Instant at, String orderId) {
        return toOrders(commandId, account, at, new CancelOrder(orderId, CancelCause.USER, null));
    }

    public static OrderCommand amend(String commandId, String account, Instant at, String orderId, long quantity) {
        return toOrders(commandId, account, at, new AmendOrder(orderId, quantity, null));
    }

    public static OrderCommand extend(String commandId, String account, Instant at, String orderId, Instant expiresAt) {
        return toOrders(commandId, account, at, new ExtendOrder(orderId, expiresAt));
    }

    public static OrderCommand settle(String commandId, String account, Instant at, long sequence) {
        return toOrders(commandId, account, at, new ResolveFill(sequence, Resolution.SETTLE, "checked", null));
    }

    public static OrderCommand discard(String commandId, String account, Instant at, long sequence) {
        return toOrders(commandId, account, at, new ResolveFill(sequence, Resolution.DISCARD, "checked", null));
    }

    public static OrderCommand toOrders(String commandId, String account, Instant at, Object body) {
        return new OrderCommand(commandId, account, at, body);
    }

    /** A fill of a BUY. */
    public static Fill bought(
            String executionId, String orderId, String account, Instant at, long quantity, long price) {
        return fill(executionId, orderId, account, at, Side.BUY, quantity, price)
                .build();
    }

    /** A fill of a SELL. */
    public static Fill sold(String executionId, String orderId, String account, Instant at, long quantity, long price) {
        return fill(executionId, orderId, account, at, Side.SELL, quantity, price)
                .build();
    }

    public static Fill.Builder fill(
            String executionId, String orderId, String account, Instant at, Side side, long quantity, long price) {
        return Fill.newBuilder()
                .setExecutionId(executionId)
                .setAccountId(account)
                .setOrderId(orderId)
                .setInstrument("ABC-USD")
                .setSide(side)
                .setQuantity(quantity)
                .setPrice(price)
                .setVenue("venue")
                .setOccurredAt(at);
    }

    public static Trade trade(
            String tradeId, Instant at, long quantity, long price, TradeParty buyer, TradeParty seller) {
        return new Trade(tradeId, "ABC-USD", quantity, price, at, buyer, seller);
    }

    /** One side of a trade, without a fee. */
    public static TradeParty party(String account, String orderId) {
        return TradeParty.newBuilder().setAccountId(account).setOrderId(orderId).build();
    }
}
