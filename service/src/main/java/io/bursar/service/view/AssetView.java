package io.bursar.service.view;

import io.bursar.schemas.Asset;

/** An asset; amounts of it have at most {@code scale} decimals. */
public record AssetView(String asset, int scale) {
    /** The view of an asset. */
    public static AssetView of(Asset asset) {
        return new AssetView(asset.getId(), asset.getScale());
    }
}
