package io.bursar.ledger;

import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Posting;
import java.math.BigInteger;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sum of all postings per ledger account and asset, over any number of accounts; so a sum may be larger than any
 * account's balance can be. Not safe for use by several threads.
 */
public final class TrialBalance {
    private final Map<LedgerAccount, Map<String, BigInteger>> sums = new EnumMap<>(LedgerAccount.class);
    private final Map<String, Integer> scales = new HashMap<>();

    TrialBalance() {}

    void add(JournalEntry entry, Violations violations) {
        for (var posting : entry.getPostings()) {
            sums.computeIfAbsent(posting.getLedgerAccount(), any -> new HashMap<>())
                    .merge(posting.getAsset(), BigInteger.valueOf(posting.getAmount()), BigInteger::add);
            checkScale(entry, posting, violations);
        }
    }

    /** What all postings to a ledger account add up to, in units of the asset; zero without postings. */
    public BigInteger sum(LedgerAccount ledgerAccount, String asset) {
        return sums.getOrDefault(ledgerAccount, Map.of()).getOrDefault(asset, BigInteger.ZERO);
    }

    /** The sums of a ledger account by asset, in units of the asset. */
    public Map<String, BigInteger> sums(LedgerAccount ledgerAccount) {
        return Collections.unmodifiableMap(new TreeMap<>(sums.getOrDefault(ledgerAccount, Map.of())));
    }

    /** The scale of every asset that was posted. */
    public Map<String, Integer> scales() {
        return Collections.unmodifiableMap(new TreeMap<>(scales));
    }

    /** By asset, what all ledger accounts together are away from zero; empty when the books balance. */
    public Map<String, BigInteger> imbalances() {
        var byAsset = new TreeMap<String, BigInteger>();
        for (var ofLedgerAccount : sums.values()) {
            ofLedgerAccount.forEach((asset, sum) -> byAsset.merge(asset, sum, BigInteger::add));
        }
        byAsset.values().removeIf(sum -> sum.signum() == 0);
        return byAsset;
    }

    private void checkScale(JournalEntry entry, Posting posting, Violations violations) {
        var scale = scales.putIfAbsent(posting.getAsset(), posting.getScale());
        if (scale != null && scale != posting.getScale()) {
            violations.add(
                    entry,
                    "posts " + posting.getAsset() + " at scale " + posting.getScale() + ", but it was posted at scale "
                            + scale + " before: scales never change");
        }
    }
}
