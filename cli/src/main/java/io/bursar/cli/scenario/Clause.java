package io.bursar.cli.scenario;

import java.util.List;

/** What can follow the beginning of a command: a keyword and what belongs to it. */
enum Clause {
    OWNER("owner", "ID", 1, 1),
    NAME("name", "WORD", 1, 1),
    TAKER_FEE("taker fee", "PERCENT", 1, 1),
    FIFO("fifo", "", 0, 0),
    MARKETS("markets", "MARKET,…|none", 1, 1),
    COST("cost", "AMOUNT", 1, 1),
    OPEN_ORDERS("open orders", "COUNT", 1, 1),
    ORDERS_PER_DAY("orders per day", "COUNT", 1, 1),
    NOTIONAL_PER_DAY("notional per day", "AMOUNT ASSET", 2, 2),
    ORDER_NOTIONAL("order notional", "AMOUNT ASSET", 2, 2),
    POSITION("position", "QUANTITY INSTRUMENT", 2, 2),
    PRICE("@", "PRICE", 1, 1),
    FOR("for", "AMOUNT ASSET", 2, 2),
    AT_MARKET("at market", "", 0, 0),
    REDUCE_ONLY("reduce only", "", 0, 0),
    EXPIRES("expires", "TIME", 1, 1),
    STRATEGY("strategy", "ID", 1, 1),
    BY("by", "user|admin|venue-rejected|venue-cancelled", 1, 1),
    TO_QUANTITY("to", "QUANTITY", 1, 1),
    TO_TIME("to", "TIME", 1, 1),
    IN("in", "INSTRUMENT", 1, 1),
    FEE("fee", "AMOUNT [ASSET]", 1, 2),
    MAKER("maker", "", 0, 0),
    TAKER("taker", "", 0, 0),
    FINAL("final", "", 0, 0),
    VENUE("venue", "ID", 1, 1),
    AS("as", "COMMAND-ID", 1, 1),
    OCCURRED("occurred", "TIME", 1, 1),
    BECAUSE("because", "TEXT", 1, Integer.MAX_VALUE);

    private final String keyword;
    private final String arguments;
    private final int least;
    private final int most;

    Clause(String keyword, String arguments, int least, int most) {
        this.keyword = keyword;
        this.arguments = arguments;
        this.least = least;
        this.most = most;
    }

    List<String> keywords() {
        return List.of(keyword.split(" "));
    }

    String keyword() {
        return keyword;
    }

    /** As the documentation writes it. */
    String form() {
        return arguments.isEmpty() ? keyword : keyword + " " + arguments;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    boolean takesTheRest() {
        return most == Integer.MAX_VALUE;
    }
}
