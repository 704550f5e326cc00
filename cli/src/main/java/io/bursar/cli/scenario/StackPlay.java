package io.bursar.cli.scenario;

import io.bursar.cli.scenario.ScenarioReport.Difference;
import io.bursar.cli.scenario.StackConnection.LogTail;
import io.bursar.cli.scenario.StackConnection.Received;
import io.bursar.cli.scenario.StackConnection.Sent;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.LedgerRules;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderStatus;
import io.bursar.schemas.Reply;
import io.bursar.schemas.Trade;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferConfirmed;
import io.bursar.schemas.TransferReturned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One scenario on a running system, whose clock stands where the scenario ends. So it may notice a deadline as soon as
 * its order is placed: such an expiry is held back until the scenario has come to it. A command that the scenario sends
 * before would meet an order that is gone already, so it is not played. Nor is what can only be told from its record's
 * time: that it happened too far ahead of it.
 */
final class StackPlay implements Stage.Play {
    /** How long before a deadline, by the machine's clock, a command can no longer be sure to come first. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** How far ahead of its record a command may have happened. */
    private static final Duration TOLERANCE = LedgerRules.DEFAULT.futureTolerance();

    private final StackConnection connection;
    private final Scenario scenario;
    private final Relabelling relabelling;
    private final ReferenceProbe probe;
    private final Optional<HttpCheck> http;
    private final LogTail<JournalEntry> journal;
    private final LogTail<Reply> replies;

    /** What all entries add up to, those too that are held back. */
    private final Map<String, FoldedAccount> complete = new LinkedHashMap<>();

    /** Entries that were read and not given to the scenario yet, by account. */
    private final Map<String, Deque<JournalEntry>> arrived = new LinkedHashMap<>();

    /** The deadlines of the orders that are open as far as the scenario has seen, by account and order. */
    private final Map<String, Map<String, Instant>> deadlines = new TreeMap<>();

    StackPlay(StackConnection connection, Scenario scenario, Relabelling relabelling, Optional<HttpCheck> http) {
        this.connection = connection;
        this.scenario = scenario;
        this.http = http;
        this.relabelling = relabelling;
        var partitions = new ArrayList<TopicPartition>();
        for (var account : scenario.accounts()) {
            complete.put(account, new FoldedAccount(account));
            arrived.put(account, new ArrayDeque<>());
            deadlines.put(account, new TreeMap<>());
            var partition = connection.partition(connection.topics().journal(), relabelling.name(account));
            if (!partitions.contains(partition)) {
                partitions.add(partition);
            }
        }
        probe = new ReferenceProbe(connection, relabelling, partitions);
        journal = connection.tail(JournalEntry.class, partitions);
        replies = connection.tail(Reply.class, List.of(connection.replies()));
    }

    @Override
    public void list(Asset asset) {
        var listed = relabelling.outward(asset);
        connection.send(connection.topics().assets(), listed.getId(), listed);
        probe.expect(listed);
    }

    @Override
    public void list(Instrument instrument) {
        var listed = relabelling.outward(instrument);
        connection.send(connection.topics().instruments(), listed.getId(), listed);
        probe.expect(listed);
    }

    @Override
    public Stage.Observed send(Message message, Instant receivedAt) {
        var accounts = accountsOf(message);
        accounts.forEach(account -> refuseToOvertake(account, message.occurredAt()));
        probe.await();
        refuseToRunAhead(message, receivedAt);
        var topics = connection.topics();
        var told = switch (message) {
            case Message.ToAccounts(var command) -> {
                var real = relabelling.outward(command);
                yield command(topics.accounts(), real.getAccountId(), real.getCommandId(), real);
            }
            case Message.ToBalanceUpdates(var update) -> {
                var real = relabelling.outward(update);
                var answer = command(topics.balanceUpdates(), real.getAccountId(), real.getCommandId(), real);
                if (update.getBody() instanceof Transfer) {
                    awaitTransfer(update, answer);
                }
                yield answer;
            }
            case Message.ToOrders(var command) -> {
                var real = relabelling.outward(command);
                yield command(topics.orders(), real.getAccountId(), real.getCommandId(), real);
            }
            case Message.ToFills(var fill) -> {
                var real = relabelling.outward(fill);
                connection.awaitProcessed(List.of(connection.send(topics.fills(), real.getAccountId(), real)));
                yield Optional.<Stage.Told>empty();
            }
            case Message.ToTrades(var trade) -> {
                trade(relabelling.outward(trade));
                yield Optional.<Stage.Told>empty();
            }
        };
        readJournal();
        var entries = new ArrayList<JournalEntry>();
        accounts.forEach(account -> take(account, message.occurredAt(), entries));
        // What a transfer has come to is known after the other account has decided.
        entries.sort(Comparator.comparing(StackPlay::isEndOfTransfer));
        return new Stage.Observed(entries, told);
    }

    @Override
    public Stage.Observed notice(Instant now) {
        connection.await("overdue orders to expire", () -> {
            readJournal();
            return deadlines.keySet().stream().allMatch(account -> overdue(account, now) <= expired(account, now));
        });
        var entries = new ArrayList<JournalEntry>();
        arrived.forEach((account, queue) -> {
            while (!queue.isEmpty() && isExpiryBefore(queue.peek(), now)) {
                give(queue.poll(), entries);
            }
        });
        return new Stage.Observed(entries, Optional.empty());
    }

    @Override
    public List<Difference> audit() {
        var differences = new ArrayList<Difference>();
        http.ifPresent(check -> {
            for (var account : complete.values()) {
                connection.await("the HTTP API to be where the journal is", () -> {
                    readJournal();
                    return check.compare(account).map(differences::addAll).isPresent();
                });
            }
        });
        return differences;
    }

    @Override
    public void close() {
        journal.close();
        replies.close();
        probe.close();
    }

    private static List<String> accountsOf(Message message) {
        return switch (message) {
            case Message.ToAccounts(var command) -> List.of(command.getAccountId());
            case Message.ToBalanceUpdates(var update) ->
                update.getBody() instanceof Transfer transfer
                        ? Stream.of(update.getAccountId(), transfer.getToAccountId())
                                .distinct()
                                .toList()
                        : List.of(update.getAccountId());
            case Message.ToOrders(var command) -> List.of(command.getAccountId());
            case Message.ToFills(var fill) -> List.of(fill.getAccountId());
            case Message.ToTrades(var trade) ->
                List.of(trade.getBuyer().getAccountId(), trade.getSeller().getAccountId()).stream()
                        .distinct()
                        .toList();
        };
    }

    private <T extends SpecificRecord> Optional<Stage.Told> command(
            String topic, String accountId, String commandId, T command) {
        connection.awaitProcessed(List.of(connection.send(topic, accountId, command)));
        return replies.read().stream()
                .map(Received::value)
                .filter(reply -> reply.getAccountId().equals(accountId)
                        && reply.getCommandId().equals(commandId))
                .map(StackPlay::told)
                .findFirst();
    }

    private static Stage.Told told(Reply reply) {
        var reason = reply.getReason() == null ? "" : reply.getReason();
        return new Stage.Told(reply.getAccepted(), reason, reply.getSequence(), reply.getRepeated());
    }

    /** Sends the trade and waits until both of its fills have been split off and decided. */
    private void trade(Trade trade) {
        var topic = connection.topics().fills();
        var partitions = List.of(
                        connection.partition(topic, trade.getBuyer().getAccountId()),
                        connection.partition(topic, trade.getSeller().getAccountId()))
                .stream()
                .distinct()
                .toList();
        try (var fills = connection.tail(Fill.class, partitions)) {
            connection.awaitProcessed(
                    List.of(connection.send(connection.topics().trades(), trade.getInstrument(), trade)));
            var legs = new ArrayList<Sent>();
            connection.await("the two fills of trade " + trade.getTradeId(), () -> {
                fills.read().stream()
                        .filter(fill -> trade.getTradeId().equals(fill.value().getTradeId())
                                && relabelling.isOurs(fill.value().getAccountId()))
                        .forEach(fill -> legs.add(fill.at()));
                return legs.size() >= 2;
            });
            connection.awaitProcessed(legs);
        }
    }

    /** Waits until a transfer that has left has arrived or come back. */
    private void awaitTransfer(BalanceUpdate update, Optional<Stage.Told> answer) {
        var sender = complete.get(update.getAccountId());
        long sequence = answer.map(Stage.Told::sequence).orElse(0L);
        connection.await("transfer " + update.getCommandId() + " to arrive or come back", () -> {
            readJournal();
            return sender.account().getSequence() >= sequence && sender.transfer(update.getCommandId()) == null;
        });
    }

    private static boolean isEndOfTransfer(JournalEntry entry) {
        return entry.getBody() instanceof TransferConfirmed || entry.getBody() instanceof TransferReturned;
    }

    private void readJournal() {
        for (var received : journal.read()) {
            if (relabelling.isOurs(received.value().getAccountId())) {
                var entry = relabelling.inward(received.value());
                var queue = arrived.get(entry.getAccountId());
                if (queue != null) {
                    complete.get(entry.getAccountId()).apply(entry);
                    queue.add(entry);
                }
            }
        }
    }

    /** Gives the scenario the decision of what it sent, and what came before it. */
    private void take(String account, Instant occurredAt, List<JournalEntry> entries) {
        var queue = arrived.get(account);
        while (queue.stream().anyMatch(entry -> !isExpiry(entry))) {
            var entry = queue.poll();
            if (isExpiry(entry) && !entry.getOccurredAt().isBefore(occurredAt)) {
                throw mayHaveExpired(((OrderExpired) entry.getBody()).getOrderId(), entry.getOccurredAt());
            }
            give(entry, entries);
        }
    }

    private void give(JournalEntry entry, List<JournalEntry> entries) {
        entries.add(entry);
        var order = entry.getOrder();
        if (order != null) {
            boolean open = order.getStatus() == OrderStatus.ACTIVE || order.getStatus() == OrderStatus.PARTIALLY_FILLED;
            if (open) {
                deadlines.get(entry.getAccountId()).put(order.getOrderId(), order.getExpiresAt());
            } else {
                deadlines.get(entry.getAccountId()).remove(order.getOrderId());
            }
        }
    }

    private void refuseToOvertake(String account, Instant occurredAt) {
        deadlines.get(account).forEach((order, deadline) -> {
            boolean isStillGood = !deadline.isBefore(occurredAt);
            if (isStillGood
                    && relabelling.instant(deadline).isBefore(Instant.now().plus(MARGIN))) {
                throw mayHaveExpired(order, deadline);
            }
        });
    }

    private Stage.NotPlayableException mayHaveExpired(String order, Instant deadline) {
        return new Stage.NotPlayableException("order " + order + " is open until " + time(deadline) + ", but " + clock()
                + " and may expire it at any moment");
    }

    /** What happened too far ahead must do so by the broker's clock as well; it is the one that a fill counts by. */
    private void refuseToRunAhead(Message message, Instant receivedAt) {
        if (!message.occurredAt().isAfter(receivedAt.plus(TOLERANCE))) {
            return;
        }
        boolean isRefused = !(message instanceof Message.ToFills || message instanceof Message.ToTrades);
        var latest = Instant.now().plus(TOLERANCE).plus(MARGIN);
        if (!isRefused || relabelling.instant(message.occurredAt()).isBefore(latest)) {
            throw new Stage.NotPlayableException("it happens at " + time(message.occurredAt()) + ", more than "
                    + TOLERANCE.toMinutes() + " minutes ahead of its record, but " + clock());
        }
    }

    private String clock() {
        return "the clock of a running system stands where the scenario ends, at " + Offsets.text(scenario.length());
    }

    private static String time(Instant instant) {
        return Offsets.text(Duration.between(Scenario.START, instant));
    }

    private long overdue(String account, Instant now) {
        return deadlines.get(account).values().stream()
                .filter(deadline -> deadline.isBefore(now))
                .count();
    }

    private long expired(String account, Instant now) {
        return arrived.get(account).stream()
                .filter(entry -> isExpiryBefore(entry, now))
                .count();
    }

    private static boolean isExpiry(JournalEntry entry) {
        return entry.getBody() instanceof OrderExpired;
    }

    private static boolean isExpiryBefore(JournalEntry entry, Instant now) {
        return isExpiry(entry) && entry.getOccurredAt().isBefore(now);
    }
}
