package io.bursar.exactlyonce;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.ledger.FoldedAccount;
import io.bursar.schemas.Balance;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.Position;
import io.bursar.schemas.Side;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.stack.BursarHttp;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** All that is known of an account, one line for each thing, in no order: from memory, and as the stores tell it. */
final class AccountLines {
    /** No account here has more open orders or suspended fills. */
    private static final String ALL = "limit=10000";

    private AccountLines() {}

    static List<String> of(FoldedAccount folded) {
        var account = folded.account();
        return Stream.of(
                        Stream.of(account(account)),
                        account.getBalances().stream().map(AccountLines::balance),
                        account.getPositions().stream().map(AccountLines::position),
                        folded.orders().stream().filter(AccountLines::isOpen).map(AccountLines::order),
                        folded.suspendedFills().stream().map(AccountLines::suspendedFill))
                .flatMap(Function.identity())
                .toList();
    }

    /** @throws AssertionError when a list is not of the same entry as the account, or not complete */
    static List<String> of(BursarHttp http, String accountId) {
        var path = "/api/v1/accounts/" + accountId;
        var account = http.json(path);
        long sequence = account.get("sequence").longValue();
        return Stream.of(
                        Stream.of(account(account)),
                        listed(http, path + "/balances", sequence, "balances", AccountLines::balance),
                        listed(http, path + "/positions", sequence, "positions", AccountLines::position),
                        listed(http, path + "/orders?status=open&" + ALL, sequence, "orders", AccountLines::order),
                        listed(
                                http,
                                path + "/suspended-fills?" + ALL,
                                sequence,
                                "suspendedFills",
                                AccountLines::suspendedFill))
                .flatMap(Function.identity())
                .toList();
    }

    private static Stream<String> listed(
            BursarHttp http, String path, long sequence, String name, Function<JsonNode, String> line) {
        var listing = http.json(path);
        if (listing.get("sequence").longValue() != sequence
                || listing.path("truncated").booleanValue()) {
            throw new AssertionError(path + " is not all of entry " + sequence + ": " + listing);
        }
        return elements(listing.get(name)).map(line);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(
                Spliterators.spliterator(array.elements(), array.size(), Spliterator.ORDERED), false);
    }

    private static String account(AccountState account) {
        return "account %s %s of %s, %s, time %s, entry %d %s, %d open orders, %d suspended fills"
                .formatted(
                        account.getStatus(),
                        account.getName(),
                        account.getOwner(),
                        account.getAccountId(),
                        account.getAccountTime(),
                        account.getSequence(),
                        HexFormat.of().formatHex(account.getLastHash().bytes()),
                        account.getOpenOrders(),
                        account.getSuspendedFills());
    }

    private static String account(JsonNode account) {
        return "account %s %s of %s, %s, time %s, entry %d %s, %d open orders, %d suspended fills"
                .formatted(
                        text(account, "status"),
                        text(account, "name"),
                        text(account, "owner"),
                        text(account, "accountId"),
                        text(account, "accountTime"),
                        account.get("sequence").longValue(),
                        text(account, "lastHash"),
                        account.get("openOrders").intValue(),
                        account.get("suspendedFills").intValue());
    }

    private static String balance(Balance balance) {
        int scale = balance.getScale();
        return "balance '%s' %s: %s, reserved %s, available %s"
                .formatted(
                        balance.getStrategy(),
                        balance.getAsset(),
                        units(balance.getTotal(), scale),
                        units(balance.getReserved(), scale),
                        units(balance.getTotal() - balance.getReserved(), scale));
    }

    private static String balance(JsonNode balance) {
        return "balance '%s' %s: %s, reserved %s, available %s"
                .formatted(
                        text(balance, "strategy"),
                        text(balance, "asset"),
                        text(balance, "total"),
                        text(balance, "reserved"),
                        text(balance, "available"));
    }

    private static String position(Position position) {
        var terms = position.getTerms();
        var fees = position.getFeesPaid().stream()
                .map(paid -> paid.getAsset() + " " + units(paid.getAmount(), paid.getScale()))
                .sorted()
                .toList();
        return "position '%s' %s: %s for %s, realized %s, uncovered %s, fees %s"
                .formatted(
                        position.getStrategy(),
                        position.getInstrument(),
                        units(position.getQuantity(), terms.getBaseScale()),
                        units(position.getCostBasis(), terms.getQuoteScale()),
                        units(position.getRealizedPnl(), terms.getQuoteScale()),
                        units(position.getUncoveredQuantity(), terms.getBaseScale()),
                        fees);
    }

    private static String position(JsonNode position) {
        var fees = elements(position.get("feesPaid"))
                .map(paid -> text(paid, "asset") + " " + text(paid, "amount"))
                .sorted()
                .toList();
        return "position '%s' %s: %s for %s, realized %s, uncovered %s, fees %s"
                .formatted(
                        text(position, "strategy"),
                        text(position, "instrument"),
                        text(position, "quantity"),
                        text(position, "costBasis"),
                        text(position, "realizedPnl"),
                        text(position, "uncoveredQuantity"),
                        fees);
    }

    private static String order(Order order) {
        var terms = order.getTerms();
        return "order %s %s %s %s %s, limit %s, notional %s, holds %s, filled %s for %s, until %s, decided by %d"
                .formatted(
                        order.getOrderId(),
                        order.getStatus(),
                        order.getSide(),
                        nullable(order.getQuantity(), terms.getBaseScale()),
                        order.getInstrument(),
                        nullable(order.getLimitPrice(), terms.getPriceScale()),
                        nullable(order.getNotional(), terms.getQuoteScale()),
                        units(order.getHeld(), scaleOfHeld(order.getSide(), terms)),
                        units(order.getFilledQuantity(), terms.getBaseScale()),
                        units(order.getFilledNotional(), terms.getQuoteScale()),
                        order.getExpiresAt(),
                        order.getDecidedSequence());
    }

    private static String order(JsonNode order) {
        return "order %s %s %s %s %s, limit %s, notional %s, holds %s, filled %s for %s, until %s, decided by %d"
                .formatted(
                        text(order, "orderId"),
                        text(order, "status"),
                        text(order, "side"),
                        text(order, "quantity"),
                        text(order, "instrument"),
                        text(order, "limitPrice"),
                        text(order, "notional"),
                        text(order, "held"),
                        text(order, "filledQuantity"),
                        text(order, "filledNotional"),
                        text(order, "expiresAt"),
                        order.get("decidedSequence").longValue());
    }

    private static String suspendedFill(SuspendedFill suspended) {
        var fill = suspended.getFill();
        return "suspended fill %d: %s of %s at %s, %s"
                .formatted(
                        suspended.getSequence(),
                        fill.getExecutionId(),
                        fill.getOrderId(),
                        suspended.getOccurredAt(),
                        suspended.getRejection().getReason());
    }

    private static String suspendedFill(JsonNode suspended) {
        return "suspended fill %d: %s of %s at %s, %s"
                .formatted(
                        suspended.get("sequence").longValue(),
                        text(suspended, "executionId"),
                        text(suspended, "orderId"),
                        text(suspended, "occurredAt"),
                        text(suspended.get("rejection"), "reason"));
    }

    private static boolean isOpen(Order order) {
        return order.getStatus() == OrderStatus.ACTIVE || order.getStatus() == OrderStatus.PARTIALLY_FILLED;
    }

    private static int scaleOfHeld(Side side, InstrumentTerms terms) {
        return side == Side.BUY ? terms.getQuoteScale() : terms.getBaseScale();
    }

    private static String units(long amount, int scale) {
        return BigDecimal.valueOf(amount, scale).toPlainString();
    }

    private static String nullable(Long amount, int scale) {
        return amount == null ? "none" : units(amount, scale);
    }

    /** What is absent is left out of an answer. */
    private static String text(JsonNode object, String field) {
        return object.path(field).asText("none");
    }
}
