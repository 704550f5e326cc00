package io.bursar.cli.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * All that is known of an account at one moment, as names and texts, so that two sources can be compared without caring
 * how each of them says it.
 *
 * @param sequence of the account's last journal entry
 * @param truncated whether there may be more orders and suspended fills than it names
 */
record AccountPicture(long sequence, boolean truncated, SortedMap<String, String> facts) {
    /** Of an account that no command has ever named. */
    static final AccountPicture ABSENT = new AccountPicture(0, false, new TreeMap<>());

    /** Of what there may be more than is listed. */
    private static final List<String> LISTED = List.of("open order ", "suspended fill ");

    AccountPicture {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** Amounts in whole units, written in one way only: no exponent, no zeros at the end. */
    static String amount(BigDecimal wholeUnits) {
        return wholeUnits.signum() == 0 ? "0" : wholeUnits.stripTrailingZeros().toPlainString();
    }

    static String balance(String strategy, String asset, String what) {
        return "balance " + inside(strategy, asset) + " " + what;
    }

    static String position(String strategy, String instrument, String what) {
        return "position " + inside(strategy, instrument) + " " + what;
    }

    static String order(String orderId, String what) {
        return "open order " + orderId + " " + what;
    }

    static String suspendedFill(long sequence, String what) {
        return "suspended fill " + sequence + " " + what;
    }

    private static String inside(String strategy, String id) {
        return strategy.isEmpty() ? id : strategy + "/" + id;
    }

    private static boolean isListed(String name) {
        return LISTED.stream().anyMatch(name::startsWith);
    }

    /** The same without the facts whose names are not wanted. */
    AccountPicture only(Predicate<String> wanted) {
        var some = new TreeMap<>(facts);
        some.keySet().removeIf(wanted.negate());
        return new AccountPicture(sequence, truncated, some);
    }

    /**
     * Where what was found elsewhere differs from this picture, which the journal gives; sentences without the account.
     *
     * @param where it was found, as in "the stores"
     */
    List<String> differencesOf(AccountPicture stored, String where) {
        var names = new TreeSet<>(facts.keySet());
        names.addAll(stored.facts.keySet());
        var differences = new ArrayList<String>();
        for (var name : names) {
            var expected = facts.getOrDefault(name, "absent");
            var found = stored.facts.getOrDefault(name, "absent");
            boolean notListed = stored.truncated && isListed(name) && !stored.facts.containsKey(name);
            if (!notListed && !expected.equals(found)) {
                differences.add("%s is %s in %s, but %s by the journal".formatted(name, found, where, expected));
            }
        }
        return differences;
    }
}
