package io.bursar.cli.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the items under {@code steps}, in their order: each is a command or a check, and what is expected of it. */
final class StepParser {
    private static final Set<String> CHECKS = Set.of("account", "balance", "order", "position", "suspended", "trial");
    private static final Set<String> OTHERS = Set.of("at", "timer", "list", "trade");

    /** Checks, moves and trades name all accounts they speak of by themselves. */
    private static final Set<String> OF_NO_ACCOUNT = Set.of("at", "timer", "list", "trade", "trial");

    private final Catalogue catalogue;
    private final List<String> accounts;
    private final CommandParser commands;
    private Duration now = Duration.ZERO;
    private int number;

    StepParser(Catalogue catalogue, List<String> accounts, List<YamlNode> items) {
        this.catalogue = catalogue;
        this.accounts = accounts;
        this.commands = new CommandParser(catalogue, accounts, OrderBook.of(lines(items), accounts));
    }

    static boolean isVerb(String word) {
        return CHECKS.contains(word) || OTHERS.contains(word) || CommandParser.isVerb(word);
    }

    /** The latest time that was moved to. */
    Duration length() {
        return now;
    }

    /** The step of an item; empty for one that only moves the time. */
    Optional<Step> step(YamlNode item) {
        number++;
        if (item instanceof YamlNode.Text line) {
            return step(line.text().strip(), item.line(), null);
        }
        var fields = YamlNode.fields(item, "a step");
        if (fields.size() != 1) {
            throw Fault.at(item.line(), "a step must be one line, with what is expected of it after one colon");
        }
        var field = fields.getFirst();
        return step(field.name().strip(), field.line(), field.value());
    }

    private Optional<Step> step(String text, int line, YamlNode expectation) {
        var words = new Words(text);
        if (words.take("at")) {
            move(words, expectation);
            return Optional.empty();
        }
        var account = OF_NO_ACCOUNT.contains(words.peek()) ? "" : account(words);
        var verb = words.next("a command");
        if (CHECKS.contains(verb)) {
            return Optional.of(check(verb, account, words, text, line, expectation));
        }
        return Optional.of(
                switch (verb) {
                    case "timer" -> timer(words, text, line, expectation);
                    case "list" -> listing(words, text, line, expectation);
                    default ->
                        commands.command(
                                verb,
                                account,
                                words,
                                new CommandParser.At(text, line, number, received()),
                                expectation);
                });
    }

    /** The account that a line begins with, or the only one there is. */
    private String account(Words words) {
        if (accounts.contains(words.peek())) {
            return words.next("an account");
        }
        if (!isVerb(words.peek())) {
            throw Fault.of(
                    "word",
                    words.peek(),
                    "is neither an account of this scenario (" + String.join(", ", accounts)
                            + ") nor a command; commands are: " + String.join(", ", verbs()));
        }
        if (accounts.size() > 1) {
            throw Fault.of("word", words.peek(), "must follow an account, because the scenario has several");
        }
        return accounts.getFirst();
    }

    private void move(Words words, YamlNode expectation) {
        if (expectation == null) {
            throw Fault.of("line", "at", "is written: at: TIME");
        }
        words.end();
        var text = YamlNode.text(expectation, "at");
        var to = CommandParser.offset("at", text);
        if (to.compareTo(now) < 0) {
            throw Fault.of(
                    "at",
                    text,
                    "must not go back from " + Offsets.text(now) + "; a command of an earlier time says: occurred "
                            + text);
        }
        now = to;
    }

    private Step timer(Words words, String text, int line, YamlNode expectation) {
        words.end();
        if (expectation == null) {
            throw Fault.of("line", text, "must state what the timer journals: [OrderExpired ORDER, …] or []");
        }
        return new Step.Timer(line, text, received(), ExpectationParser.texts(expectation, "entries"));
    }

    private Step listing(Words words, String text, int line, YamlNode expectation) {
        var id = words.next("an asset or instrument");
        words.end();
        if (expectation != null) {
            throw Fault.of("line", text, "has no expectation");
        }
        if (catalogue.instruments().containsKey(id)) {
            return new Step.ListInstrument(line, text, catalogue.instruments().get(id));
        }
        return new Step.ListAsset(line, text, commands.asset(id));
    }

    private Step check(String verb, String account, Words words, String text, int line, YamlNode expectation) {
        if (expectation == null) {
            throw Fault.of("line", text, "states nothing; after a colon comes what must be so");
        }
        return switch (verb) {
            case "suspended" -> {
                words.expect("fills");
                words.end();
                yield new Step.CheckSuspended(
                        line, text, account, ExpectationParser.texts(expectation, "suspended fills"));
            }
            case "trial" -> {
                words.expect("balance");
                var asset = commands.asset(words.next("an asset")).getId();
                yield facts(Subject.TRIAL_BALANCE, account, asset, words, text, line, expectation);
            }
            case "balance" -> {
                var asset = commands.asset(words.next("an asset")).getId();
                yield facts(Subject.BALANCE, account, asset, words, text, line, expectation);
            }
            case "position" -> {
                var instrument =
                        commands.instrument(words.next("an instrument")).getId();
                yield facts(Subject.POSITION, account, instrument, words, text, line, expectation);
            }
            case "order" -> {
                var order = Ids.of("order", words.next("an order"));
                yield facts(Subject.ORDER, account, order, words, text, line, expectation);
            }
            default -> facts(Subject.ACCOUNT, account, "", words, text, line, expectation);
        };
    }

    private static Step facts(
            Subject subject, String account, String id, Words words, String text, int line, YamlNode expectation) {
        boolean isOfStrategy = subject == Subject.BALANCE || subject == Subject.POSITION;
        var strategy = isOfStrategy && words.take("of") ? Ids.of("strategy", words.next("a strategy")) : "";
        words.end();
        var terms = ExpectationParser.terms(subject, YamlNode.text(expectation, text));
        return new Step.Check(line, text, subject, account, id, strategy, terms);
    }

    private Instant received() {
        return Scenario.START.plus(now);
    }

    private static Set<String> verbs() {
        var verbs = new LinkedHashSet<>(CommandParser.verbs());
        OTHERS.stream().sorted().forEach(verbs::add);
        CHECKS.stream().sorted().forEach(verbs::add);
        return verbs;
    }

    private static List<String> lines(List<YamlNode> items) {
        var lines = new ArrayList<String>();
        for (var item : items) {
            switch (item) {
                case YamlNode.Text text -> lines.add(text.text());
                case YamlNode.Table table -> table.fields().forEach(field -> lines.add(field.name()));
                case YamlNode.Items list -> {
                    // Refused with its line when the step is read.
                }
            }
        }
        return lines;
    }
}
