package io.bursar.cli.demo.flow;

import java.util.Locale;

/**
 * How something was decided.
 *
 * @param reason the reason code of a refusal or suspension, else empty
 */
public record Outcome(Result result, String reason) {
    public static final Outcome ACCEPTED = new Outcome(Result.ACCEPTED, "");
    public static final Outcome SETTLED = new Outcome(Result.SETTLED, "");
    public static final Outcome EXPIRED = new Outcome(Result.EXPIRED, "");

    /** What became of a command, a fill or an order. */
    public enum Result {
        ACCEPTED,
        REJECTED,
        SETTLED,
        SUSPENDED,
        EXPIRED
    }

    public static Outcome rejected(String reason) {
        return new Outcome(Result.REJECTED, reason);
    }

    public static Outcome suspended(String reason) {
        return new Outcome(Result.SUSPENDED, reason);
    }

    /** As in a sentence: {@code rejected (insufficient_funds)}. */
    @Override
    public String toString() {
        var text = result.name().toLowerCase(Locale.ROOT);
        return reason.isEmpty() ? text : text + " (" + reason + ")";
    }
}
