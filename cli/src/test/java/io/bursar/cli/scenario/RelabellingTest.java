package io.bursar.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelabellingTest {
    private final Relabelling relabelling = new Relabelling("-x1", Duration.ofDays(1));

    @Test
    void accounts_assets_instruments_and_times_are_others_on_the_system_and_the_same_again_afterwards() {
        var fill = new Fill(
                "e1",
                "A",
                "o1",
                "ACME-USD",
                Side.BUY,
                1L,
                2L,
                0L,
                "EUR",
                Liquidity.TAKER,
                false,
                null,
                null,
                Instant.EPOCH,
                FillKind.NEW);

        var outward = relabelling.outward(fill);

        assertThat(outward.getAccountId()).isEqualTo("A-x1");
        assertThat(outward.getInstrument()).isEqualTo("ACME-USD-x1");
        assertThat(outward.getFeeAsset()).isEqualTo("EUR-x1");
        assertThat(outward.getOrderId()).isEqualTo("o1");
        assertThat(outward.getOccurredAt()).isEqualTo(Instant.EPOCH.plus(Duration.ofDays(1)));
        assertThat(relabelling.inward(outward)).isEqualTo(fill);
    }

    @Test
    void what_is_inside_a_command_is_translated_too() {
        var place = new PlaceOrder(
                "o1", "ACME-USD", Side.SELL, OrderType.LIMIT, 1L, 2L, null, Instant.EPOCH.plusSeconds(5), "", false);
        var command = new OrderCommand("c1", "A", Instant.EPOCH, place);

        var outward = relabelling.outward(command);

        assertThat(((PlaceOrder) outward.getBody()).getInstrument()).isEqualTo("ACME-USD-x1");
        assertThat(((PlaceOrder) outward.getBody()).getExpiresAt())
                .isEqualTo(Instant.EPOCH.plusSeconds(5).plus(Duration.ofDays(1)));
        assertThat(relabelling.inward(outward)).isEqualTo(command);
    }

    @Test
    void ids_and_names_that_people_chose_stay() {
        var command = new AccountCommand(
                "A", "A", Instant.EPOCH, new OpenAccount("A", "A", 0, CostMethod.AVERAGE, List.of()));

        var outward = relabelling.outward(command);

        assertThat(outward.getCommandId()).isEqualTo("A");
        assertThat(outward.getBody()).isEqualTo(command.getBody());
    }

    @Test
    void reference_data_gets_other_ids() {
        var instrument = new Instrument("ACME-USD", "ACME", "USD", 2, null, null, null);

        assertThat(relabelling.outward(instrument))
                .isEqualTo(new Instrument("ACME-USD-x1", "ACME-x1", "USD-x1", 2, null, null, null));
    }

    @Test
    void numbers_of_a_refusal_are_translated_where_they_are_times() {
        long day = Duration.ofDays(1).toNanos() / 1_000;
        var tooOld = new Rejection("command_too_old", null, null, null, null, null, 7L, 3L);
        var offTick = new Rejection("price_off_tick", null, null, null, null, null, 7L, 3L);

        assertThat(relabelling.outward(tooOld).getLimit()).isEqualTo(7 + day);
        assertThat(relabelling.inward(relabelling.outward(tooOld))).isEqualTo(tooOld);
        assertThat(relabelling.outward(offTick)).isEqualTo(offTick);
    }
}
