package io.bursar.stack;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import io.bursar.stack.JournalReader.Journalled;
import io.bursar.topology.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** One account, and a client that sends commands for it one after the other and waits for each decision. */
public final class Desk {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Topics topics;
    private final MessageProducer producer;
    private final JournalReader journal;
    private final String account;
    private final String instrument;
    private int lastCommand;

    /** @param instrument in which the account trades */
    public Desk(Topics topics, MessageProducer producer, JournalReader journal, String account, String instrument) {
        this.topics = topics;
        this.producer = producer;
        this.journal = journal;
        this.account = account;
        this.instrument = instrument;
    }

    /** Returns when the account is open. */
    public Desk open() {
        return done(
                topics.accounts(),
                id -> new AccountCommand(
                        id, account, now(), new OpenAccount("Ada", "main", 0, CostMethod.AVERAGE, List.of())));
    }

    /** Returns when the money is there, in units of the asset. */
    public Desk deposit(String asset, long amount) {
        return done(
                topics.balanceUpdates(),
                id -> new BalanceUpdate(id, account, now(), new Deposit(asset, amount, null, null)));
    }

    /** The decision about a limit order. Ends at the default deadline when {@code expiresAt} is null. */
    public JournalEntry buy(String orderId, long quantity, long limitPrice, Instant expiresAt) {
        var place = PlaceOrder.newBuilder()
                .setOrderId(orderId)
                .setInstrument(instrument)
                .setSide(Side.BUY)
                .setType(OrderType.LIMIT)
                .setQuantity(quantity)
                .setLimitPrice(limitPrice)
                .setExpiresAt(expiresAt)
                .build();
        return decide(topics.orders(), id -> new OrderCommand(id, account, now(), place));
    }

    /** What became of a fill that a venue reported. */
    public JournalEntry filled(String orderId, String executionId, long quantity, long price) {
        var fill = Fill.newBuilder()
                .setKind(FillKind.NEW)
                .setExecutionId(executionId)
                .setAccountId(account)
                .setOrderId(orderId)
                .setInstrument(instrument)
                .setSide(Side.BUY)
                .setQuantity(quantity)
                .setPrice(price)
                .setVenue("XVEN")
                .setOccurredAt(now())
                .build();
        var unused = producer.sendAndWait(new Message(topics.fills(), account, fill));
        return await("fill " + executionId, entry -> executionId.equals(executionId(entry)))
                .entry();
    }

    /** The account's next entry of which this is true. */
    public Journalled await(String what, Predicate<JournalEntry> isWanted) {
        return journal.await(what, PATIENCE, entry -> entry.getAccountId().equals(account) && isWanted.test(entry));
    }

    /** As far as contracts tell it. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private interface Request {
        SpecificRecord under(String commandId);
    }

    private Desk done(String topic, Request request) {
        var unused = decide(topic, request);
        return this;
    }

    private JournalEntry decide(String topic, Request request) {
        lastCommand++;
        var id = "c" + lastCommand;
        var unused = producer.sendAndWait(new Message(topic, account, request.under(id)));
        return await("the decision of " + id, entry -> id.equals(entry.getCommandId()))
                .entry();
    }

    private static String executionId(JournalEntry entry) {
        return switch (entry.getBody()) {
            case FillSettled body -> body.getFill().getExecutionId();
            case FillSuspended body -> body.getFill().getExecutionId();
            default -> null;
        };
    }
}
