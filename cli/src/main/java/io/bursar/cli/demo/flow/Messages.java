package io.bursar.cli.demo.flow;

import io.bursar.ledger.ReasonCode;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Fill;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Trade;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Makes the messages of one run, each with what the ledger must answer. Not safe for use by several threads. */
public final class Messages {
    private final Ids ids;

    public Messages(Ids ids) {
        this.ids = ids;
    }

    /** Opens an account that an earlier run may have opened. */
    public Message open(String accountId, OpenAccount open, Instant at) {
        var commandId = ids.next("a");
        var key = DecisionKey.ofCommand(accountId, commandId);
        return plain(
                Target.ACCOUNTS,
                accountId,
                new AccountCommand(commandId, accountId, at, open),
                Expectation.of(key, Outcome.ACCEPTED, Outcome.rejected(ReasonCode.ACCOUNT_ALREADY_EXISTS.text())));
    }

    public Message deposit(String accountId, String asset, long amount, Instant at) {
        var commandId = ids.next("b");
        var key = DecisionKey.ofCommand(accountId, commandId);
        return plain(
                Target.BALANCE_UPDATES,
                accountId,
                new BalanceUpdate(commandId, accountId, at, new Deposit(asset, amount, null, null)),
                Expectation.of(key, Outcome.ACCEPTED));
    }

    public Message allocate(String accountId, AllocateFunds allocate, Instant at) {
        var commandId = ids.next("a");
        var key = DecisionKey.ofCommand(accountId, commandId);
        return plain(
                Target.ACCOUNTS,
                accountId,
                new AccountCommand(commandId, accountId, at, allocate),
                Expectation.of(key, Outcome.ACCEPTED));
    }

    public Message place(String accountId, PlaceOrder place, Instant at, Outcome outcome) {
        var key = DecisionKey.ofOrder(accountId, place.getOrderId());
        return place(accountId, place, at, Expectation.of(key, outcome));
    }

    /**
     * Places an order that expires soon. It is refused when the ledger is so far behind that the deadline has passed for
     * the account already.
     */
    public Message placeExpiring(String accountId, PlaceOrder place, Instant at) {
        var key = DecisionKey.ofOrder(accountId, place.getOrderId());
        var tooLate = Outcome.rejected(ReasonCode.EXPIRY_MUST_BE_IN_THE_FUTURE.text());
        return place(accountId, place, at, Expectation.of(key, Outcome.ACCEPTED, tooLate))
                .alsoExpecting(DecisionKey.ofExpiry(accountId, place.getOrderId()), Outcome.EXPIRED);
    }

    /** Places an order whose fill has been reported already, and is suspended until the order comes. */
    public Message placeAfterFill(String accountId, PlaceOrder place, Instant at, Fill fill) {
        return place(accountId, place, at, Outcome.ACCEPTED)
                .held(Hold.UNTIL_ALL_DECIDED)
                .alsoExpecting(
                        DecisionKey.ofWaitingFill(accountId, place.getOrderId(), fill.getExecutionId()),
                        Outcome.SETTLED);
    }

    public Message amend(String accountId, AmendOrder amend, Instant at) {
        var commandId = ids.next("c");
        var key = DecisionKey.ofCommand(accountId, commandId);
        return order(
                amend.getOrderId(),
                new OrderCommand(commandId, accountId, at, amend),
                Expectation.of(key, Outcome.ACCEPTED));
    }

    public Message cancel(String accountId, String orderId, CancelCause cause, Instant at) {
        var commandId = ids.next("c");
        var key = DecisionKey.ofCommand(accountId, commandId);
        return order(
                orderId,
                new OrderCommand(commandId, accountId, at, new CancelOrder(orderId, cause, null)),
                Expectation.of(key, Outcome.ACCEPTED));
    }

    /** Cancels an order whose last fill is on its way: whichever comes first wins. */
    public Message cancelTooLate(String accountId, String orderId, Instant at) {
        var commandId = ids.next("c");
        var key = DecisionKey.ofCommand(accountId, commandId);
        return order(
                orderId,
                new OrderCommand(commandId, accountId, at, new CancelOrder(orderId, CancelCause.USER, null)),
                Expectation.of(key, Outcome.ACCEPTED, Outcome.rejected(ReasonCode.ORDER_IS_CLOSED.text())));
    }

    public Message fill(Fill fill, Outcome outcome) {
        var key = DecisionKey.ofFill(fill.getAccountId(), fill.getOrderId(), fill.getExecutionId());
        return venue(
                Target.FILLS,
                fill.getAccountId(),
                fill,
                List.of(fill.getOrderId()),
                List.of(Expectation.of(key, outcome)));
    }

    /** Reports a match, of which each side must settle. */
    public Message trade(Trade trade) {
        var buyer = trade.getBuyer();
        var seller = trade.getSeller();
        var bought = DecisionKey.ofFill(buyer.getAccountId(), buyer.getOrderId(), trade.getTradeId() + ":B");
        var sold = DecisionKey.ofFill(seller.getAccountId(), seller.getOrderId(), trade.getTradeId() + ":S");
        return venue(
                Target.TRADES,
                trade.getInstrument(),
                trade,
                List.of(buyer.getOrderId(), seller.getOrderId()),
                List.of(Expectation.of(bought, Outcome.SETTLED), Expectation.of(sold, Outcome.SETTLED)));
    }

    private Message place(String accountId, PlaceOrder place, Instant at, Expectation expectation) {
        var command = new OrderCommand(ids.next("c"), accountId, at, place);
        return order(place.getOrderId(), command, expectation);
    }

    private static Message plain(Target target, String key, SpecificRecord value, Expectation expectation) {
        return new Message(target, key, value, List.of(), Hold.NOT_AT_ALL, List.of(expectation));
    }

    private static Message order(String orderId, OrderCommand command, Expectation expectation) {
        return new Message(
                Target.ORDERS,
                command.getAccountId(),
                command,
                List.of(orderId),
                Hold.NOT_AT_ALL,
                List.of(expectation));
    }

    private static Message venue(
            Target target, String key, SpecificRecord value, List<String> orderIds, List<Expectation> expectations) {
        return new Message(target, key, value, orderIds, Hold.UNTIL_COMMANDS_DECIDED, expectations);
    }
}
