package io.bursar.cli.scenario;

import io.bursar.cli.scenario.OrderBook.Placement;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.util.List;

/** What the lines of a scenario can name, and in which units they count it. */
record Names(Catalogue catalogue, List<String> accounts, OrderBook orders) {
    Names {
        accounts = List.copyOf(accounts);
    }

    String account(String id) {
        if (!accounts.contains(id)) {
            throw Fault.of("account", id, "is not an account of this scenario");
        }
        return id;
    }

    Asset asset(String id) {
        var asset = catalogue.assets().get(id);
        if (asset == null) {
            throw Fault.of(
                    "asset",
                    id,
                    "is not an asset of this scenario; define it under assets (listed: false for one"
                            + " that the ledger shall not know)");
        }
        return asset;
    }

    Instrument instrument(String id) {
        var instrument = catalogue.instruments().get(id);
        if (instrument == null) {
            throw Fault.of(
                    "instrument",
                    id,
                    "is not an instrument of this scenario; define it under instruments (listed:"
                            + " false for one that the ledger shall not know)");
        }
        return instrument;
    }

    /** The instrument that a line names, or, where that is null, that of the order it speaks of. */
    Instrument instrument(String named, String account, String order) {
        if (named != null) {
            return instrument(named);
        }
        var placement = orders.of(account, order);
        if (placement == null) {
            throw Fault.of("order", order, "is not placed in this scenario, so the line must name an instrument");
        }
        return instrument(placement.instrument());
    }

    /** The placement of an order in this scenario, or null. */
    Placement placement(String account, String order) {
        return orders.of(account, order);
    }

    long quantity(String text, Instrument instrument) {
        return Amounts.units("quantity", text, catalogue.baseScale(instrument));
    }

    long price(String text, Instrument instrument) {
        return Amounts.units("price", text, instrument.getPriceScale());
    }

    /** Of what the instrument is paid in. */
    long quote(String field, String text, Instrument instrument) {
        return Amounts.units(field, text, catalogue.quoteScale(instrument));
    }
}
