package io.bursar.cli.scenario;

import io.bursar.cli.scenario.ScenarioReport.Difference;
import io.bursar.cli.scenario.ScenarioReport.StepReport;
import io.bursar.cli.scenario.Stage.NotPlayableException;
import io.bursar.cli.scenario.Stage.Observed;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.ResolveFill;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays a scenario on a stage and compares everything it states. The state of the accounts is what their journal entries
 * add up to, the same way on every stage; after every step it is also held against the invariants of a ledger. A step
 * that differs does not end the scenario.
 */
public final class ScenarioRunner {
    private final Stage.Play play;
    private final Books books;
    private final Found found;

    /** The suspended fill that an execution of an order stands for, by account, order and execution. */
    private final Map<List<String>, Long> suspended = new HashMap<>();

    private ScenarioRunner(Scenario scenario, Stage.Play play) {
        this.play = play;
        this.books = new Books(scenario.accounts());
        this.found = new Found(scenario.reference(), books);
    }

    /** Plays the scenario from its beginning. Whatever the stage throws but {@link NotPlayableException} is thrown on. */
    public static ScenarioReport run(Scenario scenario, Stage stage) {
        if (scenario.exactClock() && !stage.setsTheClock()) {
            return new ScenarioReport(
                    scenario, stage.name(), "it needs a log whose clock can be set (clock: exact)", List.of());
        }
        var steps = new ArrayList<StepReport>();
        try (var play = stage.begin(scenario)) {
            scenario.reference().listedAssets().forEach(play::list);
            scenario.reference().listedInstruments().forEach(play::list);
            var runner = new ScenarioRunner(scenario, play);
            for (var step : scenario.steps()) {
                try {
                    steps.add(runner.run(step));
                } catch (NotPlayableException e) {
                    return new ScenarioReport(scenario, stage.name(), notPlayable(step, e), steps);
                }
            }
            var audit = play.audit();
            if (!audit.isEmpty()) {
                steps.add(new StepReport(lastLine(steps), "after the last step", "", audit));
            }
            return new ScenarioReport(scenario, stage.name(), "", steps);
        }
    }

    private static String notPlayable(Step step, NotPlayableException e) {
        return "line " + step.line() + ", " + step.text() + ": " + e.getMessage();
    }

    private StepReport run(Step step) {
        return switch (step) {
            case Step.Send send -> send(send);
            case Step.Resolve resolve -> resolve(resolve);
            case Step.Timer timer -> timer(timer);
            case Step.Check check -> check(check);
            case Step.CheckSuspended check -> check(check);
            case Step.ListAsset listing -> {
                play.list(listing.asset());
                yield asStated(step);
            }
            case Step.ListInstrument listing -> {
                play.list(listing.instrument());
                yield asStated(step);
            }
        };
    }

    private StepReport send(Step.Send step) {
        var observed = play.send(step.message(), step.receivedAt());
        var differences = take(observed);
        var outcome = new Outcome(step.message(), observed, found);
        differences.addAll(outcome.compare(step.expected()));
        return new StepReport(step.line(), step.text(), outcome.describe(), differences);
    }

    private StepReport resolve(Step.Resolve step) {
        var template = step.command().command();
        var sequence = suspended.get(List.of(template.getAccountId(), step.orderId(), step.executionId()));
        if (sequence == null) {
            var fill = step.executionId() + " of " + step.orderId();
            var none = new Difference("suspended fill", fill, "no such fill was ever suspended");
            return new StepReport(step.line(), step.text(), "not sent", List.of(none));
        }
        var body = (ResolveFill) template.getBody();
        var command = new OrderCommand(
                template.getCommandId(),
                template.getAccountId(),
                template.getOccurredAt(),
                new ResolveFill(sequence, body.getResolution(), body.getReason(), body.getStrategy()));
        return send(new Step.Send(
                step.line(), step.text(), new Message.ToOrders(command), step.receivedAt(), step.expected()));
    }

    private StepReport timer(Step.Timer step) {
        var observed = play.notice(step.now());
        var differences = take(observed);
        var entries = observed.entries().stream().map(Found::entry).toList();
        Differences.compare("entries", step.entries(), entries).ifPresent(differences::add);
        return new StepReport(step.line(), step.text(), entries.toString(), differences);
    }

    private StepReport check(Step.Check step) {
        var facts = found.facts(step.subject(), step.accountId(), step.id(), step.strategy());
        return new StepReport(
                step.line(), step.text(), Differences.text(facts), Differences.compare(step.terms(), facts));
    }

    private StepReport check(Step.CheckSuspended step) {
        var fills = found.suspendedFills(step.accountId());
        var difference = Differences.compare("suspended fills", step.fills(), fills);
        return new StepReport(
                step.line(), step.text(), fills.toString(), difference.stream().toList());
    }

    /** Enters what was observed into the books; whatever is wrong in itself is a difference. */
    private List<Difference> take(Observed observed) {
        var differences = new ArrayList<Difference>();
        for (var entry : observed.entries()) {
            books.enter(entry).ifPresent(differences::add);
            remember(entry);
        }
        differences.addAll(books.violations());
        return differences;
    }

    private void remember(JournalEntry entry) {
        if (entry.getBody() instanceof FillSuspended body) {
            var fill = body.getFill();
            suspended.put(List.of(entry.getAccountId(), fill.getOrderId(), fill.getExecutionId()), entry.getSequence());
        }
    }

    private static int lastLine(List<StepReport> steps) {
        return steps.isEmpty() ? 1 : steps.getLast().line();
    }

    private static StepReport asStated(Step step) {
        return new StepReport(step.line(), step.text(), "", List.of());
    }
}
