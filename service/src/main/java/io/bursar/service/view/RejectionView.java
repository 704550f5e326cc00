package io.bursar.service.view;

import io.bursar.ledger.Rejections;
import io.bursar.schemas.Rejection;

/**
 * Why something was refused or suspended.
 *
 * @param required in the asset
 * @param available in the asset
 * @param limit what the rule allows, a whole number in the smallest units of the field that it speaks of; instants in
 *     microseconds since 1970
 * @param value what was given, in the same units
 * @param detail the numbers in words; absent when the reason says it all
 */
public record RejectionView(
        String reason,
        String required,
        String available,
        String asset,
        String strategy,
        String limit,
        String value,
        String detail) {
    public static RejectionView ofNullable(Rejection rejection) {
        return rejection == null ? null : of(rejection);
    }

    public static RejectionView of(Rejection rejection) {
        int scale = rejection.getScale() == null ? 0 : rejection.getScale();
        var detail = Rejections.describe(rejection);
        return new RejectionView(
                rejection.getReason(),
                Decimals.ofNullable(rejection.getRequired(), scale),
                Decimals.ofNullable(rejection.getAvailable(), scale),
                rejection.getAsset(),
                rejection.getStrategy(),
                Decimals.ofNullable(rejection.getLimit(), 0),
                Decimals.ofNullable(rejection.getValue(), 0),
                detail.isEmpty() ? null : detail);
    }
}
