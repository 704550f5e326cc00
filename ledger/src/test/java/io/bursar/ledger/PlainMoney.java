package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Side;
import io.bursar.schemas.state.AccountState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

/** The money that postings alone make, counted without any of the ledger's own means. */
final class PlainMoney {
    private final Map<String, Long> available = new TreeMap<>();
    private final Map<String, Long> reserved = new TreeMap<>();

    void add(JournalEntry entry) {
        for (var posting : entry.getPostings()) {
            var key = entry.getAccountId() + "/" + posting.getStrategy() + "/" + posting.getAsset();
            switch (posting.getLedgerAccount()) {
                case AVAILABLE -> available.merge(key, posting.getAmount(), Math::addExact);
                case RESERVED -> reserved.merge(key, posting.getAmount(), Math::addExact);
                case EXTERNAL, ADJUSTMENT, CLEARING, VENUE, FEES, TRANSIT ->
                    assertThat(posting.getStrategy()).isEmpty();
            }
        }
        if (entry.getBody() instanceof FillSettled settled) {
            checkFill(entry, settled);
        }
    }

    /** The account's balances are these sums, and there is no money in it that was never posted. */
    void check(AccountState account) {
        int found = 0;
        for (var balance : account.getBalances()) {
            var key = account.getAccountId() + "/" + balance.getStrategy() + "/" + balance.getAsset();
            long free = available.getOrDefault(key, 0L);
            long bound = reserved.getOrDefault(key, 0L);
            assertThat(balance.getTotal()).as("total of %s", key).isEqualTo(free + bound);
            assertThat(balance.getReserved()).as("reserved of %s", key).isEqualTo(bound);
            found++;
        }
        var prefix = account.getAccountId() + "/";
        assertThat(available.keySet().stream()
                        .filter(key -> key.startsWith(prefix))
                        .count())
                .isEqualTo(found);
    }

    /** What left the account is what the fill says, and its fee; whatever it was paid with. */
    private static void checkFill(JournalEntry entry, FillSettled settled) {
        var fill = settled.getFill();
        var terms = entry.getPosition().getTerms();
        long direction = fill.getKind() == FillKind.BUST ? -1 : 1;
        long sign = fill.getSide() == Side.BUY ? direction : -direction;
        var feeAsset = fill.getFeeAsset() == null ? terms.getQuoteAsset() : fill.getFeeAsset();
        var counterparty = Settlement.isTradeLeg(fill) ? LedgerAccount.CLEARING : LedgerAccount.VENUE;

        assertThat(settled.getNotional()).isEqualTo(notional(fill, terms));
        assertThat(sum(entry, counterparty, terms.getQuoteAsset())).isEqualTo(sign * settled.getNotional());
        assertThat(sum(entry, counterparty, terms.getBaseAsset())).isEqualTo(-sign * fill.getQuantity());
        assertThat(sum(entry, LedgerAccount.FEES, feeAsset)).isEqualTo(direction * fill.getFee());
    }

    private static long notional(Fill fill, InstrumentTerms terms) {
        return BigDecimal.valueOf(fill.getQuantity(), terms.getBaseScale())
                .multiply(BigDecimal.valueOf(fill.getPrice(), terms.getPriceScale()))
                .scaleByPowerOfTen(terms.getQuoteScale())
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    private static long sum(JournalEntry entry, LedgerAccount ledgerAccount, String asset) {
        return entry.getPostings().stream()
                .filter(posting -> posting.getLedgerAccount() == ledgerAccount)
                .filter(posting -> posting.getAsset().equals(asset))
                .mapToLong(posting -> posting.getAmount())
                .sum();
    }
}
