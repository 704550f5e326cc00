package io.bursar.cli.scenario;

import io.bursar.cli.scenario.ScenarioReport.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares what is stated with what was found. */
final class Differences {
    private Differences() {}

    /** One difference for each term that none of the facts of its name matches. */
    static List<Difference> compare(List<Term> stated, List<Term> facts) {
        var differences = new ArrayList<Difference>();
        for (var term : stated) {
            var named = facts.stream()
                    .filter(fact -> fact.name().equals(term.name()))
                    .toList();
            if (named.stream().noneMatch(fact -> term.value().matches(fact.value()))) {
                differences.add(new Difference(
                        term.name(), term.text(), named.isEmpty() ? "nothing of this name" : text(named)));
            }
        }
        return differences;
    }

    /** A difference when the lists differ in any place. */
    static Optional<Difference> compare(String what, List<String> stated, List<String> found) {
        return stated.equals(found)
                ? Optional.empty()
                : Optional.of(new Difference(what, stated.toString(), found.toString()));
    }

    /** A difference when one list has what the other has not. */
    static Optional<Difference> compareInAnyOrder(String what, List<String> stated, List<String> found) {
        return compare(
                what, stated.stream().sorted().toList(), found.stream().sorted().toList());
    }

    /** The facts in the words of the format. */
    static String text(List<Term> facts) {
        return facts.stream().map(Term::text).collect(Collectors.joining(", "));
    }
}
