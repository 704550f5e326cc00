package io.bursar.ledger;

import io.bursar.schemas.Rejection;
import java.math.BigDecimal;

/** Refusals, with the numbers that explain them. */
public final class Rejections {
    private Rejections() {}

    static Rejection because(ReasonCode reason) {
        return new Rejection(reason.text(), null, null, null, null, null, null, null);
    }

    /** More of an asset was needed than there is. */
    static Rejection lacking(
            ReasonCode reason, String strategy, String asset, int scale, long required, long available) {
        return new Rejection(reason.text(), asset, scale, strategy, required, available, null, null);
    }

    /** A value is beyond what the rule allows; both in the units of the field the rule speaks of. */
    static Rejection beyond(ReasonCode reason, long limit, long value) {
        return new Rejection(reason.text(), null, null, null, null, null, limit, value);
    }

    /** A value is beyond what a quota allows; both in the units of the limit. No strategy: it is the whole account's. */
    static Rejection beyondQuota(ReasonCode reason, String strategy, long limit, long value) {
        return new Rejection(reason.text(), null, null, strategy, null, null, limit, value);
    }

    /** The numbers of a refusal in words, amounts in whole units; empty when the reason says it all. */
    public static String describe(Rejection rejection) {
        if (rejection.getRequired() != null) {
            var text = "required " + decimal(rejection.getRequired(), rejection.getScale()) + " "
                    + rejection.getAsset() + ", available "
                    + decimal(rejection.getAvailable(), rejection.getScale());
            return text + inStrategy(rejection);
        }
        if (rejection.getLimit() != null) {
            return "limit " + rejection.getLimit() + ", given " + rejection.getValue() + inStrategy(rejection);
        }
        return "";
    }

    private static String inStrategy(Rejection rejection) {
        var strategy = rejection.getStrategy();
        return strategy == null || strategy.isEmpty() ? "" : " in strategy " + strategy;
    }

    private static String decimal(long amount, int scale) {
        return BigDecimal.valueOf(amount, scale).toPlainString();
    }
}
