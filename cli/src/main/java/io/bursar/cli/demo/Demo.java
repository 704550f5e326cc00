package io.bursar.cli.demo;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.InputLag;
import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.flow.OrderFlow;
import io.bursar.cli.demo.replay.Decisions;
import io.bursar.cli.demo.replay.JournalWatch;
import io.bursar.cli.demo.replay.Replay;
import io.bursar.cli.demo.replay.Sent;
import io.bursar.cli.demo.replay.SetUp;
import io.bursar.cli.demo.stack.DeadLetterWatch;
import io.bursar.cli.progress.ProgressLine;
import io.bursar.cli.progress.Text;
import io.bursar.cli.sinks.SinkTarget;
import io.bursar.cli.verify.Verification;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/** Replays an order flow through a running Bursar, says what happened, and proves that the books are right. */
public final class Demo {
    /** Longer than any pause of a busy machine; decisions take milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What is wrong with a demo, a few sentences show. */
    private static final int MOST_FAULTS = 10;

    private final Connection connection;
    private final URI http;
    private final Optional<String> apiKey;
    private final SinkTarget sinks;
    private final OrderFlow flow;
    private final Ids ids;
    private final Supplier<Instant> clock;
    private final PrintWriter out;
    private final Decisions decisions;

    /**
     * @param http the base of the HTTP API, such as {@code http://127.0.0.1:18080}
     * @param apiKey for that API; empty when it asks for none
     * @param sinks that are compared in the end
     * @param ids those that the flow's messages are made with
     * @param clock the one that the flow goes by
     * @param out gets all that people shall read
     */
    public Demo(
            Connection connection,
            URI http,
            Optional<String> apiKey,
            SinkTarget sinks,
            OrderFlow flow,
            Ids ids,
            Supplier<Instant> clock,
            PrintWriter out) {
        this.connection = connection;
        this.http = http;
        this.apiKey = apiKey;
        this.sinks = sinks;
        this.flow = flow;
        this.ids = ids;
        this.clock = clock;
        this.out = out;
        this.decisions = new Decisions(ids, PATIENCE);
    }

    /**
     * Runs once, to the end.
     *
     * @return everything that is wrong, in sentences; empty when all is as it should be
     * @throws CommandException when it cannot go on; the message says exactly why
     */
    public List<String> run() throws InterruptedException {
        var faults = new ArrayList<String>();
        try (var deadLetters = new DeadLetterWatch(connection);
                var watch = new JournalWatch(connection, decisions);
                var producer = connection.producer()) {
            watch.begin();
            setUp(producer);
            trade(producer);
            faults.addAll(decisions.faults());
            faults.addAll(prove());
            faults.addAll(deadLetters.faults());
        }
        return faults;
    }

    private void setUp(Producer<String, SpecificRecord> producer) throws InterruptedException {
        say("Opening accounts:");
        var setUp = new SetUp(connection, flow, ids, clock);
        new Replay(producer, connection.topics(), decisions, new Sent())
                .run(setUp.missingReferenceData().iterator());
        replay(producer, new Sent(), flow.openings());
        var opened = decisions.beginTally();
        setUp.awaitInstruments(new Replay(producer, connection.topics(), decisions, new Sent()), decisions);
        replay(producer, new Sent(), flow.fundings());
        replay(producer, new Sent(), flow.allocations());
        var funded = decisions.beginTally();
        say("  %s opened, %s were there before, %s deposits"
                .formatted(
                        Text.count(opened.accountsOpened()),
                        Text.count(opened.accountsThereBefore()),
                        Text.count(funded.deposits())));
    }

    private void trade(Producer<String, SpecificRecord> producer) throws InterruptedException {
        say("Replaying orders:");
        var sent = new Sent();
        long decidedBefore = decisions.decided();
        long start = System.nanoTime();
        replay(producer, sent, flow.trading());
        var took = Duration.ofNanos(System.nanoTime() - start);
        new Report(out).print(sent, decisions.beginTally(), decisions.decided() - decidedBefore, took);
        flow.remarks().forEach(this::say);
    }

    /** Sends the messages and waits for what they bring about, with a line of progress. */
    private void replay(Producer<String, SpecificRecord> producer, Sent sent, Iterator<Message> messages)
            throws InterruptedException {
        var rate = new Rate(System::nanoTime);
        rate.of(decisions.decided());
        var replay = new Replay(producer, connection.topics(), decisions, sent);
        ProgressLine.during(out, () -> progress(sent, rate), () -> replay.run(messages));
    }

    private String progress(Sent sent, Rate rate) {
        long decided = decisions.decided();
        return "  messages %s  orders %s  fills %s  decided %s (%s/s)  undecided %s"
                .formatted(
                        Text.count(sent.messages()),
                        Text.count(sent.orders()),
                        Text.count(sent.fills()),
                        Text.count(decided),
                        Text.count(rate.of(decided)),
                        Text.count(decisions.outstanding()));
    }

    private List<String> prove() throws InterruptedException {
        say("Proving the books:");
        // Refused fills and late expiries leave no other trace: what is proved shall be all of it.
        new InputLag(connection).awaitNone();
        var verification = new Verification(connection, List.of(http), apiKey, sinks, MOST_FAULTS);
        var faults = ProgressLine.during(out, () -> "  " + verification.progress(), verification::run);
        verification.findings().forEach(finding -> say("  " + finding));
        return faults;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
