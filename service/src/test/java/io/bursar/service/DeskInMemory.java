package io.bursar.service;

import io.bursar.desk.BrokerLimits;
import io.bursar.desk.Desk;
import io.bursar.desk.DeskCopy;
import io.bursar.desk.DeskDecision;
import io.bursar.desk.DeskRules;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountCommand;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.Reply;
import io.bursar.schemas.TokenEvent;
import io.bursar.schemas.TokenRefreshCall;
import io.bursar.service.desk.DeskAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** A real desk without a log: what is sent is decided at once, and known at once. Time passes when a test says so. Thread-safe. */
final class DeskInMemory implements DeskAccess {
    private final Desk desk;
    private final DeskCopy copy = new DeskCopy();
    private final List<OperationReport> reports = new CopyOnWriteArrayList<>();
    private final List<TokenRefreshCall> calls = new ArrayList<>();
    private volatile Consumer<TokenRefreshCall> worker = call -> {};

    DeskInMemory() {
        var limits = new BrokerLimits(3, 6_000);
        desk = new Desk(new DeskRules(Duration.ofHours(1), 3, Duration.ofSeconds(5), broker -> limits));
    }

    /** Who gets the attempts that are offered from now on; it must not wait for the desk. */
    void offerTo(Consumer<TokenRefreshCall> other) {
        worker = other;
    }

    /** Lets the desk see what is due now. */
    synchronized void tick() {
        settle(desk.tick(Instant.now()));
    }

    /** The reports that were published. */
    List<OperationReport> reports() {
        return reports;
    }

    @Override
    public DeskCopy copy() {
        return copy;
    }

    @Override
    public synchronized Reply ask(SpecificRecord message, String traceParent, Duration atMost) {
        var now = Instant.now();
        var decision = switch (message) {
            case BrokerAccountCommand command -> desk.decide(command, now);
            case TokenEvent event -> desk.decide(event, now);
            default -> throw new IllegalArgumentException("the desk takes no " + message.getSchema());
        };
        settle(decision);
        var answer = decision.answer();
        return new Reply(
                field(message, "commandId"),
                field(message, "accountId"),
                answer.accepted(),
                answer.accepted() ? null : answer.reason().code(),
                answer.detail(),
                answer.revision(),
                answer.repeated(),
                null,
                answer.faults());
    }

    private static String field(SpecificRecord message, String name) {
        return message.get(message.getSchema().getField(name).pos()).toString();
    }

    @Override
    public synchronized void publish(OperationReport report) {
        reports.add(report);
        settle(desk.decide(report, Instant.now()));
    }

    /** With all that follows from it; who waits for an account finds its history complete. */
    private void settle(DeskDecision first) {
        Deque<TokenEvent> events = new ArrayDeque<>();
        take(first, events);
        while (!events.isEmpty()) {
            take(desk.decide(events.remove(), Instant.now()), events);
        }
        var offered = List.copyOf(calls);
        calls.clear();
        offered.forEach(worker);
    }

    private void take(DeskDecision decision, Deque<TokenEvent> events) {
        desk.apply(decision);
        decision.refreshes().forEach(refresh -> copy.put(refresh.getAccountId() + "/" + refresh.getNumber(), refresh));
        decision.changed().forEach(account -> copy.put(account.getId(), account));
        decision.deleted().forEach(id -> copy.put(id, (BrokerAccount) null));
        events.addAll(decision.events());
        calls.addAll(decision.calls());
    }
}
