package io.bursar.ledger.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Set;

/** Why the model refuses or suspends something, and the numbers that explain it; what does not apply is null. */
record Refusal(
        String reason,
        String asset,
        String strategy,
        BigInteger required,
        BigInteger available,
        BigInteger limit,
        BigInteger value) {
    private static final Set<String> WITHOUT_SPENDING_THE_ID = Set.of(
            "order_id_reused",
            "command_id_reused",
            "command_too_old",
            "occurred_in_the_future",
            "account_not_found",
            "asset_not_found",
            "instrument_not_found");

    static Refusal of(String reason) {
        return new Refusal(reason, null, null, null, null, null, null);
    }

    static Refusal bound(String reason, BigInteger limit, BigInteger value) {
        return new Refusal(reason, null, null, null, null, limit, value);
    }

    static Refusal bound(String reason, Instant limit, Instant value) {
        return bound(reason, Amounts.micros(limit), Amounts.micros(value));
    }

    static Refusal lack(String reason, String strategy, String asset, BigInteger required, BigInteger available) {
        return new Refusal(reason, asset, strategy, required, available, null, null);
    }

    boolean spendsId() {
        return !WITHOUT_SPENDING_THE_ID.contains(reason);
    }

    /** The reason and its numbers in one line. */
    String words() {
        var words = new StringBuilder(reason);
        append(words, "required", required);
        append(words, "available", available);
        append(words, "limit", limit);
        append(words, "value", value);
        append(words, "asset", asset);
        append(words, "strategy", strategy);
        return words.toString();
    }

    private static void append(StringBuilder words, String what, Object value) {
        if (value != null) {
            words.append(' ').append(what).append(' ').append(value);
        }
    }

    /** Thrown where a rule speaks against what is being tried. */
    static final class Refused extends RuntimeException {
        final transient Refusal refusal;

        Refused(Refusal refusal) {
            super(refusal.reason(), null, false, false);
            this.refusal = refusal;
        }
    }

    Refused thrown() {
        return new Refused(this);
    }
}
