package io.bursar.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import io.bursar.brokers.AccountAssets.CurrencyCash;
import io.bursar.brokers.AccountAssets.Segment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what Tiger answers about accounts. What is not as it should be is a malformed answer, by the name of the field. */
final class TigerAnswers {
    /** More digits than any amount has, and fewer than would take long. */
    private static final int MOST_DIGITS = 40;

    private static final int MOST_SCALE = 30;
    /** What Tiger writes for a number that it does not have. */
    private static final BigDecimal NO_NUMBER = BigDecimal.valueOf(Double.MAX_VALUE);

    private final BrokerCall call;

    TigerAnswers(BrokerCall call) {
        this.call = call;
    }

    List<TradingAccount> accounts(JsonNode data) throws BrokerException {
        var accounts = new ArrayList<TradingAccount>();
        for (var item : items(data, "items")) {
            accounts.add(new TradingAccount(
                    required(item, "account"),
                    text(item, "accountType"),
                    text(item, "capability"),
                    text(item, "status")));
        }
        return List.copyOf(accounts);
    }

    AccountAssets assets(JsonNode data) throws BrokerException {
        var segments = new ArrayList<Segment>();
        for (var item : items(data, "segments")) {
            segments.add(new Segment(
                    required(item, "category"),
                    text(item, "currency"),
                    number(item, "cashBalance"),
                    number(item, "cashAvailableForTrade"),
                    number(item, "cashAvailableForWithdrawal"),
                    number(item, "lockedFunds"),
                    number(item, "buyingPower"),
                    number(item, "netLiquidation"),
                    number(item, "grossPositionValue"),
                    number(item, "initMargin"),
                    number(item, "maintainMargin"),
                    number(item, "realizedPL"),
                    number(item, "unrealizedPL"),
                    currencies(item)));
        }
        return new AccountAssets(required(data, "accountId"), instant(data, "updateTimestamp"), segments);
    }

    List<Position> positions(JsonNode data) throws BrokerException {
        var positions = new ArrayList<Position>();
        for (var item : items(data, "items")) {
            positions.add(new Position(
                    required(item, "symbol"),
                    text(item, "identifier"),
                    required(item, "secType"),
                    text(item, "market"),
                    text(item, "currency"),
                    scaled(item, "position", "positionScale"),
                    number(item, "salableQty"),
                    number(item, "averageCost"),
                    number(item, "latestPrice"),
                    number(item, "marketValue"),
                    number(item, "realizedPnl"),
                    number(item, "unrealizedPnl"),
                    number(item, "multiplier"),
                    instant(item, "updateTimestamp")));
        }
        return List.copyOf(positions);
    }

    OrderPage orders(JsonNode data) throws BrokerException {
        var orders = new ArrayList<BrokerOrder>();
        for (var item : items(data, "items")) {
            orders.add(new BrokerOrder(
                    required(item, "id"),
                    text(item, "userMark"),
                    required(item, "symbol"),
                    text(item, "identifier"),
                    text(item, "secType"),
                    text(item, "market"),
                    text(item, "currency"),
                    required(item, "action"),
                    text(item, "orderType"),
                    scaled(item, "totalQuantity", "totalQuantityScale"),
                    scaled(item, "filledQuantity", "filledQuantityScale"),
                    number(item, "limitPrice"),
                    number(item, "avgFillPrice"),
                    required(item, "status"),
                    text(item, "timeInForce"),
                    number(item, "commission"),
                    number(item, "realizedPnl"),
                    instant(item, "openTime"),
                    instant(item, "updateTime")));
        }
        return new OrderPage(orders, text(data, "nextPageToken"));
    }

    private List<CurrencyCash> currencies(JsonNode segment) throws BrokerException {
        var currencies = new ArrayList<CurrencyCash>();
        for (var item : items(segment, "currencyAssets")) {
            currencies.add(new CurrencyCash(
                    required(item, "currency"), number(item, "cashBalance"), number(item, "cashAvailableForTrade")));
        }
        return currencies;
    }

    /** Tiger leaves out lists that are empty. */
    private JsonNode items(JsonNode node, String field) throws BrokerException {
        var items = node.path(field);
        if (items.isArray() || isNothing(items)) {
            return items;
        }
        throw unusable(field, "a list");
    }

    private String required(JsonNode node, String field) throws BrokerException {
        var text = text(node, field);
        if (text == null) {
            throw call.malformed("answer_field", field + " is missing from the answer");
        }
        return text;
    }

    /** Ids are numbers in some answers and text in others. */
    private String text(JsonNode node, String field) throws BrokerException {
        var value = node.path(field);
        if (isNothing(value) || (value.isTextual() && value.textValue().isEmpty())) {
            return null;
        }
        if (value.isTextual() || value.isIntegralNumber()) {
            return value.asText();
        }
        throw unusable(field, "text");
    }

    private BigDecimal number(JsonNode node, String field) throws BrokerException {
        var value = node.path(field);
        if (isNothing(value)) {
            return null;
        }
        if (!value.isNumber()) {
            throw unusable(field, "a number");
        }
        var number = value.decimalValue();
        if (number.compareTo(NO_NUMBER) == 0) {
            return null;
        }
        if (number.precision() > MOST_DIGITS || Math.abs(number.scale()) > MOST_SCALE) {
            throw unusable(field, "a number of at most " + MOST_DIGITS + " digits");
        }
        return number;
    }

    /** A whole number and, beside it, how many of its digits are behind the point. */
    private BigDecimal scaled(JsonNode node, String field, String scaleField) throws BrokerException {
        var number = number(node, field);
        var scale = node.path(scaleField);
        if (number == null || isNothing(scale)) {
            return number;
        }
        if (!scale.isInt() || scale.intValue() < 0 || scale.intValue() > MOST_SCALE) {
            throw unusable(scaleField, "a whole number from 0 to " + MOST_SCALE);
        }
        return number.scaleByPowerOfTen(-scale.intValue());
    }

    private Instant instant(JsonNode node, String field) throws BrokerException {
        var value = node.path(field);
        if (isNothing(value)) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw unusable(field, "milliseconds since 1970");
        }
        return Instant.ofEpochMilli(value.longValue());
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private BrokerException unusable(String field, String rule) {
        return call.malformed("answer_field", field + " in the answer must be " + rule);
    }
}
