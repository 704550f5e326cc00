package io.bursar.cli.demo;

import io.bursar.cli.demo.replay.Sent;
import io.bursar.cli.demo.replay.Tally;
import io.bursar.cli.progress.Text;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;

/** What happened, in a table for people. */
final class Report {
    private static final String REASON = "    ";

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    void print(Sent sent, Tally happened, long decisions, Duration took) {
        out.println("What happened:");
        row("orders accepted", happened.ordersAccepted());
        row("orders rejected", happened.ordersDecided() - happened.ordersAccepted());
        reasons(happened.ordersRejected());
        row("orders amended", happened.amended());
        row("orders cancelled", happened.cancelled());
        row("orders expired", happened.expired());
        row("orders still open", happened.ordersOpen());
        row("other commands refused", sum(happened.commandsRefused()));
        reasons(happened.commandsRefused());
        row("fills settled", happened.fillsSettled());
        row(REASON + "late, after their order had closed", happened.fillsSettledLate());
        row(REASON + "suspended until their order came", happened.fillsSettledAfterWaiting());
        row("fills suspended", sum(happened.fillsSuspended()));
        reasons(happened.fillsSuspended());
        row("fills still suspended", happened.fillsStillSuspended());
        row("messages sent a second time, no effect", sent.repeats());
        out.printf(
                "%s decisions in %d.%d s, %s per second.%n",
                Text.count(decisions),
                took.toSeconds(),
                took.toMillisPart() / 100,
                Text.count(decisions * 1_000 / Math.max(1, took.toMillis())));
    }

    private void reasons(Map<String, Long> counts) {
        counts.forEach((reason, count) -> row(REASON + reason, count));
    }

    private void row(String what, long count) {
        out.printf("  %-40s %12s%n", what, Text.count(count));
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
