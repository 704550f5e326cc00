package io.bursar.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Quota;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.Side;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Some accounts of the model, written to in whole units: USD has two decimals, ACME four, prices two. */
final class Paper {
    static final String INSTRUMENT = "ACME-USD";
    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    final ModelReference reference = new ModelReference()
            .asset("USD", 2)
            .asset("ACME", 4)
            .instrument("ACME", "USD", 2)
            .instrument(new Instrument("PIT-USD", "ACME", "USD", 2, null, null, "PIT"));
    final ModelLedger ledger = new ModelLedger(reference, 100);
    private Instant now = START;
    private int ids;

    static BigInteger usd(String amount) {
        return new BigDecimal(amount).movePointRight(2).toBigIntegerExact();
    }

    static BigInteger acme(String quantity) {
        return new BigDecimal(quantity).movePointRight(4).toBigIntegerExact();
    }

    Paper letPass(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    Outcome ask(String account, SpecificRecord body) {
        ids++;
        return ledger.decide(new Request(account, "C" + ids, now, now, body));
    }

    Outcome tell(String account, SpecificRecord body) {
        return ledger.decide(new Request(account, null, now, now, body));
    }

    Outcome ask(SpecificRecord body) {
        return ask("A", body);
    }

    void open(CostMethod method, int takerFeeRate) {
        accepted(ask(new OpenAccount("owner", "name", takerFeeRate, method, List.of())));
    }

    void openWith(String usd) {
        open(CostMethod.AVERAGE, 0);
        deposit(usd);
    }

    void deposit(String usd) {
        accepted(ask(new Deposit("USD", usd(usd).longValueExact(), null, null)));
    }

    void depositAcme(String quantity) {
        accepted(ask(new Deposit("ACME", acme(quantity).longValueExact(), null, null)));
    }

    PlaceOrder buying(String id, String quantity, String price) {
        return limit(id, Side.BUY, quantity, price, "");
    }

    PlaceOrder selling(String id, String quantity, String price) {
        return limit(id, Side.SELL, quantity, price, "");
    }

    PlaceOrder limit(String id, Side side, String quantity, String price, String strategy) {
        return new PlaceOrder(
                id,
                INSTRUMENT,
                side,
                OrderType.LIMIT,
                acme(quantity).longValueExact(),
                usd(price).longValueExact(),
                null,
                null,
                strategy,
                false);
    }

    void buy(String id, String quantity, String price) {
        accepted(ask(buying(id, quantity, price)));
    }

    void sell(String id, String quantity, String price) {
        accepted(ask(selling(id, quantity, price)));
    }

    Fill filling(String id, Side side, String execution, String quantity, String price) {
        return new Fill(
                execution,
                "A",
                id,
                INSTRUMENT,
                side,
                acme(quantity).longValueExact(),
                usd(price).longValueExact(),
                0L,
                null,
                Liquidity.UNKNOWN,
                false,
                "venue",
                null,
                now,
                FillKind.NEW);
    }

    Outcome fillOfBuy(String id, String execution, String quantity, String price) {
        return fill(filling(id, Side.BUY, execution, quantity, price));
    }

    Outcome fillOfSell(String id, String execution, String quantity, String price) {
        return fill(filling(id, Side.SELL, execution, quantity, price));
    }

    Outcome fill(Fill fill) {
        return ledger.decide(new Request("A", null, fill.getOccurredAt(), now, fill));
    }

    Outcome bust(Fill fill) {
        fill.setKind(FillKind.BUST);
        fill.setOccurredAt(now);
        return fill(fill);
    }

    Outcome cancel(String id) {
        return ask(new CancelOrder(id, CancelCause.USER, null));
    }

    Outcome amend(String id, String quantity) {
        return ask(new AmendOrder(id, acme(quantity).longValueExact(), null));
    }

    Outcome extend(String id, Instant deadline) {
        return ask(new ExtendOrder(id, deadline));
    }

    Outcome allocate(String strategy, String usd) {
        return ask(new AllocateFunds(strategy, "USD", usd(usd).longValueExact()));
    }

    Outcome setQuota(String strategy, Quota quota) {
        return ask(new SetQuota(strategy, quota));
    }

    Outcome setLimits(Quota limits) {
        return ask(new SetLimits(limits));
    }

    ModelAccount account() {
        return ledger.account("A");
    }

    ModelOrder order(String id) {
        return account().orders.get(id);
    }

    ModelPosition position() {
        return account().position("", INSTRUMENT);
    }

    static void accepted(Outcome outcome) {
        assertThat(outcome.refusal()).isNull();
        assertThat(outcome.entries()).noneMatch(entry -> entry.contains("FillSuspended"));
    }

    static void refused(Outcome outcome, String words) {
        assertThat(outcome.refusal()).isNotNull();
        assertThat(outcome.refusal().words()).isEqualTo(words);
    }

    static void suspended(Outcome outcome, String words) {
        assertThat(outcome.entries())
                .singleElement()
                .asString()
                .contains("FillSuspended")
                .endsWith(words);
    }

    void usdIs(String total, String reserved) {
        assertThat(account().balance("", "USD")).isEqualTo(new ModelAccount.Money(usd(total), usd(reserved)));
    }

    void acmeIs(String total, String reserved) {
        assertThat(account().balance("", "ACME")).isEqualTo(new ModelAccount.Money(acme(total), acme(reserved)));
    }

    void positionIs(String quantity, String cost, String realized, String uncovered) {
        assertThat(position().quantity).isEqualTo(acme(quantity));
        assertThat(position().cost).isEqualTo(usd(cost));
        assertThat(position().realized).isEqualTo(usd(realized));
        assertThat(position().uncovered).isEqualTo(acme(uncovered));
    }
}
