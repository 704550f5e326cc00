package io.bursar.ledger;

import static io.bursar.ledger.Books.DAY_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;

class ReservationTest {
    private static final String ACCOUNT = "A1";

    /**
     * The account owns exactly what the order reserves; so if ever a fill within the terms needed more than is held, it
     * could not settle.
     */
    @Property(tries = 1_000)
    void partial_fills_within_the_terms_never_sum_to_more_than_was_reserved(
            @ForAll @LongRange(min = 1_000_000, max = 1_000_000_000) long quantity,
            @ForAll @LongRange(min = 1_000_000, max = 1_000_000_000) long limitPrice,
            @ForAll @IntRange(max = 18) int baseScale,
            @ForAll @IntRange(max = 18) int priceScale,
            @ForAll @IntRange(max = 18) int quoteScale,
            @ForAll @IntRange(max = 1_000_000) int takerFeeRate,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 1_000) Integer> weights,
            @ForAll @IntRange(max = 3) int improvement) {
        var terms = new InstrumentTerms("BASE", "QUOTE", baseScale, quoteScale, priceScale);
        long reserved;
        try {
            reserved = Reservation.ofBuy(quantity, limitPrice, takerFeeRate, terms);
        } catch (ArithmeticException beyondAllAmounts) {
            Statistics.label("orders").collect("too large");
            return;
        }
        var account = new FoldedAccount(ACCOUNT);
        var ledger = new Ledger(
                new FixedReference()
                        .asset("BASE", baseScale)
                        .asset("QUOTE", quoteScale)
                        .instrument("BASE-QUOTE", priceScale),
                LedgerRules.DEFAULT);
        apply(account, ledger.decide(account, open(takerFeeRate)));
        apply(account, ledger.decide(account, deposit(reserved)));
        apply(account, ledger.decide(account, place(quantity, limitPrice)));
        assertThat(account.order("A").getHeld()).isEqualTo(reserved);

        long rest = quantity;
        for (int i = 0; i < weights.size(); i++) {
            long part = i == weights.size() - 1 ? rest : Math.min(rest, quantity * weights.get(i) / 4_000);
            long price = limitPrice - (i % 2 == 0 ? 0 : limitPrice / 10 * improvement);
            long notional = Arithmetic.settledNotional(part, price, baseScale, priceScale, quoteScale);
            if (notional == 0) {
                Statistics.label("fills").collect("worth nothing");
                continue;
            }
            // No venue charges more than the rate says; it may round down.
            long fee = Arithmetic.share(notional, takerFeeRate, Arithmetic.FEE_RATE_UNIT);
            var decision = ledger.decide(account, fill(i, part, price, fee));
            Statistics.label("fills").collect("settled");
            assertThat(decision.entries().getFirst().getBody()).isInstanceOf(FillSettled.class);
            apply(account, decision);
            rest -= part;
            if (rest > 0) {
                assertThat(account.order("A").getHeld())
                        .as("held for the rest")
                        .isEqualTo(Reservation.ofBuy(rest, limitPrice, takerFeeRate, terms));
            }
        }

        var order = account.order("A");
        var balance = Accounts.balance(account.account(), "", "QUOTE");
        assertThat(balance.getReserved()).isEqualTo(order.getHeld());
        if (rest == 0) {
            assertThat(order.getStatus()).isEqualTo(OrderStatus.FILLED);
            assertThat(order.getHeld()).isZero();
        }
        Statistics.label("fills").coverage(coverage -> coverage.check("settled").percentage(share -> share > 40));
    }

    private static void apply(FoldedAccount account, Decision decision) {
        decision.entries().forEach(account::apply);
    }

    private static Command open(int takerFeeRate) {
        return Command.of(new AccountCommand("open", ACCOUNT, DAY_0, Books.open(takerFeeRate)), DAY_0, null);
    }

    private static Command deposit(long amount) {
        return Command.of(
                new BalanceUpdate("deposit", ACCOUNT, DAY_0, new Deposit("QUOTE", amount, null, null)), DAY_0, null);
    }

    private static Command place(long quantity, long limitPrice) {
        var order = new PlaceOrder(
                "A", "BASE-QUOTE", Side.BUY, OrderType.LIMIT, quantity, limitPrice, null, null, "", false);
        return Command.of(new OrderCommand("place", ACCOUNT, DAY_0, order), DAY_0, null);
    }

    private static Command fill(int number, long quantity, long price, long fee) {
        var fill = new Fill(
                "e" + number,
                ACCOUNT,
                "A",
                "BASE-QUOTE",
                Side.BUY,
                quantity,
                price,
                fee,
                null,
                Liquidity.TAKER,
                false,
                "venue",
                null,
                DAY_0,
                FillKind.NEW);
        return Command.of(fill, DAY_0, null);
    }
}
