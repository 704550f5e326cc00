package io.bursar.service.http;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a request says, checked; what does not fit ends it with 400. */
public final class Parameters {
    public static final String LIMIT = "limit";
    public static final String STATUS = "status";
    public static final String PRICES = "prices";

    private static final Pattern PRICE = Pattern.compile("([A-Za-z0-9._:-]{1,64}):([0-9]{1,18}(\\.[0-9]{1,18})?)");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int DEFAULT_LIMIT = 1_000;

    /** Bounds what one answer costs: some megabytes. */
    private static final int MAX_LIMIT = 10_000;

    private Parameters() {}

    /** A slip in a name must not go unnoticed, and of two values one would be ignored. */
    public static void requireOnly(Context context, List<String> allowed) {
        context.queryParamMap().forEach((name, values) -> {
            if (!allowed.contains(name)) {
                throw new ProblemException(Problem.unknown(name, allowed));
            }
            if (values.size() > 1) {
                throw new ProblemException(Problem.repeated(name, values.size()));
            }
        });
    }

    public static String accountId(Context context) {
        return id(context, "accountId");
    }

    public static String orderId(Context context) {
        return id(context, "orderId");
    }

    /** How many elements a list may have. */
    public static int limit(Context context) {
        var text = context.queryParam(LIMIT);
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        int limit = WHOLE_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(Problem.invalid(LIMIT, text, "a whole number from 1 to " + MAX_LIMIT));
        }
        return limit;
    }

    /** Prices by instrument, {@code BTC-USD:65000.00,AAPL-USD:230}; empty when there are none. */
    public static Map<String, BigDecimal> prices(Context context) {
        var text = context.queryParam(PRICES);
        if (text == null) {
            return Map.of();
        }
        var prices = new HashMap<String, BigDecimal>();
        for (var part : text.split(",", -1)) {
            var price = PRICE.matcher(part);
            if (!price.matches() || new BigDecimal(price.group(2)).signum() == 0) {
                throw new ProblemException(Problem.invalid(
                        PRICES, part, "instruments with their positive price, such as BTC-USD:65000.00"));
            }
            if (prices.put(price.group(1), new BigDecimal(price.group(2))) != null) {
                throw new ProblemException(Problem.invalid(PRICES, part, "one price for each instrument"));
            }
        }
        return prices;
    }

    /** Only open orders can be listed. */
    public static void requireOpen(Context context) {
        var status = context.queryParam(STATUS);
        if (status != null && !status.equals("open")) {
            throw new ProblemException(Problem.invalid(STATUS, status, "open"));
        }
    }

    /** An id in the path. */
    public static String id(Context context, String name) {
        var id = context.pathParam(name);
        if (!Ids.isValid(id, Ids.MAX_LENGTH)) {
            throw new ProblemException(Problem.invalid(name, id, Ids.rule(Ids.MAX_LENGTH)));
        }
        return id;
    }
}
