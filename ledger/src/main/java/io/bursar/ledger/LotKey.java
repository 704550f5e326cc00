package io.bursar.ledger;

import io.bursar.schemas.Lot;

/** What a FIFO lot is identified by within its account. */
record LotKey(String strategy, String instrument, long number) {
    static LotKey of(Lot lot) {
        return new LotKey(lot.getStrategy(), lot.getInstrument(), lot.getNumber());
    }
}
