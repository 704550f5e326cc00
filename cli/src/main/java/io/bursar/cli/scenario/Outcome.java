package io.bursar.cli.scenario;

import io.bursar.cli.scenario.Result.Kind;
import io.bursar.cli.scenario.ScenarioReport.Difference;
import io.bursar.cli.scenario.Stage.Observed;
import io.bursar.cli.scenario.Step.Expected;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What came of one message, in the terms in which a scenario expects it. */
final class Outcome {
    private final Message message;
    private final Observed observed;
    private final Found found;

    /** One of a message, two of a trade; the decisions of repeats are null. */
    private final List<JournalEntry> decisions = new ArrayList<>();

    Outcome(Message message, Observed observed, Found found) {
        this.message = message;
        this.observed = observed;
        this.found = found;
        switch (message) {
            case Message.ToFills fill ->
                decisions.add(decisionOf(fill.fill().getAccountId(), fill.fill().getExecutionId()));
            case Message.ToTrades trade -> {
                var id = trade.trade().getTradeId();
                decisions.add(decisionOf(trade.trade().getBuyer().getAccountId(), id + ":B"));
                decisions.add(decisionOf(trade.trade().getSeller().getAccountId(), id + ":S"));
            }
            case Message.ToAccounts command ->
                decisions.add(decisionOf(command.command().getCommandId()));
            case Message.ToBalanceUpdates update ->
                decisions.add(decisionOf(update.update().getCommandId()));
            case Message.ToOrders command ->
                decisions.add(decisionOf(command.command().getCommandId()));
        }
    }

    /** Everything that is not as expected. */
    List<Difference> compare(Expected expected) {
        var differences = new ArrayList<Difference>();
        for (int i = 0; i < decisions.size(); i++) {
            compare(expected.results().get(i), result(i), side(i), differences);
        }
        compareAnswer(differences);
        var entries = observed.entries().stream().map(Found::entry).toList();
        var stated = expected.entries().orElseGet(() -> entriesOf(decisions));
        Differences.compare("entries", stated, entries).ifPresent(differences::add);
        expected.postings()
                .flatMap(postings ->
                        Differences.compareInAnyOrder("postings", postings, found.postings(observed.entries())))
                .ifPresent(differences::add);
        return differences;
    }

    /** What came of it, in the words of the format. */
    String describe() {
        var results = new ArrayList<String>();
        for (int i = 0; i < decisions.size(); i++) {
            results.add(side(i) + result(i).text());
        }
        return String.join("; ", results);
    }

    private static void compare(Result expected, Result found, String side, List<Difference> differences) {
        boolean sameKind = expected.kind() == found.kind()
                || (expected.kind() == Kind.REPEAT && found.kind().isRepeat());
        boolean sameReason = expected.kind() == Kind.REPEAT || expected.reason().equals(found.reason());
        if (!sameKind || !sameReason) {
            differences.add(new Difference(side + "result", expected.text(), found.text()));
            return;
        }
        differences.addAll(Differences.compare(expected.terms(), found.terms()));
        boolean late = found.terms().contains(Term.flag("late"));
        if (late && !expected.terms().contains(Term.flag("late"))) {
            differences.add(new Difference(side + "result", expected.text() + ", not late", found.text()));
        }
    }

    /** The sender must be told what the journal says. */
    private void compareAnswer(List<Difference> differences) {
        var decision = decisions.getFirst();
        if (observed.told().isEmpty() || decision == null) {
            return;
        }
        var told = observed.told().get();
        var rejection = rejection(decision);
        var expected = new Stage.Told(
                rejection == null, rejection == null ? "" : rejection.getReason(), decision.getSequence(), false);
        if (!told.equals(expected)) {
            differences.add(new Difference("answer", expected.toString(), told.toString()));
        }
    }

    private Result result(int side) {
        var decision = decisions.get(side);
        if (decision == null) {
            return observed.told().map(Outcome::repeat).orElse(Result.of(Kind.REPEAT));
        }
        return switch (decision.getBody()) {
            case OrderRejected body -> refused(Kind.REJECTED, body.getRejection(), decision);
            case CommandRejected body -> refused(Kind.REJECTED, body.getRejection(), decision);
            case FillSuspended body -> refused(Kind.SUSPENDED, body.getRejection(), decision);
            case FillSettled body -> new Result(Kind.SETTLED, "", found.settlement(body));
            default -> Result.of(Kind.ACCEPTED);
        };
    }

    private Result refused(Kind kind, Rejection rejection, JournalEntry decision) {
        return new Result(kind, rejection.getReason(), found.refusal(rejection, decision));
    }

    private static Result repeat(Stage.Told told) {
        if (!told.repeated()) {
            return new Result(told.accepted() ? Kind.ACCEPTED : Kind.REJECTED, told.reason(), List.of());
        }
        return told.accepted()
                ? Result.of(Kind.REPEAT_OF_ACCEPTED)
                : new Result(Kind.REPEAT_OF_REJECTED, told.reason(), List.of());
    }

    private String side(int index) {
        if (!(message instanceof Message.ToTrades)) {
            return "";
        }
        return index == 0 ? "buyer " : "seller ";
    }

    private JournalEntry decisionOf(String commandId) {
        return first(entry -> commandId.equals(entry.getCommandId()));
    }

    private JournalEntry decisionOf(String accountId, String executionId) {
        return first(entry -> entry.getAccountId().equals(accountId)
                && arrived(entry) != null
                && arrived(entry).getExecutionId().equals(executionId));
    }

    private JournalEntry first(Predicate<JournalEntry> isDecision) {
        return observed.entries().stream().filter(isDecision).findFirst().orElse(null);
    }

    /** The fill that this entry decides for the first time, or null. */
    private static Fill arrived(JournalEntry entry) {
        return switch (entry.getBody()) {
            case FillSuspended body -> body.getFill();
            case FillSettled body when body.getSuspendedSequence() == null -> body.getFill();
            default -> null;
        };
    }

    private static Rejection rejection(JournalEntry entry) {
        return switch (entry.getBody()) {
            case OrderRejected body -> body.getRejection();
            case CommandRejected body -> body.getRejection();
            case FillSuspended body -> body.getRejection();
            default -> null;
        };
    }

    private static List<String> entriesOf(List<JournalEntry> decisions) {
        return decisions.stream().filter(Objects::nonNull).map(Found::entry).collect(Collectors.toList());
    }
}
