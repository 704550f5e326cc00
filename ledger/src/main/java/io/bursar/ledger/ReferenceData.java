package io.bursar.ledger;

import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;

/**
 * The assets and instruments that commands name. Whoever implements it vouches that scales lie in 0 to 18, that tick
 * and lot sizes are positive, and that scales and assets of an id never change.
 */
public interface ReferenceData {
    /** The asset with this id, or null. */
    Asset asset(String id);

    /** The instrument with this id, or null. */
    Instrument instrument(String id);
}
