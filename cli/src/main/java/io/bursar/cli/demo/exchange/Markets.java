package io.bursar.cli.demo.exchange;

import java.util.List;

/** One market for each listing. */
final class Markets {
    private final List<Market> markets = Listing.ALL.stream().map(Market::new).toList();

    Market of(Listing listing) {
        return markets.get(Listing.ALL.indexOf(listing));
    }
}
