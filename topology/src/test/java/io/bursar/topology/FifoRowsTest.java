package io.bursar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.LedgerRules;
import io.bursar.processors.StoredRows;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Lot;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.Quota;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.state.StrategyQuota;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lots and quotas have rows of their own: they come, change and go as the journal says. */
class FifoRowsTest {
    private static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");

    private final LedgerTopologyFixture ledger = LedgerTopologyFixture.at(T0).start();
    private final FoldedAccount folded = new FoldedAccount("A1");

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void lots_come_and_go_with_what_they_hold() {
        openWithLots(3);
        assertThat(rows().lotRows()).isEqualTo(3);

        var reader = ledger.reader();
        assertThat(reader.lots("A1", "", "ABC-USD", Long.MIN_VALUE, 2))
                .extracting(Lot::getNumber)
                .containsExactly(0L, 1L);
        assertThat(reader.lots("A1", "", "ABC-USD", 2, 10)).hasSize(1);
        assertThat(reader.lots("A1", "S", "ABC-USD", Long.MIN_VALUE, 10)).isEmpty();
        assertThat(reader.lots("A1", "", "ABC", Long.MIN_VALUE, 10)).isEmpty();

        ledger.send(Ask.sell("s1", "A1", T0, 3_0000, 1_00));
        var sale = Ask.sold("e1", "s1", "A1", T0, 2_5000, 1_00);
        ledger.send(sale);
        assertThat(rows().lotRows()).isEqualTo(1);

        ledger.send(Fill.newBuilder(sale).setKind(FillKind.BUST).build());
        assertThat(rows().lotRows()).isEqualTo(2);

        ledger.send(Ask.sold("e2", "s1", "A1", T0, 3_0000, 1_00));
        assertThat(rows().lotRows()).isZero();
    }

    @Test
    void quotas_are_rows_that_count() {
        openWithLots(1);
        ledger.send(Ask.toAccounts(
                "q1",
                "A1",
                T0,
                new SetLimits(Quota.newBuilder().setMaxOpenOrders(1).build())));
        ledger.send(Ask.toAccounts(
                "q2",
                "A1",
                T0,
                new SetQuota("S", Quota.newBuilder().setMaxOrdersPerDay(1).build())));
        ledger.send(Ask.sell("s1", "A1", T0, 1, 1_00));
        rows();

        assertThat(ledger.reader().quota("A1", "").getOpenOrders()).isEqualTo(1);
        assertThat(ledger.reader().quota("A1", "S").getOpenOrders()).isZero();
        assertThat(ledger.reader().quotas("A1", "", 10))
                .as("the limits of the account are no strategy's")
                .extracting(StrategyQuota::getStrategy)
                .containsExactly("S");
        assertThat(ledger.reader().quotas("A1", "S", 10)).isEmpty();
    }

    private void openWithLots(int lots) {
        ledger.send(Ask.toAccounts("open", "A1", T0, new OpenAccount("owner", "name", 0, CostMethod.FIFO, List.of())));
        for (int i = 0; i < lots; i++) {
            ledger.send(new BalanceUpdate("d" + i, "A1", T0, new Deposit("ABC", 1_0000L, "ABC-USD", 1_00L)));
        }
    }

    /** The rows in the store, which are those of the journal. */
    private StoredRows rows() {
        ledger.journal().forEach(folded::apply);
        var rows = new StoredRows(ledger.store());
        rows.assertAre(List.of(folded), LedgerRules.DEFAULT);
        assertThat(ledger.deadLetters()).isEmpty();
        return rows;
    }
}
