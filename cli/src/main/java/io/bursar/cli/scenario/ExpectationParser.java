package io.bursar.cli.scenario;

import io.bursar.cli.scenario.Result.Kind;
import io.bursar.cli.scenario.Step.Expected;
import io.bursar.ledger.ReasonCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what stands after the colon of a step. */
final class ExpectationParser {
    static final Set<String> ACCOUNT_STATUSES = Set.of("UNOPENED", "OPEN", "SUSPENDED", "CLOSED");
    static final Set<String> ORDER_STATUSES =
            Set.of("ACTIVE", "PARTIALLY_FILLED", "FILLED", "CANCELLED", "EXPIRED", "REJECTED", "none");

    private ExpectationParser() {}

    /**
     * What is expected of a command.
     *
     * @param node null when nothing is stated: then it must succeed
     * @param success how success is called for this command
     */
    static Expected expected(YamlNode node, Kind success) {
        if (node == null) {
            return new Expected(List.of(Result.of(success)), Optional.empty(), Optional.empty());
        }
        if (node instanceof YamlNode.Text text) {
            return new Expected(List.of(result(text.text().strip())), Optional.empty(), Optional.empty());
        }
        return expected(node, success, List.of("result"));
    }

    /** What is expected of both sides of a trade. */
    static Expected expectedOfTrade(YamlNode node) {
        if (node == null || node instanceof YamlNode.Text) {
            var both = node == null ? Result.of(Kind.SETTLED) : result(YamlNode.text(node, "result"));
            return new Expected(List.of(both, both), Optional.empty(), Optional.empty());
        }
        return expected(node, Kind.SETTLED, List.of("buyer", "seller"));
    }

    private static Expected expected(YamlNode node, Kind success, List<String> results) {
        var found = new ArrayList<Result>();
        results.forEach(name -> found.add(Result.of(success)));
        Optional<List<String>> entries = Optional.empty();
        Optional<List<String>> postings = Optional.empty();
        for (var field : YamlNode.fields(node, "an expectation")) {
            int result = results.indexOf(field.name());
            if (result >= 0) {
                found.set(result, result(YamlNode.text(field.value(), field.name())));
            } else if (field.name().equals("entries")) {
                entries = Optional.of(texts(field.value(), "entries"));
            } else if (field.name().equals("postings")) {
                postings = Optional.of(texts(field.value(), "postings"));
            } else {
                throw Fault.at(
                        field.line(),
                        "field \"" + field.name() + "\" is not known; an expectation has: " + String.join(", ", results)
                                + ", entries, postings");
            }
        }
        return new Expected(found, entries, postings);
    }

    /** A list of texts, each with single blanks. */
    static List<String> texts(YamlNode node, String field) {
        var texts = new ArrayList<String>();
        for (var item : YamlNode.items(node, field)) {
            texts.add(YamlNode.text(item, field).replaceAll("\\s+", " "));
        }
        return texts;
    }

    /** Facts that are stated of a subject, with commas between them. */
    static List<Term> terms(Subject subject, String text) {
        var terms = new ArrayList<Term>();
        var parts = List.of(text.strip().split("\\s*,\\s*"));
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            terms.add(
                    i == 0 && subject.hasStatus() && isStatus(subject, part)
                            ? new Term(Subject.STATUS, Value.word(part))
                            : term(subject, part));
        }
        return terms;
    }

    private static boolean isStatus(Subject subject, String word) {
        return switch (subject) {
            case ORDER -> ORDER_STATUSES.contains(word);
            case ACCOUNT -> ACCOUNT_STATUSES.contains(word);
            case POSITION -> word.equals("none");
            case BALANCE, TRIAL_BALANCE, REFUSAL, SETTLEMENT, ACCEPTANCE -> false;
        };
    }

    private static Term term(Subject subject, String text) {
        int blank = text.indexOf(' ');
        var name = blank < 0 ? text : text.substring(0, blank);
        var stated = blank < 0 ? "" : text.substring(blank + 1).strip();
        var kind = subject.kind(name);
        if (kind == null || name.equals(Subject.STATUS)) {
            throw Fault.of(subject.text(), text, "states nothing that is known; there are: " + names(subject));
        }
        var value = stated.isEmpty() ? Term.YES : Value.parse(stated);
        boolean fits = switch (kind) {
            case NUMBER -> value instanceof Value.Figure;
            case TIME -> value instanceof Value.Moment;
            case WORD -> !stated.isEmpty();
            case FLAG -> stated.isEmpty();
            case ANY -> value instanceof Value.Figure || value instanceof Value.Moment;
        };
        if (!fits) {
            throw Fault.of(name, stated, "must be " + form(kind));
        }
        return new Term(name, kind == Subject.Kind.WORD ? Value.word(stated) : value);
    }

    private static String form(Subject.Kind kind) {
        return switch (kind) {
            case NUMBER -> "a number, with or without its asset";
            case TIME -> "a time such as +7d+1us";
            case WORD -> "a word";
            case FLAG -> "left out: the name alone states it";
            case ANY -> "a number or a time";
        };
    }

    private static String names(Subject subject) {
        return subject.names().isEmpty() ? "nothing more to state" : String.join(", ", subject.names());
    }

    private static Result result(String text) {
        int comma = text.indexOf(',');
        var head = (comma < 0 ? text : text.substring(0, comma)).strip().replaceAll("\\s+", " ");
        var kind = kind(head);
        var reason = head.substring(kind.text().length()).strip();
        if (kind.hasReason()) {
            requireReason(text, reason);
        } else if (!reason.isEmpty()) {
            throw Fault.of("result", text, "says \"" + reason + "\" where a comma or the end is expected");
        }
        var rest = comma < 0 ? "" : text.substring(comma + 1);
        return new Result(kind, reason, rest.isEmpty() ? List.of() : terms(subject(kind), rest));
    }

    /** The longest kind that the text begins with. */
    private static Kind kind(String head) {
        Kind found = null;
        for (var kind : Kind.values()) {
            boolean begins = head.equals(kind.text()) || head.startsWith(kind.text() + " ");
            if (begins && (found == null || kind.text().length() > found.text().length())) {
                found = kind;
            }
        }
        if (found == null) {
            throw Fault.of(
                    "result",
                    head,
                    "is not known; there are: "
                            + Arrays.stream(Kind.values()).map(Kind::text).collect(Collectors.joining(", ")));
        }
        return found;
    }

    private static Subject subject(Kind kind) {
        return switch (kind) {
            case REJECTED, SUSPENDED -> Subject.REFUSAL;
            case SETTLED -> Subject.SETTLEMENT;
            case ACCEPTED, REPEAT, REPEAT_OF_ACCEPTED, REPEAT_OF_REJECTED -> Subject.ACCEPTANCE;
        };
    }

    private static void requireReason(String text, String reason) {
        boolean known =
                Arrays.stream(ReasonCode.values()).anyMatch(code -> code.text().equals(reason));
        if (!known || !reason.equals(reason.toLowerCase(Locale.ROOT))) {
            throw Fault.of("result", text, "must name a reason code");
        }
    }
}
