package io.bursar.cli.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a line does, by the word that it begins with or that follows its account. */
enum Verb {
    OPEN("open"),
    UPDATE("update"),
    SUSPEND("suspend"),
    RESUME("resume"),
    CLOSE("close"),
    LIMITS("limits"),
    QUOTA("quota STRATEGY"),
    ALLOCATE("allocate AMOUNT ASSET to STRATEGY"),
    DEPOSIT("deposit AMOUNT ASSET"),
    WITHDRAW("withdraw AMOUNT ASSET"),
    ADJUST("adjust AMOUNT ASSET"),
    TRANSFER("transfer AMOUNT ASSET to ACCOUNT"),
    BUY("buy ORDER [QUANTITY] INSTRUMENT"),
    SELL("sell ORDER [QUANTITY] INSTRUMENT"),
    CANCEL("cancel ORDER"),
    AMEND("amend ORDER"),
    EXTEND("extend ORDER to TIME"),
    FILL("fill EXECUTION of ORDER [buy|sell] QUANTITY [INSTRUMENT] @ PRICE"),
    BUST("bust EXECUTION of ORDER [buy|sell] QUANTITY [INSTRUMENT] @ PRICE"),
    TRADE("trade TRADE QUANTITY INSTRUMENT @ PRICE buyer ACCOUNT/ORDER seller ACCOUNT/ORDER"),
    SETTLE("settle EXECUTION of ORDER"),
    DISCARD("discard EXECUTION of ORDER"),

    AT("at: TIME"),
    TIMER("timer: [OrderExpired ORDER, …]"),
    LIST("list ID"),

    ACCOUNT("account"),
    BALANCE("balance ASSET [of STRATEGY]"),
    ORDER("order ORDER"),
    POSITION("position INSTRUMENT [of STRATEGY]"),
    SUSPENDED("suspended fills"),
    TRIAL("trial balance ASSET");

    private final String form;

    Verb(String form) {
        this.form = form;
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Verb::word).toList();
    }

    String word() {
        return form.split("[ :]", 2)[0];
    }

    /** As the documentation writes it, without its clauses. */
    String form() {
        return form;
    }

    /** What can follow, in any order; of a trade, each of its sides. */
    List<Clause> clauses() {
        return switch (this) {
            case OPEN -> List.of(Clause.OWNER, Clause.NAME, Clause.TAKER_FEE, Clause.FIFO, Clause.MARKETS);
            case UPDATE -> List.of(Clause.NAME, Clause.TAKER_FEE, Clause.MARKETS);
            case LIMITS, QUOTA ->
                List.of(
                        Clause.ORDER_NOTIONAL,
                        Clause.OPEN_ORDERS,
                        Clause.ORDERS_PER_DAY,
                        Clause.NOTIONAL_PER_DAY,
                        Clause.POSITION);
            case DEPOSIT -> List.of(Clause.COST, Clause.IN);
            case SUSPEND, ADJUST -> List.of(Clause.BECAUSE);
            case BUY, SELL ->
                List.of(
                        Clause.PRICE,
                        Clause.FOR,
                        Clause.AT_MARKET,
                        Clause.EXPIRES,
                        Clause.STRATEGY,
                        Clause.REDUCE_ONLY);
            case CANCEL -> List.of(Clause.BY, Clause.BECAUSE);
            case AMEND -> List.of(Clause.TO_QUANTITY, Clause.PRICE, Clause.IN);
            case EXTEND -> List.of(Clause.TO_TIME);
            case FILL, BUST ->
                List.of(Clause.PRICE, Clause.FEE, Clause.MAKER, Clause.TAKER, Clause.FINAL, Clause.VENUE);
            case TRADE -> List.of(Clause.FEE, Clause.MAKER, Clause.TAKER, Clause.FINAL);
            case SETTLE, DISCARD -> List.of(Clause.STRATEGY, Clause.BECAUSE);
            default -> List.of();
        };
    }

    /** With those that every command can have: when it happened, and an id where its message has one. */
    List<Clause> allClauses() {
        var all = new ArrayList<>(clauses());
        if (this != FILL && this != BUST) {
            all.add(Clause.AS);
        }
        all.add(Clause.OCCURRED);
        return all;
    }

    /** Others are of none, or name all accounts that they speak of. */
    boolean isOfAnAccount() {
        return switch (this) {
            case TRADE, AT, TIMER, LIST, TRIAL -> false;
            default -> true;
        };
    }
}
