package io.bursar.ledger;

import io.bursar.schemas.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** Rules found broken, as sentences: all are counted, the first ones are kept. */
final class Violations {
    /** A journal that breaks a rule mostly goes on breaking it: the first sentences tell why. */
    private static final int KEPT = 100;

    private final List<String> sentences = new ArrayList<>();
    private long count;

    void add(JournalEntry entry, String rule) {
        count++;
        if (sentences.size() < KEPT) {
            var kind = JournalFold.kind(entry);
            sentences.add(
                    "account " + entry.getAccountId() + ", entry " + entry.getSequence() + " (" + kind + "): " + rule);
        }
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }

    long count() {
        return count;
    }
}
