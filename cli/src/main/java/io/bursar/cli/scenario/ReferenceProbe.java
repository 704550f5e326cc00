package io.bursar.cli.scenario;

import io.bursar.cli.scenario.StackConnection.LogTail;
import io.bursar.cli.scenario.StackConnection.Received;
import io.bursar.cli.scenario.StackConnection.Sent;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Reply;
import io.bursar.schemas.Side;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out when the instances that have a scenario's accounts know new assets and instruments: reference data comes to
 * each instance by itself, and nothing says when it is there. So accounts of the same partitions try to use it, in ways
 * that move no money, until that is not refused for want of it.
 */
final class ReferenceProbe implements AutoCloseable {
    private static final Set<String> NOT_YET = Set.of("asset_not_found", "instrument_not_found");

    private final StackConnection connection;
    private final Relabelling relabelling;
    private final Collection<TopicPartition> partitions;
    private final LogTail<Reply> replies;
    private final List<String> accounts = new ArrayList<>();
    private final List<Asset> assets = new ArrayList<>();
    private final List<Instrument> instruments = new ArrayList<>();
    private int attempts;

    ReferenceProbe(StackConnection connection, Relabelling relabelling, Collection<TopicPartition> partitions) {
        this.connection = connection;
        this.relabelling = relabelling;
        this.partitions = partitions;
        this.replies = connection.tail(Reply.class, List.of(connection.replies()));
    }

    /** This was sent and is not known everywhere yet. */
    void expect(Asset asset) {
        assets.add(asset);
    }

    /** This was sent and is not known everywhere yet. */
    void expect(Instrument instrument) {
        instruments.add(instrument);
    }

    /** Returns when all that was sent is known. */
    void await() {
        if (assets.isEmpty() && instruments.isEmpty()) {
            return;
        }
        if (accounts.isEmpty()) {
            openAccounts();
        }
        connection.await("assets and instruments to become known", this::isAllKnown);
        assets.clear();
        instruments.clear();
    }

    @Override
    public void close() {
        replies.close();
    }

    /** One on each partition, found by trying names. */
    private void openAccounts() {
        var sent = new ArrayList<Sent>();
        for (var partition : partitions) {
            int number = 0;
            while (!connection.partition(partition.topic(), name(number)).equals(partition)) {
                number++;
            }
            accounts.add(name(number));
            var open = new OpenAccount(
                    "scenarios", "tries whether assets and instruments are known", 0, CostMethod.AVERAGE, List.of());
            var command = new AccountCommand("open", name(number), now(), open);
            sent.add(connection.send(connection.topics().accounts(), name(number), command));
        }
        connection.awaitProcessed(sent);
    }

    private String name(int number) {
        return relabelling.name("probe" + number);
    }

    private boolean isAllKnown() {
        var asked = new LinkedHashMap<String, Boolean>();
        var sent = new ArrayList<Sent>();
        for (var account : accounts) {
            for (var asset : assets) {
                sent.add(ask(account, asset, asked));
            }
            for (var instrument : instruments) {
                sent.add(ask(account, instrument, asked));
            }
        }
        connection.awaitProcessed(sent);
        replies.read().stream()
                .map(Received::value)
                .filter(reply -> asked.containsKey(reply.getCommandId()))
                .forEach(reply -> asked.put(reply.getCommandId(), !NOT_YET.contains(reply.getReason())));
        return asked.values().stream().allMatch(Boolean::booleanValue);
    }

    /** A deposit of nothing is refused, but only once its asset is known. */
    private Sent ask(String account, Asset asset, Map<String, Boolean> asked) {
        var id = nextId(asked);
        var update = new BalanceUpdate(id, account, now(), new Deposit(asset.getId(), 0L, null, null));
        return connection.send(connection.topics().balanceUpdates(), account, update);
    }

    /** So is selling what one does not have. */
    private Sent ask(String account, Instrument instrument, Map<String, Boolean> asked) {
        var id = nextId(asked);
        var place =
                new PlaceOrder(id, instrument.getId(), Side.SELL, OrderType.LIMIT, null, null, null, null, "", false);
        return connection.send(connection.topics().orders(), account, new OrderCommand(id, account, now(), place));
    }

    private String nextId(Map<String, Boolean> asked) {
        attempts++;
        var id = "probe-" + attempts + relabelling.name("");
        asked.put(id, false);
        return id;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
