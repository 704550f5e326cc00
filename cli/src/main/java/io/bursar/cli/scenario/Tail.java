package io.bursar.cli.scenario;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What follows the beginning of a line. */
record Tail(Map<Clause, List<String>> clauses) {
    boolean has(Clause clause) {
        return clauses.containsKey(clause);
    }

    List<String> list(Clause clause) {
        return clauses.get(clause);
    }

    String text(Clause clause) {
        return String.join(" ", clauses.get(clause));
    }

    String textOr(Clause clause, String otherwise) {
        return has(clause) ? text(clause) : otherwise;
    }

    Instant instant(Clause clause) {
        return Scenario.START.plus(Offsets.parse(clause.keyword(), text(clause)));
    }
}
