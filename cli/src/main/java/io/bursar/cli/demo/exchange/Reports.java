package io.bursar.cli.demo.exchange;

import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.flow.Messages;
import io.bursar.cli.demo.flow.Money;
import io.bursar.cli.demo.flow.Outcome;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.Side;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TradeParty;
import java.time.Instant;

/** What venues say of executions: trades of the simulated market, fills of the others. */
final class Reports {
    /** What the market pays those whose resting stock orders trade, in 1/1,000,000. */
    private static final int REBATE_RATE = 100;

    private static final String OUTSIDE_VENUE = "XOUT";

    private final Ids ids;
    private final Messages messages;

    Reports(Ids ids, Messages messages) {
        this.ids = ids;
        this.messages = messages;
    }

    /** @param closesTaker whether the taker gets nothing more, filled or not */
    Message trade(Listing listing, Taker taker, Market.Match match, boolean closesTaker, Instant at) {
        long notional = listing.money().settled(match.quantity(), match.price());
        var aggressor = new TradeParty(
                taker.accountId(),
                taker.orderId(),
                Money.fee(notional, taker.takerFeeRate()),
                null,
                Liquidity.TAKER,
                closesTaker);
        var maker = match.maker();
        var resting =
                new TradeParty(maker.accountId, maker.id, makerFee(maker, notional), null, Liquidity.MAKER, false);
        boolean buys = taker.side() == Side.BUY;
        return messages.trade(new Trade(
                ids.next("t"),
                listing.id(),
                match.quantity(),
                match.price(),
                at,
                buys ? aggressor : resting,
                buys ? resting : aggressor));
    }

    /** @param inBase whether the fee is taken out of what was bought */
    Fill fill(BookOrder order, long quantity, long price, boolean inBase, boolean closes, Instant at) {
        var listing = order.listing;
        long fee = inBase
                ? Money.fee(quantity, order.takerFeeRate)
                : Money.fee(listing.money().settled(quantity, price), order.takerFeeRate);
        return new Fill(
                ids.next("x"),
                order.accountId,
                order.id,
                listing.id(),
                order.side,
                quantity,
                price,
                fee,
                inBase ? listing.base().getId() : null,
                Liquidity.UNKNOWN,
                closes,
                OUTSIDE_VENUE,
                null,
                at,
                FillKind.NEW);
    }

    Message settled(Fill fill) {
        return messages.fill(fill, Outcome.SETTLED);
    }

    Message suspended(Fill fill, String reason) {
        return messages.fill(fill, Outcome.suspended(reason));
    }

    /** Stocks pay a rebate, the others charge half of what a taker pays. */
    private static long makerFee(BookOrder maker, long notional) {
        return maker.listing.base().getScale() == 0
                ? -Money.fee(notional, REBATE_RATE)
                : Money.fee(notional, maker.takerFeeRate / 2);
    }
}
