package io.bursar.cli.verify;

import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.Orders;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.Order;
import io.bursar.schemas.Position;
import io.bursar.schemas.Side;
import io.bursar.schemas.state.AccountState;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The picture of an account that its journal gives. */
final class FoldedPicture {
    /** Rates are in millionths. */
    private static final int FEE_RATE_SCALE = 6;

    private FoldedPicture() {}

    static AccountPicture of(FoldedAccount folded) {
        var account = folded.account();
        var facts = new TreeMap<String, String>();
        putAccount(account, facts);
        for (var balance : account.getBalances()) {
            var strategy = balance.getStrategy();
            var asset = balance.getAsset();
            facts.put(AccountPicture.balance(strategy, asset, "total"), units(balance.getTotal(), balance.getScale()));
            facts.put(
                    AccountPicture.balance(strategy, asset, "reserved"),
                    units(balance.getReserved(), balance.getScale()));
        }
        account.getPositions().forEach(position -> putPosition(position, facts));
        folded.orders().stream().filter(Orders::isOpen).forEach(order -> putOrder(order, facts));
        for (var suspended : folded.suspendedFills()) {
            long sequence = suspended.getSequence();
            facts.put(
                    AccountPicture.suspendedFill(sequence, "executionId"),
                    suspended.getFill().getExecutionId());
            facts.put(
                    AccountPicture.suspendedFill(sequence, "orderId"),
                    suspended.getFill().getOrderId());
            facts.put(
                    AccountPicture.suspendedFill(sequence, "reason"),
                    suspended.getRejection().getReason());
        }
        return new AccountPicture(account.getSequence(), false, facts);
    }

    private static void putAccount(AccountState account, Map<String, String> facts) {
        facts.put("status", account.getStatus().toString());
        facts.put("owner", account.getOwner());
        facts.put("name", account.getName());
        facts.put("takerFeeRate", units(account.getTakerFeeRate(), FEE_RATE_SCALE));
        facts.put("accountTime", account.getAccountTime().toString());
        facts.put("openOrders", Integer.toString(account.getOpenOrders()));
        facts.put("suspendedFills", Integer.toString(account.getSuspendedFills()));
        facts.put("lastHash", HexFormat.of().formatHex(account.getLastHash().bytes()));
    }

    private static void putPosition(Position position, Map<String, String> facts) {
        var terms = position.getTerms();
        put(position, "quantity", units(position.getQuantity(), terms.getBaseScale()), facts);
        put(position, "costBasis", units(position.getCostBasis(), terms.getQuoteScale()), facts);
        put(position, "realizedPnl", units(position.getRealizedPnl(), terms.getQuoteScale()), facts);
        put(position, "uncoveredQuantity", units(position.getUncoveredQuantity(), terms.getBaseScale()), facts);
        for (var fees : position.getFeesPaid()) {
            put(position, "fees in " + fees.getAsset(), units(fees.getAmount(), fees.getScale()), facts);
        }
    }

    private static void put(Position position, String what, String value, Map<String, String> facts) {
        facts.put(AccountPicture.position(position.getStrategy(), position.getInstrument(), what), value);
    }

    private static void putOrder(Order order, Map<String, String> facts) {
        var terms = order.getTerms();
        put(order, "status", order.getStatus().toString(), facts);
        put(order, "filledQuantity", units(order.getFilledQuantity(), terms.getBaseScale()), facts);
        put(order, "filledNotional", units(order.getFilledNotional(), terms.getQuoteScale()), facts);
        put(order, "held", units(order.getHeld(), scaleOfHeld(order.getSide(), terms)), facts);
        put(order, "expiresAt", order.getExpiresAt().toString(), facts);
        if (order.getQuantity() != null) {
            put(order, "quantity", units(order.getQuantity(), terms.getBaseScale()), facts);
        }
        if (order.getNotional() != null) {
            put(order, "notional", units(order.getNotional(), terms.getQuoteScale()), facts);
        }
        if (order.getLimitPrice() != null) {
            put(order, "limitPrice", units(order.getLimitPrice(), terms.getPriceScale()), facts);
        }
    }

    private static void put(Order order, String what, String value, Map<String, String> facts) {
        facts.put(AccountPicture.order(order.getOrderId(), what), value);
    }

    private static int scaleOfHeld(Side side, InstrumentTerms terms) {
        return side == Side.BUY ? terms.getQuoteScale() : terms.getBaseScale();
    }

    private static String units(long amount, int scale) {
        return AccountPicture.amount(BigDecimal.valueOf(amount, scale));
    }
}
