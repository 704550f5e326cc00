package io.bursar.ledger;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What trades have left on {@code CLEARING}. Both legs of a trade cancel out there, so it holds the settled leg of every
 * trade whose other leg was not settled, and nothing else. Remembers only the trades that have not cancelled out.
 */
final class ClearingAudit {
    private final Map<TradeKey, OpenTrade> openTrades = new HashMap<>();

    private record TradeKey(String instrument, String tradeId) {}

    private static final class OpenTrade {
        final Map<String, Long> clearing = new TreeMap<>();
        final Map<Side, Integer> settled = new EnumMap<>(Side.class);
        final Map<Side, Integer> notSettled = new EnumMap<>(Side.class);

        boolean cancelsOut() {
            return clearing.isEmpty();
        }

        boolean isOver() {
            return cancelsOut() && notSettled.values().stream().allMatch(legs -> legs == 0);
        }
    }

    void add(JournalEntry entry, Violations violations) {
        switch (entry.getBody()) {
            case FillSettled body when Settlement.isTradeLeg(body.getFill()) -> settled(entry, body);
            case FillSuspended body when Settlement.isTradeLeg(body.getFill()) -> suspended(body.getFill());
            default -> checkNoClearing(entry, violations);
        }
    }

    private void settled(JournalEntry entry, FillSettled body) {
        var fill = body.getFill();
        var key = key(fill);
        var trade = openTrades.computeIfAbsent(key, any -> new OpenTrade());
        trade.settled.merge(fill.getSide(), isBust(fill) ? -1 : 1, Integer::sum);
        if (body.getSuspendedSequence() != null) {
            trade.notSettled.merge(missingWithout(fill), -1, Integer::sum);
        }
        for (var posting : entry.getPostings()) {
            if (posting.getLedgerAccount() == LedgerAccount.CLEARING) {
                trade.clearing.merge(posting.getAsset(), posting.getAmount(), ClearingAudit::sumUnlessZero);
            }
        }
        if (trade.isOver()) {
            openTrades.remove(key);
        }
    }

    private void suspended(Fill fill) {
        openTrades
                .computeIfAbsent(key(fill), any -> new OpenTrade())
                .notSettled
                .merge(missingWithout(fill), 1, Integer::sum);
    }

    private static boolean isBust(Fill fill) {
        return fill.getKind() == FillKind.BUST;
    }

    /** The side that {@code CLEARING} misses while the fill is suspended: of a bust, the one that was taken back. */
    private static Side missingWithout(Fill fill) {
        return (fill.getSide() == Side.BUY) == isBust(fill) ? Side.SELL : Side.BUY;
    }

    /** What is wrong with {@code CLEARING} by now; a leg that is still on its way counts as missing. */
    List<String> imbalances() {
        var sentences = new ArrayList<String>();
        openTrades.forEach((key, trade) -> {
            if (!trade.cancelsOut()) {
                describe(key, trade, sentences);
            }
        });
        Collections.sort(sentences);
        return sentences;
    }

    private static void describe(TradeKey key, OpenTrade trade, List<String> sentences) {
        int buys = trade.settled.getOrDefault(Side.BUY, 0);
        int sells = trade.settled.getOrDefault(Side.SELL, 0);
        var name = "trade " + key.tradeId() + " of " + key.instrument();
        if (buys == sells) {
            sentences.add(name + ": its settled legs do not cancel out, CLEARING keeps " + trade.clearing);
            return;
        }
        var missing = buys > sells ? Side.SELL : Side.BUY;
        if (trade.notSettled.getOrDefault(missing, 0) <= 0) {
            sentences.add(name + ": its " + missing + " leg was neither settled nor suspended, CLEARING keeps "
                    + trade.clearing);
        }
    }

    private static void checkNoClearing(JournalEntry entry, Violations violations) {
        for (var posting : entry.getPostings()) {
            if (posting.getLedgerAccount() == LedgerAccount.CLEARING) {
                violations.add(
                        entry,
                        "posts " + posting.getAmount() + " " + posting.getAsset()
                                + " to CLEARING: only a settled leg of a trade does");
            }
        }
    }

    private static Long sumUnlessZero(Long sum, Long amount) {
        long result = sum + amount;
        return result == 0 ? null : result;
    }

    private static TradeKey key(Fill fill) {
        return new TradeKey(fill.getInstrument(), fill.getTradeId());
    }
}
