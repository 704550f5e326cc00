package io.bursar.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.JournalAudit;
import io.bursar.local.ComponentName;
import io.bursar.schemas.Balance;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FundsAdjusted;
import io.bursar.schemas.FundsDeposited;
import io.bursar.schemas.FundsTransferred;
import io.bursar.schemas.FundsWithdrawn;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferReceived;
import io.bursar.schemas.TransferReturned;
import io.bursar.stack.BrokerContainer;
import io.bursar.stack.JournalReader.Journalled;
import io.bursar.stack.Listings;
import io.bursar.stack.Message;
import io.bursar.stack.MessageProducer;
import io.bursar.stack.RunningStack;
import io.bursar.stack.Wait;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** On a real broker, a real registry and a real process of Bursar. */
@Order(1)
class ExactlyOnceTest {
    private static final long SEED = 20_260_402;
    private static final int COMMANDS = 50_000;
    private static final int PER_SECOND = 4_000;

    /** The longer a transaction, the more of it a kill undoes. */
    private static final String LONG_TRANSACTIONS = "--commit.interval.ms=100";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Market market = new Market();
    private final long startedAt = System.nanoTime();

    /** What happens to the system while commands come. */
    private enum Fault {
        KILL_BURSAR,
        INTERRUPT_BROKER
    }

    private static final List<Fault> FAULTS =
            List.of(Fault.KILL_BURSAR, Fault.KILL_BURSAR, Fault.INTERRUPT_BROKER, Fault.KILL_BURSAR);

    private static final int KILLS = Collections.frequency(FAULTS, Fault.KILL_BURSAR);

    /** Without these in the journal, the workload would not try what it is meant to. */
    private static final String[] KINDS = {
        "FundsDeposited",
        "FundsWithdrawn",
        "FundsAdjusted",
        "FundsAllocated",
        "FundsTransferred",
        "TransferReceived",
        "TransferRefused",
        "TransferConfirmed",
        "TransferReturned",
        "QuotaSet",
        "OrderAccepted",
        "OrderRejected",
        "OrderAmended",
        "OrderExtended",
        "OrderCancelled",
        "OrderExpired",
        "FillSettled",
        "FillSuspended",
        "CommandRejected"
    };

    @Test
    void every_command_is_decided_exactly_once_though_bursar_is_killed_and_the_broker_interrupted() {
        var container = BrokerContainer.ifAskedFor();
        try (var stack = RunningStack.start("exactly-once", container, LONG_TRANSACTIONS)) {
            say("the system is ready");
            run(stack);
        } finally {
            container.ifPresent(BrokerContainer::close);
        }
    }

    private void run(RunningStack stack) {
        var start = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var workload = Workload.of(SEED, stack.topics(), market, start, COMMANDS);
        var commands = Commands.of(concat(workload.openings(), workload.stream()));
        try (var producer = stack.producer();
                var inputs = new Inputs(stack)) {
            try (var journal = stack.journal()) {
                var progress = new Progress(journal);
                prepare(stack, producer, workload, progress);
                sendUnderFaults(stack, producer, workload, progress);
                producer.flush();
                settleDown(commands, progress, inputs);
            }
            verify(stack, workload, commands, inputs);
        }
    }

    /** Opens the accounts: before that, commands are refused without spending their ids. */
    private void prepare(RunningStack stack, MessageProducer producer, Workload workload, Progress progress) {
        Listings.publish(stack, producer, market.assets(), market.instruments());
        workload.openings().forEach(producer::send);
        producer.flush();
        var openings = Commands.of(workload.openings()).byKey().keySet();
        Wait.until("all accounts are open", PATIENCE, () -> progress.undecided(openings));
        say("%d accounts are open".formatted(openings.size()));
    }

    /**
     * Sends the stream in as many parts as there are faults. Each strikes in the middle of its part and while commands
     * wait, and the next part begins when the system is whole again.
     */
    private void sendUnderFaults(RunningStack stack, MessageProducer producer, Workload workload, Progress progress) {
        int records = workload.stream().size();
        int part = records / FAULTS.size();
        try (var feed = new Feed(producer, workload.stream(), PER_SECOND)) {
            for (int i = 0; i < FAULTS.size(); i++) {
                awaitSent(feed, i * part);
                feed.allow(i + 1 < FAULTS.size() ? (i + 1) * part : records);
                awaitSent(feed, i * part + part / 2);
                int decidedBefore = progress.decided();
                strike(stack, FAULTS.get(i), feed);
                Wait.until(
                        "decisions after the fault",
                        PATIENCE,
                        () -> progress.decided() > decidedBefore + part / 4
                                ? Optional.empty()
                                : Optional.of(progress.decided() + " commands are decided"));
                say("%,d of %,d records are sent, %,d commands decided"
                        .formatted(feed.sent(), records, progress.decided()));
            }
            awaitSent(feed, records);
        }
    }

    private static void awaitSent(Feed feed, int count) {
        Wait.until(
                "the sending of " + count + " records",
                PATIENCE,
                () -> feed.sent() >= count ? Optional.empty() : Optional.of(feed.sent() + " are sent"));
    }

    private void strike(RunningStack stack, Fault fault, Feed feed) {
        switch (fault) {
            case KILL_BURSAR -> {
                long killed = stack.kill(ComponentName.BURSAR);
                say("killed Bursar, process %d, after %,d records".formatted(killed, feed.sent()));
                stack.awaitAfter(ComponentName.BURSAR, killed);
                say("Bursar is ready again");
            }
            case INTERRUPT_BROKER -> {
                say("the broker goes away after %,d records".formatted(feed.sent()));
                stack.interruptBroker();
                say("the broker is back");
            }
        }
    }

    /** Returns when everything is decided, all repeats are processed, and no deadline is near. */
    private void settleDown(Commands commands, Progress progress, Inputs inputs) {
        Wait.until(
                "the decision of all commands",
                PATIENCE,
                () -> progress.undecided(commands.byKey().keySet()));
        say("all commands are decided");
        Wait.until("the end of all transfers", PATIENCE, progress::onTheirWay);
        Wait.until("the processing of all records", PATIENCE, inputs::unprocessed);
        say("all records are processed");
        var soon = Instant.now().plus(Duration.ofHours(1));
        Wait.until("the expiry of all short orders", PATIENCE, () -> progress.openUntil(soon));
    }

    private void verify(RunningStack stack, Workload workload, Commands commands, Inputs inputs) {
        assertThat(stack.restartsOfBursar()).as("restarts of Bursar").isGreaterThanOrEqualTo(KILLS);
        var journal = read(stack, workload);
        journal.forEach(journalled -> commands.addMessageOf(journalled.entry(), market));
        requireDecidedOnce(commands, journal);
        requireSettledOnce(journal);
        requireSources(commands, inputs, journal);
        requireRecordsSent(stack, workload, inputs, messagesOfTransfers(journal));
        say("every command is decided once, by the record that was sent");
        var redecision = new Redecision(commands, market);
        var byAccount = journal.stream().collect(Collectors.groupingBy(Journalled::key));
        for (var accountId : workload.strangers()) {
            redecision.of(accountId, byAccount.get(accountId));
        }
        for (var accountId : workload.accounts()) {
            var ofAccount = byAccount.get(accountId);
            var folded = redecision.of(accountId, ofAccount);
            assertThat(AccountLines.of(stack.http(), accountId))
                    .as("the stores of %s", accountId)
                    .containsExactlyInAnyOrderElementsOf(AccountLines.of(folded));
            requirePlainMoney(folded, ofAccount, commands);
        }
        say("stores, journal and commands agree on %d accounts"
                .formatted(workload.accounts().size()));
    }

    /** The whole journal, which has to be sound in itself; what is given back is that of the accounts. */
    private List<Journalled> read(RunningStack stack, Workload workload) {
        try (var reader = stack.journal()) {
            var journal = reader.readToEnd();
            var audit = new JournalAudit();
            journal.forEach(journalled -> audit.add(journalled.entry()));
            say("the journal has %,d entries: %s".formatted(journal.size(), audit.entriesByKind()));
            say("refused: %s; suspended: %s".formatted(audit.refusalsByReason(), audit.suspensionsByReason()));
            assertThat(audit.violations()).as("rules that entries break").isEmpty();
            assertThat(audit.imbalances())
                    .as("what the books are away from zero")
                    .isEmpty();
            assertThat(audit.entriesByKind()).as("what happened").containsKeys(KINDS);
            assertThat(journal)
                    .as("entries with the hash of their content")
                    .allMatch(Journalled::isSealed)
                    .allMatch(journalled ->
                            journalled.key().equals(journalled.entry().getAccountId()));
            var known = new HashSet<>(workload.accounts());
            known.addAll(workload.strangers());
            return journal.stream()
                    .filter(journalled -> known.contains(journalled.key()))
                    .toList();
        }
    }

    private static void requireDecidedOnce(Commands commands, List<Journalled> journal) {
        var decided = new HashSet<DecisionKey>();
        var decidedAgain = new ArrayList<DecisionKey>();
        journal.stream()
                .flatMap(journalled -> DecisionKey.of(journalled.entry()).stream())
                .filter(key -> !decided.add(key))
                .forEach(decidedAgain::add);
        assertThat(decidedAgain).as("decided more than once").isEmpty();
        assertThat(decided).as("decided").isEqualTo(commands.byKey().keySet());
    }

    private static void requireSettledOnce(List<Journalled> journal) {
        var settled = new HashSet<DecisionKey>();
        assertThat(settledFills(journal))
                .as("fills that are settled once")
                .allMatch(fill -> settled.add(DecisionKey.ofFill(fill)));
    }

    /** What a decision names as its source is a record with exactly the command that was sent. */
    private static void requireSources(Commands commands, Inputs inputs, List<Journalled> journal) {
        for (var journalled : journal) {
            var entry = journalled.entry();
            DecisionKey.of(entry)
                    .ifPresent(key -> assertThat(inputs.message(entry.getSource()))
                            .as("the record at %s, source of %s", entry.getSource(), key)
                            .isEqualTo(commands.byKey().get(key)));
        }
    }

    /** Of each transfer that left, one message to the other account and one back. */
    private static long messagesOfTransfers(List<Journalled> journal) {
        return 2
                * journal.stream()
                        .filter(journalled -> journalled.entry().getBody() instanceof FundsTransferred)
                        .count();
    }

    /** Neither the producer, nor the splitter of trades, nor a transfer has lost or doubled a record. */
    private static void requireRecordsSent(RunningStack stack, Workload workload, Inputs inputs, long ofTransfers) {
        var topics = stack.topics();
        var keys = new HashSet<>(workload.accounts());
        keys.addAll(workload.strangers());
        var expected = new TreeMap<String, Long>();
        for (var message : concat(workload.openings(), workload.stream())) {
            keys.add(message.key());
            expected.merge(message.topic(), 1L, Long::sum);
        }
        expected.merge(topics.fills(), 2 * expected.get(topics.trades()), Long::sum);
        expected.put(topics.transfers(), ofTransfers);
        assertThat(inputs.counts(keys)).as("records by topic").isEqualTo(expected);
    }

    /** The account's balances follow from what took effect by adding and subtracting alone. */
    private void requirePlainMoney(FoldedAccount folded, List<Journalled> journal, Commands commands) {
        var money = new PlainMoney(market);
        for (var journalled : journal) {
            var entry = journalled.entry();
            switch (entry.getBody()) {
                case FundsDeposited body -> money.add(commands.of(entry));
                case FundsWithdrawn body -> money.add(commands.of(entry));
                case FundsAdjusted body -> money.add(commands.of(entry));
                case FundsTransferred body -> money.add(commands.of(entry));
                case TransferReceived body -> money.addArrived(body.getArrival());
                case TransferReturned body -> {
                    var sent = DecisionKey.ofCommand(
                            entry.getAccountId(), body.getOutcome().getTransferId());
                    money.addReturned(
                            (Transfer) ((BalanceUpdate) commands.byKey().get(sent)).getBody());
                }
                case FillSettled body -> money.add(commands.byKey().get(DecisionKey.ofFill(body.getFill())));
                default -> {
                    // Moves nothing in or out.
                }
            }
        }
        var account = folded.account();
        var totals = account.getBalances().stream()
                .filter(balance -> balance.getTotal() != 0)
                .collect(Collectors.toMap(
                        Balance::getAsset,
                        balance -> BigDecimal.valueOf(balance.getTotal(), balance.getScale()),
                        BigDecimal::add));
        assertThat(totals).as("what %s owns", account.getAccountId()).isEqualTo(money.totals());
    }

    private static Stream<Fill> settledFills(List<Journalled> journal) {
        return journal.stream()
                .map(journalled -> journalled.entry().getBody())
                .filter(FillSettled.class::isInstance)
                .map(body -> ((FillSettled) body).getFill());
    }

    private static List<Message> concat(List<Message> first, List<Message> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private void say(String what) {
        double seconds = Duration.ofNanos(System.nanoTime() - startedAt).toMillis() / 1e3;
        System.out.println("[exactly once] %5.1f s: ".formatted(seconds) + what);
    }
}
