package io.bursar.cli.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The words of one line, read from left to right. */
final class Words {
    private final List<String> words;
    private String form = "";
    private int at;

    Words(String line) {
        words = List.of(line.strip().split("\\s+"));
    }

    /** How a line of this kind is written, for what is wrong in it. */
    void areWritten(String form) {
        this.form = form;
    }

    boolean hasNext() {
        return at < words.size();
    }

    /** The next word, or an empty text at the end. */
    String peek() {
        return hasNext() ? words.get(at) : "";
    }

    boolean nextIsNumber() {
        return Value.isNumber(peek());
    }

    /** @throws Fault when the line ends here */
    String next(String what) {
        if (!hasNext()) {
            throw Fault.of("line", String.join(" ", words), "ends where " + what + " is missing" + orRather());
        }
        return words.get(at++);
    }

    /** Takes the next word when it is this one. */
    boolean take(String word) {
        if (!peek().equals(word)) {
            return false;
        }
        at++;
        return true;
    }

    /** @throws Fault when the next word is another */
    void expect(String word) {
        if (!take(word)) {
            var other = next("\"" + word + "\"");
            throw Fault.of("word", other, "stands where \"" + word + "\" is expected" + orRather());
        }
    }

    /** @throws Fault when something is left */
    void end() {
        if (hasNext()) {
            throw Fault.of("word", peek(), "is not understood here; the line should end before it" + orRather());
        }
    }

    private String orRather() {
        return form.isEmpty() ? "" : "; it is written: " + form;
    }

    /** The clauses from here to the end of the line, or to {@code stop}, in any order, each at most once. */
    Map<Clause, List<String>> clauses(Collection<Clause> allowed, String stop) {
        var found = new EnumMap<Clause, List<String>>(Clause.class);
        while (hasNext() && !peek().equals(stop)) {
            var clause = nextClause(allowed);
            if (clause == null) {
                throw Fault.of(
                        "word",
                        peek(),
                        "is not understood here; what may follow is: "
                                + allowed.stream().map(Clause::form).collect(Collectors.joining(", ")));
            }
            at += clause.keywords().size();
            if (found.put(clause, arguments(clause, allowed, stop)) != null) {
                throw Fault.of("clause", clause.form(), "is given twice");
            }
        }
        return found;
    }

    private List<String> arguments(Clause clause, Collection<Clause> allowed, String stop) {
        var arguments = new ArrayList<String>();
        while (arguments.size() < clause.most()
                && hasNext()
                && (clause.takesTheRest() || (!peek().equals(stop) && nextClause(allowed) == null))) {
            arguments.add(words.get(at++));
        }
        if (arguments.size() < clause.least()) {
            throw Fault.of("clause", clause.keyword(), "is not complete; it is written: " + clause.form());
        }
        return arguments;
    }

    private Clause nextClause(Collection<Clause> allowed) {
        for (var clause : allowed) {
            var keywords = clause.keywords();
            if (at + keywords.size() <= words.size()
                    && words.subList(at, at + keywords.size()).equals(keywords)) {
                return clause;
            }
        }
        return null;
    }
}
