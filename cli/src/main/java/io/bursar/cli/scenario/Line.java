package io.bursar.cli.scenario;

import io.bursar.cli.scenario.Result.Kind;
import io.bursar.cli.scenario.Step.Expected;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.OrderCommand;
import java.time.Instant;

/**
 * A line that is being read: what it says, where and when it stands, and what must come of it.
 *
 * @param account empty when it is of none
 * @param words what follows its verb
 * @param text all of it, without its expectation
 * @param line where it stands in its file, from 1 on
 * @param number of the step, from which its command id is made
 * @param receivedAt the time of the log when it arrives
 * @param expectation null when it states none
 */
record Line(
        Verb verb,
        String account,
        Words words,
        String text,
        int line,
        int number,
        Instant receivedAt,
        YamlNode expectation) {

    Tail tail() {
        return new Tail(words.clauses(verb.allClauses(), ""));
    }

    String commandId(Tail tail) {
        return Ids.of("command", tail.textOr(Clause.AS, "step-" + number));
    }

    Instant occurredAt(Tail tail) {
        return tail.has(Clause.OCCURRED) ? tail.instant(Clause.OCCURRED) : receivedAt;
    }

    /** A command that must be accepted where nothing else is stated. */
    Step toAccounts(Object body, Tail tail) {
        var command = new AccountCommand(commandId(tail), account, occurredAt(tail), body);
        return send(new Message.ToAccounts(command), expected(Kind.ACCEPTED));
    }

    /** A command that must be accepted where nothing else is stated. */
    Step toBalanceUpdates(Object body, Tail tail) {
        var update = new BalanceUpdate(commandId(tail), account, occurredAt(tail), body);
        return send(new Message.ToBalanceUpdates(update), expected(Kind.ACCEPTED));
    }

    /** A command that must be accepted where nothing else is stated. */
    Step toOrders(Object body, Tail tail) {
        return send(orders(body, tail), expected(Kind.ACCEPTED));
    }

    Message.ToOrders orders(Object body, Tail tail) {
        return new Message.ToOrders(new OrderCommand(commandId(tail), account, occurredAt(tail), body));
    }

    /** What must come of it; this, where nothing is stated. */
    Expected expected(Kind success) {
        return ExpectationParser.expected(expectation, success);
    }

    Step send(Message message, Expected expected) {
        return new Step.Send(line, text, message, receivedAt, expected);
    }

    /** @throws Fault when nothing is stated */
    YamlNode stated() {
        if (expectation == null) {
            throw Fault.of("line", text, "states nothing; after a colon comes what must be so");
        }
        return expectation;
    }
}
