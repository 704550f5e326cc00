package io.bursar.exactlyonce;

import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.Side;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.Withdraw;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** What an account owns, counted from what took effect by nothing but adding and subtracting whole units. */
final class PlainMoney {
    private final ReferenceData reference;
    private final Map<String, BigInteger> totals = new TreeMap<>();

    PlainMoney(ReferenceData reference) {
        this.reference = reference;
    }

    /** Takes a command that was accepted, or a fill that was settled; what moves no money changes nothing. */
    void add(SpecificRecord command) {
        switch (command) {
            case BalanceUpdate update -> add(update);
            case Fill fill -> add(fill);
            default -> {
                // Orders and life cycles move no money in or out.
            }
        }
    }

    /** Money that another account sent is here. */
    void addArrived(TransferArrival arrival) {
        move(arrival.getAsset(), arrival.getAmount());
    }

    /** What this account sent is back. */
    void addReturned(Transfer transfer) {
        move(transfer.getAsset(), transfer.getAmount());
    }

    /** The total of every asset that is not zero, in whole units. */
    Map<String, BigDecimal> totals() {
        var inWholeUnits = new TreeMap<String, BigDecimal>();
        totals.forEach((asset, units) -> {
            if (units.signum() != 0) {
                inWholeUnits.put(asset, new BigDecimal(units, scale(asset)));
            }
        });
        return inWholeUnits;
    }

    /** What a quantity costs, floored, in quote units. */
    static long notional(Instrument instrument, ReferenceData reference, long quantity, long price) {
        int baseScale = reference.asset(instrument.getBaseAsset()).getScale();
        int quoteScale = reference.asset(instrument.getQuoteAsset()).getScale();
        return BigDecimal.valueOf(quantity, baseScale)
                .multiply(BigDecimal.valueOf(price, instrument.getPriceScale()))
                .setScale(quoteScale, RoundingMode.FLOOR)
                .unscaledValue()
                .longValueExact();
    }

    private void add(BalanceUpdate update) {
        switch (update.getBody()) {
            case Deposit deposit -> move(deposit.getAsset(), deposit.getAmount());
            case Withdraw withdraw -> move(withdraw.getAsset(), -withdraw.getAmount());
            case Adjust adjust -> move(adjust.getAsset(), adjust.getAmount());
            case Transfer transfer -> move(transfer.getAsset(), -transfer.getAmount());
            default -> throw new IllegalStateException("no balance update: " + update);
        }
    }

    private void add(Fill fill) {
        var instrument = reference.instrument(fill.getInstrument());
        long sign = fill.getKind() == FillKind.BUST ? -1 : 1;
        long bought = fill.getSide() == Side.BUY ? sign : -sign;
        move(instrument.getBaseAsset(), bought * fill.getQuantity());
        move(
                instrument.getQuoteAsset(),
                -bought * notional(instrument, reference, fill.getQuantity(), fill.getPrice()));
        var feeAsset = fill.getFeeAsset() == null ? instrument.getQuoteAsset() : fill.getFeeAsset();
        move(feeAsset, -sign * fill.getFee());
    }

    private void move(String asset, long units) {
        totals.merge(asset, BigInteger.valueOf(units), BigInteger::add);
    }

    private int scale(String asset) {
        return reference.asset(asset).getScale();
    }
}
