package io.bursar.ledger;

import io.bursar.schemas.Balance;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Lot;
import io.bursar.schemas.Order;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** One account's journal under audit: every entry is checked against the entries before it, then folded. */
final class AuditedAccount {
    private final FoldedAccount folded;
    private final Map<Holding, Long> heldByOpenOrders = new HashMap<>();

    private final Map<PositionKey, Long> quantityOfLots = new HashMap<>();

    private record Holding(String strategy, String asset) {}

    private record PositionKey(String strategy, String instrument) {}

    /** @param unseen an account of which no entry was seen yet */
    AuditedAccount(FoldedAccount unseen) {
        folded = unseen;
    }

    FoldedAccount folded() {
        return folded;
    }

    /** Checks and folds the next entry; false when it is none, but one that was there before. */
    boolean add(JournalEntry entry, boolean sealed, Violations violations) {
        if (!follows(entry, violations)) {
            return false;
        }
        if (sealed) {
            checkChain(entry, violations);
        }
        checkPostings(entry, violations);
        checkBalances(entry, violations);
        checkOrder(entry, violations);
        checkLots(entry, violations);
        fold(entry, violations);
        checkReserved(entry, violations);
        return true;
    }

    private boolean follows(JournalEntry entry, Violations violations) {
        long last = folded.account().getSequence();
        if (entry.getSequence() == last + 1) {
            return true;
        }
        violations.add(entry, "comes after entry " + last + ": entries are numbered 1, 2, 3 without gap");
        if (entry.getSequence() <= last) {
            return false;
        }
        // The rest is checked as if the gap were not there.
        folded.put(Accounts.at(
                folded.account(), entry.getSequence() - 1, folded.account().getLastHash()));
        return true;
    }

    private void checkChain(JournalEntry entry, Violations violations) {
        var last = folded.account().getLastHash();
        if (!entry.getPreviousHash().equals(last)) {
            violations.add(
                    entry,
                    "its previous hash is " + hex(entry.getPreviousHash()) + ", but the hash of the entry before is "
                            + hex(last));
        }
    }

    private static void checkPostings(JournalEntry entry, Violations violations) {
        var postings = entry.getPostings();
        for (int i = 0; i < postings.size(); i++) {
            var asset = postings.get(i).getAsset();
            if (isFirstOfAsset(entry, i)) {
                long sum = 0;
                for (var posting : postings) {
                    sum += posting.getAsset().equals(asset) ? posting.getAmount() : 0;
                }
                if (sum != 0) {
                    violations.add(entry, "its postings of " + asset + " add up to " + sum + ", not to zero");
                }
            }
        }
    }

    private static boolean isFirstOfAsset(JournalEntry entry, int index) {
        var postings = entry.getPostings();
        for (int i = 0; i < index; i++) {
            if (postings.get(i).getAsset().equals(postings.get(index).getAsset())) {
                return false;
            }
        }
        return true;
    }

    private void checkBalances(JournalEntry entry, Violations violations) {
        for (var balance : entry.getBalances()) {
            checkFollowsFromPostings(entry, balance, violations);
            if (balance.getReserved() < 0 || balance.getReserved() > balance.getTotal()) {
                violations.add(
                        entry,
                        "leaves " + name(balance) + " with total " + balance.getTotal() + " and reserved "
                                + balance.getReserved() + ": 0 ≤ reserved ≤ total");
            }
        }
        for (var posting : entry.getPostings()) {
            var own = isOwn(posting.getLedgerAccount());
            if (own && !tellsBalance(entry, posting.getStrategy(), posting.getAsset())) {
                violations.add(
                        entry,
                        "posts " + posting.getAmount() + " " + posting.getAsset() + " to " + posting.getLedgerAccount()
                                + ", but does not tell the balance after it");
            }
        }
    }

    private void checkFollowsFromPostings(JournalEntry entry, Balance balance, Violations violations) {
        var before = Accounts.balance(folded.account(), balance.getStrategy(), balance.getAsset());
        long total = before == null ? 0 : before.getTotal();
        long reserved = before == null ? 0 : before.getReserved();
        for (var posting : entry.getPostings()) {
            var own = isOwn(posting.getLedgerAccount())
                    && posting.getAsset().equals(balance.getAsset())
                    && posting.getStrategy().equals(balance.getStrategy());
            total += own ? posting.getAmount() : 0;
            reserved += own && posting.getLedgerAccount() == LedgerAccount.RESERVED ? posting.getAmount() : 0;
        }
        if (balance.getTotal() != total || balance.getReserved() != reserved) {
            violations.add(
                    entry,
                    "tells " + name(balance) + " as total " + balance.getTotal() + " and reserved "
                            + balance.getReserved() + ", but its postings make it total " + total
                            + " and reserved " + reserved);
        }
    }

    private static boolean tellsBalance(JournalEntry entry, String strategy, String asset) {
        for (var balance : entry.getBalances()) {
            if (balance.getAsset().equals(asset) && balance.getStrategy().equals(strategy)) {
                return true;
            }
        }
        return false;
    }

    private void checkOrder(JournalEntry entry, Violations violations) {
        var order = entry.getOrder();
        if (order == null) {
            return;
        }
        if (order.getHeld() < 0 || (order.getHeld() > 0 && !Orders.isOpen(order))) {
            violations.add(
                    entry,
                    "leaves order " + order.getOrderId() + " " + order.getStatus() + " holding " + order.getHeld()
                            + ": an open order holds zero or more, a closed one nothing");
        }
        count(folded.order(order.getOrderId()), -1);
        count(order, 1);
    }

    /** Where a position has lots, they are what it holds. */
    private void checkLots(JournalEntry entry, Violations violations) {
        var position = entry.getPosition();
        if (position == null || folded.account().getCostMethod() != CostMethod.FIFO) {
            return;
        }
        var key = new PositionKey(position.getStrategy(), position.getInstrument());
        var before = Accounts.position(folded.account(), position.getStrategy(), position.getInstrument());
        long quantity = quantityOfLots.getOrDefault(key, 0L);
        for (long number = before == null ? 0 : before.getOldestLot(); number < position.getOldestLot(); number++) {
            quantity -= quantityOf(folded.lot(position.getStrategy(), position.getInstrument(), number));
        }
        var lot = entry.getLot();
        if (lot != null) {
            quantity +=
                    lot.getQuantity() - quantityOf(folded.lot(lot.getStrategy(), lot.getInstrument(), lot.getNumber()));
        }
        quantityOfLots.put(key, quantity);
        if (quantity != position.getQuantity()) {
            violations.add(
                    entry,
                    "leaves a position of " + position.getQuantity() + " in " + position.getInstrument()
                            + ", but its lots hold " + quantity);
        }
    }

    private static long quantityOf(Lot lot) {
        return lot == null ? 0 : lot.getQuantity();
    }

    private void count(Order order, int sign) {
        if (order != null && Orders.isOpen(order)) {
            heldByOpenOrders.merge(holding(order), sign * order.getHeld(), Long::sum);
        }
    }

    /** Only what the entry touched can have changed. */
    private void checkReserved(JournalEntry entry, Violations violations) {
        for (var balance : entry.getBalances()) {
            checkReserved(entry, new Holding(balance.getStrategy(), balance.getAsset()), violations);
        }
        var order = entry.getOrder();
        if (order != null && Orders.isOpen(order)) {
            var holding = holding(order);
            if (!tellsBalance(entry, holding.strategy(), holding.asset())) {
                checkReserved(entry, holding, violations);
            }
        }
    }

    private void checkReserved(JournalEntry entry, Holding holding, Violations violations) {
        var balance = Accounts.balance(folded.account(), holding.strategy(), holding.asset());
        long reserved = balance == null ? 0 : balance.getReserved();
        long held = heldByOpenOrders.getOrDefault(holding, 0L);
        if (reserved != held) {
            violations.add(
                    entry,
                    "leaves " + name(holding.strategy(), holding.asset()) + " with " + reserved
                            + " reserved, but open orders hold " + held);
        }
    }

    private void fold(JournalEntry entry, Violations violations) {
        try {
            folded.apply(entry);
        } catch (IllegalStateException notTheNext) {
            violations.add(entry, "cannot be applied: " + notTheNext.getMessage());
            folded.put(Accounts.at(folded.account(), entry.getSequence(), entry.getHash()));
        }
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }

    private static boolean isOwn(LedgerAccount ledgerAccount) {
        return ledgerAccount == LedgerAccount.AVAILABLE || ledgerAccount == LedgerAccount.RESERVED;
    }

    private static Holding holding(Order order) {
        return new Holding(order.getStrategy(), Reservation.asset(order.getSide(), order.getTerms()));
    }

    private static String name(Balance balance) {
        return name(balance.getStrategy(), balance.getAsset());
    }

    private static String name(String strategy, String asset) {
        return strategy.isEmpty() ? asset : asset + " of strategy " + strategy;
    }
}
