package io.bursar.cli.verify;

import java.util.ArrayList;
import java.util.List;

/** What is wrong, in sentences: the first of them, and how many there are. Not safe for use by several threads. */
final class Sentences {
    private final int most;
    private final List<String> first = new ArrayList<>();
    private long count;

    /** @param most that are kept */
    Sentences(int most) {
        this.most = most;
    }

    void add(String sentence) {
        count++;
        if (first.size() < most) {
            first.add(sentence);
        }
    }

    long count() {
        return count;
    }

    /** The sentences that were kept and, if there were more, one that counts the rest as more of {@code what}. */
    List<String> list(String what) {
        var list = new ArrayList<>(first);
        if (count > first.size()) {
            list.add("… and %,d more %s.".formatted(count - first.size(), what));
        }
        return list;
    }
}
