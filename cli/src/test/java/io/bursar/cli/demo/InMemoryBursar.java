package io.bursar.cli.demo;

import io.bursar.cli.demo.flow.OrderFlow;
import io.bursar.cli.demo.replay.Decisions;
import io.bursar.ledger.Command;
import io.bursar.ledger.Decision;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.JournalAudit;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.processors.TradeSplitter;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.Side;
import io.bursar.schemas.Trade;
import io.bursar.topology.topics.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The real core behind topics in memory, on a thread of its own. It takes records of different topics in an order that
 * only a seed decides, as nothing else does in Kafka, and keeps the order within a topic.
 */
public final class InMemoryBursar implements AutoCloseable {
    public static final Topics TOPICS = new Topics("test.", 4, 1);

    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(true, null, new StringSerializer(), (topic, value) -> new byte[0]);
    private final Map<String, Queue<SpecificRecord>> topics = new TreeMap<>();
    private final Map<String, FoldedAccount> accounts = new HashMap<>();
    private final JournalAudit audit = JournalAudit.ofUnsealed();
    private final Ledger ledger;
    private final Decisions decisions;
    private final SteppingClock clock;
    private final SplittableRandom random;
    private final Thread thread = new Thread(this::run, "in-memory-bursar");
    private int taken;
    private volatile boolean closed;

    public InMemoryBursar(OrderFlow flow, Decisions decisions, SteppingClock clock, long seed) {
        this.ledger = new Ledger(reference(flow), LedgerRules.DEFAULT);
        this.decisions = decisions;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        thread.start();
    }

    /** What the ledger is told of assets and instruments. */
    public static ReferenceData reference(OrderFlow flow) {
        var assets = byId(flow.assets(), Asset::getId);
        var instruments = byId(flow.instruments(), Instrument::getId);
        return new ReferenceData() {
            @Override
            public Asset asset(String id) {
                return assets.get(id);
            }

            @Override
            public Instrument instrument(String id) {
                return instruments.get(id);
            }
        };
    }

    private static <T> Map<String, T> byId(Collection<T> all, Function<T, String> id) {
        return all.stream().collect(Collectors.toMap(id, Function.identity()));
    }

    public Producer<String, SpecificRecord> producer() {
        return producer;
    }

    /** All that was journalled; to be asked after closing. */
    public JournalAudit audit() {
        return audit;
    }

    private void run() {
        try {
            while (!closed) {
                receive();
                var busy = topics.values().stream()
                        .filter(queue -> !queue.isEmpty())
                        .toList();
                if (busy.isEmpty()) {
                    rest();
                } else {
                    take(busy.get(random.nextInt(busy.size())).remove());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            decisions.fail(e);
        }
    }

    private void receive() {
        var history = producer.history();
        for (var record : history.subList(taken, history.size())) {
            topics.computeIfAbsent(record.topic(), topic -> new ArrayDeque<>()).add(record.value());
        }
        taken = history.size();
    }

    /** Nothing to do: deadlines pass. */
    private void rest() throws InterruptedException {
        Thread.sleep(Duration.ofMillis(1));
        clock.pass(Duration.ofMillis(100));
        var now = clock.get();
        for (var account : accounts.values()) {
            journal(account, ledger.expire(account, now, Integer.MAX_VALUE));
        }
    }

    private void take(SpecificRecord value) {
        var now = clock.get();
        switch (value) {
            case AccountCommand command -> decide(Command.of(command, now, null));
            case BalanceUpdate update -> decide(Command.of(update, now, null));
            case OrderCommand command -> decide(Command.of(command, now, null));
            case Fill fill -> decide(Command.of(fill, now, null));
            case Trade trade -> {
                var fills = topics.computeIfAbsent(TOPICS.fills(), topic -> new ArrayDeque<>());
                fills.add(TradeSplitter.leg(trade, trade.getBuyer(), Side.BUY));
                fills.add(TradeSplitter.leg(trade, trade.getSeller(), Side.SELL));
            }
            default -> throw new IllegalArgumentException("not an input: " + value);
        }
    }

    private void decide(Command command) {
        var account = accounts.computeIfAbsent(command.accountId(), FoldedAccount::new);
        journal(account, ledger.decide(account, command));
    }

    private void journal(FoldedAccount account, Decision decision) {
        List<JournalEntry> entries = new ArrayList<>(decision.entries());
        entries.forEach(entry -> {
            account.apply(entry);
            audit.add(entry);
        });
        decisions.observe(entries);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
