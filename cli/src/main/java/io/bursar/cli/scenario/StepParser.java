package io.bursar.cli.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the items under {@code steps}, in their order: each is a command or a check, and what is expected of it. */
final class StepParser {
    private final Names names;
    private final CommandParser commands;
    private Duration now = Duration.ZERO;
    private int number;

    StepParser(Catalogue catalogue, List<String> accounts, List<YamlNode> items) {
        this.names = new Names(catalogue, accounts, OrderBook.of(lines(items), accounts));
        this.commands = new CommandParser(names);
    }

    /** The latest time that was moved to. */
    Duration length() {
        return now;
    }

    /** The step of an item; empty for one that only moves the time. */
    Optional<Step> step(YamlNode item) {
        number++;
        if (item instanceof YamlNode.Text text) {
            return step(line(text.text().strip(), item.line(), null));
        }
        var fields = YamlNode.fields(item, "a step");
        if (fields.size() != 1) {
            throw Fault.at(item.line(), "a step must be one line, with what is expected of it after one colon");
        }
        var field = fields.getFirst();
        return step(line(field.name().strip(), field.line(), field.value()));
    }

    private Optional<Step> step(Line line) {
        return switch (line.verb()) {
            case AT -> {
                move(line);
                yield Optional.empty();
            }
            case TIMER -> Optional.of(timer(line));
            case LIST -> Optional.of(list(line));
            case ACCOUNT, BALANCE, ORDER, POSITION, SUSPENDED, TRIAL -> Optional.of(check(line));
            default -> Optional.of(commands.command(line));
        };
    }

    private Line line(String text, int line, YamlNode expectation) {
        var words = new Words(text);
        boolean named = names.accounts().contains(words.peek());
        var account = named ? words.next("an account") : "";
        var word = words.next("a command");
        var verb = Verb.of(word).orElseThrow(() -> unknown(word));
        words.areWritten(verb.form());
        if (named && !verb.isOfAnAccount()) {
            throw Fault.of("word", word, "must not follow an account: it is of none or names them itself");
        }
        if (!named && verb.isOfAnAccount()) {
            account = onlyAccount(word);
        }
        return new Line(verb, account, words, text, line, number, received(), expectation);
    }

    private Fault unknown(String word) {
        return Fault.of(
                "word",
                word,
                "is neither an account of this scenario (" + String.join(", ", names.accounts())
                        + ") nor a command; commands are: " + String.join(", ", Verb.words()));
    }

    private String onlyAccount(String word) {
        if (names.accounts().size() > 1) {
            throw Fault.of("word", word, "must follow an account, because the scenario has several");
        }
        return names.accounts().getFirst();
    }

    private void move(Line line) {
        line.words().end();
        if (line.expectation() == null) {
            throw Fault.of("line", line.text(), "is written: " + line.verb().form());
        }
        var text = YamlNode.text(line.expectation(), "at");
        var to = Offsets.parse("at", text);
        if (to.compareTo(now) < 0) {
            throw Fault.of(
                    "at",
                    text,
                    "must not go back from " + Offsets.text(now) + "; a command of an earlier time says: occurred "
                            + text);
        }
        now = to;
    }

    private Step timer(Line line) {
        line.words().end();
        if (line.expectation() == null) {
            throw Fault.of("line", line.text(), "must state what the timer journals: [OrderExpired ORDER, …] or []");
        }
        var entries = ExpectationParser.texts(line.expectation(), "entries");
        return new Step.Timer(line.line(), line.text(), received(), entries);
    }

    private Step list(Line line) {
        var id = line.words().next("an asset or instrument");
        line.words().end();
        if (line.expectation() != null) {
            throw Fault.of("line", line.text(), "has no expectation");
        }
        var instrument = names.catalogue().instruments().get(id);
        return instrument == null
                ? new Step.ListAsset(line.line(), line.text(), names.asset(id))
                : new Step.ListInstrument(line.line(), line.text(), instrument);
    }

    private Step check(Line line) {
        var words = line.words();
        return switch (line.verb()) {
            case SUSPENDED -> {
                words.expect("fills");
                words.end();
                var fills = ExpectationParser.texts(line.stated(), "suspended fills");
                yield new Step.CheckSuspended(line.line(), line.text(), line.account(), fills);
            }
            case TRIAL -> {
                words.expect("balance");
                yield facts(line, Subject.TRIAL_BALANCE, asset(words), "");
            }
            case BALANCE -> facts(line, Subject.BALANCE, asset(words), strategy(words));
            case POSITION -> {
                var instrument = names.instrument(words.next("an instrument")).getId();
                yield facts(line, Subject.POSITION, instrument, strategy(words));
            }
            case ORDER -> facts(line, Subject.ORDER, Ids.of("order", words.next("an order")), "");
            default -> facts(line, Subject.ACCOUNT, "", "");
        };
    }

    private String asset(Words words) {
        return names.asset(words.next("an asset")).getId();
    }

    private static String strategy(Words words) {
        return words.take("of") ? Ids.of("strategy", words.next("a strategy")) : "";
    }

    private static Step facts(Line line, Subject subject, String id, String strategy) {
        line.words().end();
        var terms = ExpectationParser.terms(subject, YamlNode.text(line.stated(), line.text()));
        return new Step.Check(line.line(), line.text(), subject, line.account(), id, strategy, terms);
    }

    private Instant received() {
        return Scenario.START.plus(now);
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
