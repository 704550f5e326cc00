package io.bursar.cli.demo.replay;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.cli.clients.TopicReader;
import io.bursar.cli.demo.flow.DecisionKey;
import io.bursar.cli.demo.flow.Expectation;
import io.bursar.cli.demo.flow.Hold;
import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.flow.OrderFlow;
import io.bursar.cli.demo.flow.Outcome;
import io.bursar.cli.demo.flow.Target;
import io.bursar.ledger.ReasonCode;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import io.bursar.schemas.serde.AvroDeserializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/** Makes a running ledger know the assets and instruments of a flow. Used by one thread. */
public final class SetUp {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);

    /** Reference data arrive in milliseconds, but nothing promises it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Connection connection;
    private final OrderFlow flow;
    private final Ids ids;
    private final Supplier<Instant> clock;

    public SetUp(Connection connection, OrderFlow flow, Ids ids, Supplier<Instant> clock) {
        this.connection = connection;
        this.flow = flow;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What of the flow's reference data is not in the topics yet.
     *
     * @throws CommandException when the topics hold something else under one of the ids: scales never change
     */
    public List<Message> missingReferenceData() {
        var missing = new ArrayList<Message>();
        var topics = connection.topics();
        var assets = values(topics.assets(), Asset.class);
        for (var asset : flow.assets()) {
            addIfMissing(Target.ASSETS, asset.getId(), asset, assets.get(asset.getId()), missing);
        }
        var instruments = values(topics.instruments(), Instrument.class);
        for (var instrument : flow.instruments()) {
            addIfMissing(
                    Target.INSTRUMENTS, instrument.getId(), instrument, instruments.get(instrument.getId()), missing);
        }
        return missing;
    }

    private static void addIfMissing(
            Target target, String id, SpecificRecord wanted, SpecificRecord found, List<Message> missing) {
        if (found == null) {
            missing.add(new Message(target, id, wanted, List.of(), Hold.NOT_AT_ALL, List.of()));
        } else if (!found.equals(wanted)) {
            throw new CommandException("This stack has " + found + ", but the demo needs " + wanted
                    + ": choose another data folder with --data.");
        }
    }

    private <T extends SpecificRecord> Map<String, T> values(String topic, Class<T> type) {
        Map<String, T> values = new HashMap<>();
        try (var reader = TopicReader.fromBeginning(connection, topic);
                var deserializer = new AvroDeserializer<>(type, connection.registry())) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (reader.left() > 0) {
                if (System.nanoTime() > deadline) {
                    throw new CommandException(
                            "The topic " + topic + " could not be read within " + PATIENCE.toSeconds() + " s.");
                }
                for (var record : reader.poll(POLL)) {
                    var id = new String(record.key(), StandardCharsets.UTF_8);
                    values.put(id, deserializer.deserialize(topic, record.value()));
                }
            }
        }
        return values;
    }

    /**
     * Returns once the ledger knows every instrument: it refuses an order of an account without money for the money's
     * sake. The account must be open.
     *
     * @throws CommandException when it does not know them in time
     */
    public void awaitInstruments(Replay replay, Decisions decisions) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int attempt = 1; true; attempt++) {
            decisions.beginTally();
            replay.run(probes(attempt).iterator());
            var refusals = decisions.beginTally().ordersRejected();
            if (refusals.keySet().equals(Set.of(ReasonCode.INSUFFICIENT_FUNDS.text()))) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new CommandException("Bursar does not know the instruments %s s after they were written: %s."
                        .formatted(PATIENCE.toSeconds(), refusals));
            }
            Thread.sleep(BETWEEN_PROBES);
        }
    }

    private List<Message> probes(int attempt) {
        return flow.instruments().stream()
                .map(instrument -> probe(instrument, attempt))
                .toList();
    }

    private Message probe(Instrument instrument, int attempt) {
        var account = flow.pennilessAccount();
        var orderId = ids.named("probe" + attempt + "-" + instrument.getId());
        var place = new PlaceOrder(
                orderId,
                instrument.getId(),
                Side.BUY,
                OrderType.LIMIT,
                instrument.getLotSize() == null ? 1 : instrument.getLotSize(),
                instrument.getTickSize() == null ? 1 : instrument.getTickSize(),
                null,
                null,
                "",
                false);
        var expectation = Expectation.of(
                DecisionKey.ofOrder(account, orderId),
                Outcome.rejected(ReasonCode.INSUFFICIENT_FUNDS.text()),
                Outcome.rejected(ReasonCode.INSTRUMENT_NOT_FOUND.text()),
                Outcome.rejected(ReasonCode.ASSET_NOT_FOUND.text()));
        return new Message(
                Target.ORDERS,
                account,
                new OrderCommand(orderId, account, clock.get(), place),
                List.of(orderId),
                Hold.NOT_AT_ALL,
                List.of(expectation));
    }
}
