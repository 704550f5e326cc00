package io.bursar.cli.scenario;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What facts can be stated of, and by which names: those of the journal. */
public enum Subject {
    BALANCE("balance", "total number, reserved number, available number"),
    ORDER(
            "order",
            "status word, instrument word, side word, type word, strategy word, quantity number, limitPrice number,"
                    + " notional number, takerFeeRate number, placedAt time, expiresAt time, closedAt time,"
                    + " filledQuantity number, filledNotional number, held number, suspendedFills number, reason word, reduceOnly flag"),
    POSITION(
            "position",
            "status word, quantity number, costBasis number, realizedPnl number, uncoveredQuantity number,"
                    + " feesPaid number"),
    ACCOUNT(
            "account",
            "status word, owner word, name word, takerFeeRate number, accountTime time, openOrders number,"
                    + " suspendedFills number, sequence number, costMethod word, quotas number, transfersOnTheirWay number"),
    TRIAL_BALANCE(
            "trial balance",
            "AVAILABLE number, RESERVED number, EXTERNAL number, ADJUSTMENT number, CLEARING number, VENUE number,"
                    + " FEES number, TRANSIT number"),
    REFUSAL("refusal", "required number, available number, strategy word, limit any, value any"),
    SETTLEMENT("settlement", "late flag, notional number, realizedPnl number"),
    ACCEPTANCE("acceptance", "");

    /** The fact that is stated by its value alone. */
    static final String STATUS = "status";

    /** What the value of a fact looks like. */
    enum Kind {
        NUMBER,
        TIME,
        WORD,
        FLAG,
        ANY
    }

    private final String text;
    private final String terms;

    Subject(String text, String terms) {
        this.text = text;
        this.terms = terms;
    }

    /** As written in a scenario. */
    String text() {
        return text;
    }

    /** The kind of this fact, or null when the subject has none of this name. */
    Kind kind(String term) {
        return kinds().get(term);
    }

    List<String> names() {
        return List.copyOf(kinds().keySet());
    }

    boolean hasStatus() {
        return kinds().containsKey(STATUS);
    }

    private Map<String, Kind> kinds() {
        var kinds = new LinkedHashMap<String, Kind>();
        Arrays.stream(terms.split(","))
                .map(String::strip)
                .filter(term -> !term.isEmpty())
                .forEach(term -> {
                    int blank = term.indexOf(' ');
                    kinds.put(
                            term.substring(0, blank),
                            Kind.valueOf(term.substring(blank + 1).toUpperCase(Locale.ROOT)));
                });
        return kinds;
    }
}
