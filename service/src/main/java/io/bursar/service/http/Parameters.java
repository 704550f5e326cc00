package io.bursar.service.http;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a request says, checked; what does not fit ends it with 400. */
public final class Parameters {
    /** In a path: which account a route is about. */
    public static final String ACCOUNT = "accountId";

    /** In a path: which broker account a route is about. */
    public static final String BROKER_ACCOUNT = "brokerAccountId";

    public static final String LIMIT = "limit";
    public static final String STATUS = "status";
    public static final String PRICES = "prices";
    public static final String CURSOR = "cursor";
    public static final String STALE = "stale";
    public static final String MIN_SEQUENCE = "min-sequence";

    private static final Pattern PRICE = Pattern.compile("([A-Za-z0-9._:-]{1,64}):([0-9]{1,18}(\\.[0-9]{1,18})?)");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,18}");
    private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");
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
        return id(context, ACCOUNT);
    }

    /** How many elements a list may have. */
    public static int limit(Context context) {
        var text = context.queryParam(LIMIT);
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        int limit = wholeNumber(text).orElse(0);
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

    /** Whether orders of every status are asked for, and not the open ones alone. */
    public static boolean isAllOrders(Context context) {
        return switch (context.queryParam(STATUS)) {
            case null -> false;
            case "open" -> false;
            case "all" -> true;
            case String other -> throw new ProblemException(Problem.invalid(STATUS, other, "open or all"));
        };
    }

    /** Whether an answer that may be behind will do. */
    public static boolean isStaleAllowed(Context context) {
        return switch (context.queryParam(STALE)) {
            case null -> false;
            case "allow" -> true;
            case String other -> throw new ProblemException(Problem.invalid(STALE, other, "allow"));
        };
    }

    /** The sequence that the account must be at; 0 when any will do. */
    public static long minSequence(Context context) {
        return sequence(context, MIN_SEQUENCE).orElse(0);
    }

    /** The sequence of a journal entry. */
    public static OptionalLong sequence(Context context, String name) {
        var text = context.queryParam(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(sequence(text)
                .orElseThrow(
                        () -> new ProblemException(Problem.invalid(name, text, "a whole number of up to 18 digits"))));
    }

    /** A number of up to 18 digits; empty for any other text. */
    public static OptionalLong sequence(String text) {
        return SEQUENCE.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** An instant of ISO 8601 in UTC. */
    public static Optional<Instant> instant(Context context, String name) {
        var text = context.queryParam(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(instant(text));
        } catch (DateTimeException notAnInstant) {
            throw new ProblemException(
                    Problem.invalid(name, text, "an instant between 1970 and 9999, such as 2026-03-02T12:00:00Z"));
        }
    }

    /**
     * An instant that the stores can hold.
     *
     * @throws DateTimeException for any other text
     */
    public static Instant instant(String text) {
        var instant = Instant.parse(text);
        if (instant.isBefore(Instant.EPOCH) || !instant.isBefore(END_OF_TIME)) {
            throw new DateTimeException(text + " does not lie between 1970 and 9999");
        }
        return instant;
    }

    /** A number of up to nine digits; empty for any other text. */
    public static OptionalInt wholeNumber(String text) {
        return WHOLE_NUMBER.matcher(text).matches() ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** An id in the path. */
    public static String id(Context context, String name) {
        return id(context, name, Ids.MAX_LENGTH);
    }

    /** An id in the path that may be longer or shorter than others. */
    public static String id(Context context, String name, int maxLength) {
        var id = context.pathParam(name);
        if (!Ids.isValid(id, maxLength)) {
            throw new ProblemException(Problem.invalid(name, id, Ids.rule(maxLength)));
        }
        return id;
    }

    /** The id that a parameter of the query gives; empty when it is absent. */
    public static Optional<String> queryId(Context context, String name, int maxLength) {
        var given = Optional.ofNullable(context.queryParam(name));
        given.filter(id -> !Ids.isValid(id, maxLength)).ifPresent(id -> {
            throw new ProblemException(Problem.invalid(name, id, Ids.rule(maxLength)));
        });
        return given;
    }

    /** A parameter that is true or false; false when it is absent. */
    public static boolean flag(Context context, String name) {
        return switch (context.queryParam(name)) {
            case null -> false;
            case "false" -> false;
            case "true" -> true;
            case String other -> throw new ProblemException(Problem.invalid(name, other, "true or false"));
        };
    }

    /** A whole number within bounds. */
    public static int whole(Context context, String name, int least, int most, int whenAbsent) {
        var text = context.queryParam(name);
        if (text == null) {
            return whenAbsent;
        }
        int number = wholeNumber(text).orElse(-1);
        if (number < least || number > most) {
            throw new ProblemException(Problem.invalid(name, text, "a whole number from " + least + " to " + most));
        }
        return number;
    }
}
