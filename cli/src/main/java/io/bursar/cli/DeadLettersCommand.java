package io.bursar.cli;

import io.bursar.cli.base.ConsentOption;
import io.bursar.cli.clients.CommandException;
import io.bursar.cli.deadletters.DeadLetter;
import io.bursar.cli.deadletters.LetterBox;
import io.bursar.cli.deadletters.LetterFilter;
import io.bursar.cli.deadletters.LetterId;
import io.bursar.cli.deadletters.LetterText;
import io.bursar.cli.deadletters.Redrive;
import io.bursar.cli.progress.ProgressLine;
import io.bursar.cli.progress.Text;
import io.bursar.topology.topics.Topics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code bursar dead-letters}. */
@Command(
        name = "dead-letters",
        description = "Shows what Bursar could not use, and sends it again after a repair.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DeadLettersCommand.ListLetters.class,
            DeadLettersCommand.Show.class,
            DeadLettersCommand.RedriveLetters.class
        })
final class DeadLettersCommand {
    /** Which letters a command is about. */
    static final class FilterOptions {
        @Option(
                names = "--topic",
                paramLabel = "TOPIC",
                description = "Only letters from this topic, with or without the prefix: orders or bursar.orders.")
        private String topic;

        @Option(
                names = "--cause",
                paramLabel = "TEXT",
                description = "Only letters whose cause contains this, whatever the case.")
        private String cause;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                converter = TimeOption.class,
                description = "Only letters from then on: 2026-03-02T12:00:00Z, or as long ago as 90m, 12h or 7d.")
        private TimeOption.Time since;

        private static boolean isInput(Topics topics, String name) {
            return topics.inputs().contains(name) || topics.deskInputs().contains(name);
        }

        LetterFilter in(Topics topics) {
            return new LetterFilter(
                    Optional.ofNullable(topic).map(name -> isInput(topics, name) ? name : topics.prefix() + name),
                    Optional.ofNullable(cause),
                    Optional.ofNullable(since).map(TimeOption.Time::instant));
        }

        boolean isGiven() {
            return topic != null || cause != null || since != null;
        }
    }

    /** {@code bursar dead-letters list}. */
    @Command(name = "list", description = "Lists dead letters, one line each, the newest last." + TargetOptions.HINT)
    static final class ListLetters extends TargetCommand {
        @Mixin
        private FilterOptions filter;

        @Option(
                names = "--limit",
                paramLabel = "COUNT",
                defaultValue = "50",
                description = "How many of the newest to list (default: ${DEFAULT-VALUE}).")
        private int limit;

        @Override
        public Integer call() {
            if (limit < 1) {
                throw usage("--limit is " + limit + ", but must be 1 or more");
            }
            var out = out();
            var newest = new ArrayDeque<DeadLetter>();
            var found = new AtomicLong();
            try (var connection = connect();
                    var box = new LetterBox(connection)) {
                var wanted = filter.in(connection.topics());
                box.readToEnd(letter -> {
                    if (wanted.takes(letter)) {
                        found.incrementAndGet();
                        newest.add(letter.withoutValue());
                        if (newest.size() > limit) {
                            newest.remove();
                        }
                    }
                });
                newest.forEach(letter -> out.println(LetterText.line(letter, box.redrivenAt(letter.id()))));
            }
            out.println(
                    found.get() > newest.size()
                            ? "The newest %s of %s dead letters."
                                    .formatted(Text.count(newest.size()), Text.count(found.get()))
                            : Text.count(found.get()) + " dead letters.");
            out.flush();
            return 0;
        }
    }

    /** {@code bursar dead-letters show}. */
    @Command(
            name = "show",
            description =
                    "Shows one dead letter: cause, headers, key, and its value as JSON where its schema tells how,"
                            + " else as hexadecimal digits." + TargetOptions.HINT)
    static final class Show extends TargetCommand {
        @Parameters(paramLabel = "LETTER", converter = IdConverter.class, description = "As listed: partition:offset.")
        private LetterId id;

        @Override
        public Integer call() {
            var out = out();
            try (var connection = connect();
                    var box = new LetterBox(connection)) {
                box.readToEnd(letter -> {});
                out.println(LetterText.whole(box.letter(id), box.redrivenAt(id), connection.registry()));
                out.flush();
                return 0;
            }
        }
    }

    /** {@code bursar dead-letters redrive}. */
    @Command(
            name = "redrive",
            description =
                    "Sends dead letters again to the topics they came from, byte for byte, after a repair. A letter that"
                            + " was sent again is left out. Name letters, or choose them by --topic, --cause and --since."
                            + TargetOptions.HINT)
    static final class RedriveLetters extends TargetCommand {
        @Mixin
        private FilterOptions filter;

        @Mixin
        private ConsentOption consent;

        @Option(
                names = "--again",
                description = "Also letters that were sent again before: Bursar recognises a repeat by its identity.")
        private boolean again;

        @Parameters(
                paramLabel = "LETTER",
                arity = "0..*",
                converter = IdConverter.class,
                description = "As listed: partition:offset.")
        private List<LetterId> ids = new ArrayList<>();

        @Override
        public Integer call() {
            if (ids.isEmpty() != filter.isGiven()) {
                throw usage("Name letters, or choose them by --topic, --cause or --since; not both");
            }
            var out = out();
            try (var connection = connect();
                    // Before the marks are read: from here on nobody else adds any.
                    var redrive = new Redrive(connection);
                    var box = new LetterBox(connection)) {
                var chosen = choose(box, connection.topics());
                if (chosen.isEmpty()) {
                    out.println("There is nothing to send again.");
                    out.flush();
                    return 0;
                }
                consent.require(commandLine(), "Send %s letters again?".formatted(Text.count(chosen.size())));
                out.println("%s letters were sent again.".formatted(Text.count(send(chosen, box, redrive))));
                out.flush();
                return 0;
            }
        }

        private Collection<LetterId> choose(LetterBox box, Topics topics) {
            var chosen = new TreeSet<LetterId>();
            var missing = new TreeSet<>(ids);
            var wanted = filter.in(topics);
            box.readToEnd(letter -> {
                boolean isNamed = missing.remove(letter.id());
                if (isNamed && !letter.isWhole()) {
                    throw Redrive.notWhole(letter);
                }
                if (isNamed || (filter.isGiven() && wanted.takes(letter) && letter.isWhole())) {
                    chosen.add(letter.id());
                }
            });
            if (!missing.isEmpty()) {
                throw LetterBox.notThere(missing.first(), topics.deadLetters());
            }
            if (!again) {
                for (var id : ids) {
                    box.redrivenAt(id).ifPresent(at -> {
                        throw new CommandException(
                                "Letter %s was sent again at %s already; --again does it once more.".formatted(id, at));
                    });
                }
                chosen.removeIf(id -> box.redrivenAt(id).isPresent());
            }
            return chosen;
        }

        private long send(Collection<LetterId> chosen, LetterBox box, Redrive redrive) {
            var sent = new AtomicLong();
            var progress = "letters sent again %s of " + Text.count(chosen.size());
            return ProgressLine.during(out(), () -> progress.formatted(Text.count(sent.get())), () -> {
                for (var id : chosen) {
                    redrive.send(box.letter(id));
                    sent.incrementAndGet();
                }
                return sent.get();
            });
        }
    }

    /** The text of a letter's id as picocli wants it. */
    static final class IdConverter implements ITypeConverter<LetterId> {
        @Override
        public LetterId convert(String text) {
            try {
                return LetterId.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
