package io.bursar.cli.scenario;

import io.bursar.cli.scenario.ScenarioReport.Difference;
import io.bursar.ledger.FoldedAccount;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.Side;
import io.bursar.schemas.TransferRefused;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the journal entries seen so far add up to, and whether that is a ledger. */
final class Books {
    private final Map<String, FoldedAccount> accounts = new LinkedHashMap<>();

    /** Per asset, over all accounts. */
    private final Map<String, Map<LedgerAccount, BigInteger>> trialBalance = new TreeMap<>();

    Books(Collection<String> accountIds) {
        accountIds.forEach(id -> accounts.put(id, new FoldedAccount(id)));
    }

    FoldedAccount account(String id) {
        return accounts.get(id);
    }

    /** The sum of all postings to a ledger account, in units of the asset. */
    BigInteger trialBalance(String asset, LedgerAccount ledgerAccount) {
        return trialBalance.getOrDefault(asset, Map.of()).getOrDefault(ledgerAccount, BigInteger.ZERO);
    }

    /** Takes the entry; a difference when it does not follow what its account has, or does not add up. */
    Optional<Difference> enter(JournalEntry entry) {
        var account = accounts.get(entry.getAccountId());
        if (account == null) {
            return Optional.of(difference("account", "one of " + accounts.keySet(), entry.getAccountId()));
        }
        try {
            account.apply(entry);
        } catch (IllegalStateException e) {
            return Optional.of(difference("the journal", "entries without gap that follow each other", e.getMessage()));
        }
        var sums = new TreeMap<String, BigInteger>();
        for (var posting : entry.getPostings()) {
            var amount = BigInteger.valueOf(posting.getAmount());
            sums.merge(posting.getAsset(), amount, BigInteger::add);
            trialBalance
                    .computeIfAbsent(posting.getAsset(), asset -> new EnumMap<>(LedgerAccount.class))
                    .merge(posting.getLedgerAccount(), amount, BigInteger::add);
        }
        boolean isZero = sums.values().stream().allMatch(sum -> sum.signum() == 0);
        if (!isZero) {
            return Optional.of(difference("postings of " + Found.entry(entry), "zero per asset", sums.toString()));
        }
        if (!entry.getPostings().isEmpty() && isWithoutEffect(entry)) {
            return Optional.of(difference(
                    "postings of " + Found.entry(entry),
                    "none",
                    entry.getPostings().toString()));
        }
        return Optional.empty();
    }

    /** What no ledger may be like; empty when all is well. */
    List<Difference> violations() {
        var violations = new ArrayList<Difference>();
        for (var account : accounts.values()) {
            checkBalances(account, violations);
        }
        trialBalance.forEach((asset, sums) -> {
            var sum = sums.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
            if (sum.signum() != 0) {
                violations.add(difference("trial balance " + asset, "0", sum.toString()));
            }
        });
        return violations;
    }

    private static void checkBalances(FoldedAccount account, List<Difference> violations) {
        var held = held(account);
        for (var balance : account.account().getBalances()) {
            var what = "account " + account.account().getAccountId() + ", " + balance.getAsset();
            if (balance.getReserved() < 0 || balance.getReserved() > balance.getTotal()) {
                violations.add(difference(what, "0 <= reserved <= total", balance.toString()));
            }
            var reserved = BigInteger.valueOf(balance.getReserved());
            var ofOrders = held.getOrDefault(List.of(balance.getStrategy(), balance.getAsset()), BigInteger.ZERO);
            if (!reserved.equals(ofOrders)) {
                violations.add(difference(what, "reserved is what open orders hold, " + ofOrders, reserved.toString()));
            }
        }
    }

    /** What open orders hold, by strategy and asset. */
    private static Map<List<String>, BigInteger> held(FoldedAccount account) {
        var held = new LinkedHashMap<List<String>, BigInteger>();
        for (var order : account.orders()) {
            if (order.getStatus() == OrderStatus.ACTIVE || order.getStatus() == OrderStatus.PARTIALLY_FILLED) {
                var terms = order.getTerms();
                var asset = order.getSide() == Side.BUY ? terms.getQuoteAsset() : terms.getBaseAsset();
                held.merge(List.of(order.getStrategy(), asset), BigInteger.valueOf(order.getHeld()), BigInteger::add);
            }
        }
        return held;
    }

    private static boolean isWithoutEffect(JournalEntry entry) {
        return entry.getBody() instanceof OrderRejected
                || entry.getBody() instanceof CommandRejected
                || entry.getBody() instanceof FillSuspended
                || entry.getBody() instanceof TransferRefused;
    }

    private static Difference difference(String what, String expected, String found) {
        return new Difference(what, expected, found);
    }
}
