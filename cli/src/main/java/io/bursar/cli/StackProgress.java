package io.bursar.cli;

import io.bursar.local.ComponentName;
import io.bursar.local.LogTail;
import io.bursar.local.StackClient;
import io.bursar.local.StackState;
import io.bursar.local.StackState.ComponentState;
import io.bursar.local.StackState.Condition;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Prints a line whenever a component gets into another condition. */
final class StackProgress implements Consumer<StackState> {
    private static final int LAST_WORDS = 10;
    private static final int LINES_READ = 500;
    private static final int LONGEST_LINE = 240;
    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+(at |\\.\\.\\. \\d+ more)");

    private final PrintWriter out;
    private final Map<ComponentName, ComponentState> seen = new EnumMap<>(ComponentName.class);

    StackProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(StackState state) {
        for (var component : state.components()) {
            var before = seen.put(component.name(), component);
            // What is ready or waits when it is first seen is no news.
            var news = before == null
                    ? component.condition() != Condition.WAITING && component.condition() != Condition.READY
                    : before.condition() != component.condition();
            if (news) {
                print(component);
            }
        }
    }

    private void print(ComponentState component) {
        out.printf("  %-9s %s%n", component.name(), describe(component));
        out.flush();
    }

    private static String describe(ComponentState component) {
        var condition = component.condition().toString().toLowerCase(Locale.ROOT);
        return switch (component.condition()) {
            case STARTING -> "starting on port " + component.port();
            case READY -> "ready after " + seconds(component);
            case RESTARTING, FAILED -> condition + ": " + component.message();
            case WAITING, STOPPING, STOPPED -> condition;
        };
    }

    private static String seconds(ComponentState component) {
        return component
                .startedAt()
                .flatMap(start -> component.readyAt().map(ready -> Duration.between(start, ready)))
                .map(took -> String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0))
                .orElse("an unknown time");
    }

    /** What the components that failed logged last, for people who would look there next. */
    List<String> lastWordsOfFailed(StackClient client) {
        var lines = new ArrayList<String>();
        for (var component : seen.values()) {
            if (component.condition() == Condition.FAILED) {
                var log = client.log(component.name().toString());
                lines.add("The end of " + log + ":");
                lines.addAll(lastWords(new LogTail(log).lastLines(LINES_READ)));
            }
        }
        return lines;
    }

    /** Without the frames of stack traces, which would be all there is to see. */
    private static List<String> lastWords(List<String> log) {
        var words =
                log.stream().filter(line -> !STACK_FRAME.matcher(line).find()).toList();
        return words.stream()
                .skip(Math.max(0, words.size() - LAST_WORDS))
                .map(line -> "  " + line.substring(0, Math.min(line.length(), LONGEST_LINE)))
                .toList();
    }
}
