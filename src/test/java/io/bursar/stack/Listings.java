package io.bursar.stack;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes assets and instruments known. They reach Bursar on a way of their own and nobody is told when, so an account of
 * its own asks for them until they are there. For one thread.
 */
public final class Listings implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<String> NOT_YET = Set.of("asset_not_found", "instrument_not_found");

    private final RunningStack stack;
    private final MessageProducer producer;
    private final JournalReader journal;
    private final String account = "probe-" + UUID.randomUUID();
    private int lastCommand;

    private Listings(RunningStack stack, MessageProducer producer) {
        this.stack = stack;
        this.producer = producer;
        journal = stack.journal();
    }

    /** Returns when Bursar knows all of them. */
    public static void publish(
            RunningStack stack, MessageProducer producer, List<Asset> assets, List<Instrument> instruments) {
        try (var listings = new Listings(stack, producer)) {
            assets.forEach(asset -> producer.send(new Message(stack.topics().assets(), asset.getId(), asset)));
            instruments.forEach(instrument ->
                    producer.send(new Message(stack.topics().instruments(), instrument.getId(), instrument)));
            producer.flush();
            listings.open();
            assets.forEach(listings::await);
            instruments.forEach(listings::await);
        }
    }

    @Override
    public void close() {
        journal.close();
    }

    private void open() {
        var id = commandId();
        var open = new OpenAccount("tests", "asks what is known", 0, CostMethod.AVERAGE, List.of());
        decide(id, stack.topics().accounts(), new AccountCommand(id, account, now(), open));
    }

    private void await(Asset asset) {
        Wait.until("asset " + asset.getId() + " is known", PATIENCE, () -> {
            var id = commandId();
            var deposit = new BalanceUpdate(id, account, now(), new Deposit(asset.getId(), 1L, null, null));
            return missing(decide(id, stack.topics().balanceUpdates(), deposit));
        });
    }

    private void await(Instrument instrument) {
        Wait.until("instrument " + instrument.getId() + " is known", PATIENCE, () -> {
            var id = commandId();
            var place = PlaceOrder.newBuilder()
                    .setOrderId(id)
                    .setInstrument(instrument.getId())
                    .setSide(Side.SELL)
                    .setType(OrderType.MARKET)
                    // More than an account with one unit of it can sell.
                    .setQuantity(Long.MAX_VALUE)
                    .build();
            return missing(decide(id, stack.topics().orders(), new OrderCommand(id, account, now(), place)));
        });
    }

    private JournalEntry decide(String commandId, String topic, SpecificRecord command) {
        var unused = producer.sendAndWait(new Message(topic, account, command));
        return journal.await(
                        "what became of " + commandId,
                        PATIENCE,
                        entry -> entry.getAccountId().equals(account) && commandId.equals(entry.getCommandId()))
                .entry();
    }

    private static Optional<String> missing(JournalEntry entry) {
        return rejection(entry).map(Rejection::getReason).filter(NOT_YET::contains);
    }

    private static Optional<Rejection> rejection(JournalEntry entry) {
        return switch (entry.getBody()) {
            case CommandRejected body -> Optional.of(body.getRejection());
            case OrderRejected body -> Optional.of(body.getRejection());
            default -> Optional.empty();
        };
    }

    private String commandId() {
        lastCommand++;
        return "c" + lastCommand;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
