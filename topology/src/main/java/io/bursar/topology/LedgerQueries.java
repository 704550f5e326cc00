package io.bursar.topology;

import io.bursar.ledger.Answer;
import io.bursar.ledger.Command;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.ledger.Retention;
import io.bursar.processors.LedgerReader;
import io.bursar.processors.Nodes;
import io.bursar.processors.ReadAccount;
import io.bursar.schemas.Lot;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.StrategyQuota;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads accounts from the stores of this instance. Every method throws {@link UnavailableException} while the account's
 * partition moves, is being restored or ends, or this instance is cut off from its group, and {@link
 * OwnedElsewhereException} when another instance has it. All of it is committed, and what is read beside an account is as of
 * the same journal entry. Thread-safe.
 */
public final class LedgerQueries {
    private final KafkaStreams streams;
    private final GroupContact contact;
    private final Optional<HostInfo> self;
    private final int accountPartitions;
    private final LedgerRules rules;
    private final Ledger ledger;
    private final boolean anyCopy;

    /**
     * @param applicationServer {@code host:port} of this instance, if others can reach it
     * @param reference for decisions that are not carried out
     */
    LedgerQueries(
            KafkaStreams streams,
            GroupContact contact,
            Optional<String> applicationServer,
            int accountPartitions,
            ReferenceData reference,
            LedgerRules rules) {
        this(
                streams,
                contact,
                applicationServer.map(HostInfo::buildFromEndpoint),
                accountPartitions,
                rules,
                new Ledger(reference, rules),
                false);
    }

    private LedgerQueries(
            KafkaStreams streams,
            GroupContact contact,
            Optional<HostInfo> self,
            int accountPartitions,
            LedgerRules rules,
            Ledger ledger,
            boolean anyCopy) {
        this.streams = streams;
        this.contact = contact;
        this.self = self;
        this.accountPartitions = accountPartitions;
        this.rules = rules;
        this.ledger = ledger;
        this.anyCopy = anyCopy;
    }

    /**
     * The same, of whatever copy of a partition this instance has: a standby's, or one that is being restored. It may be
     * behind, and rows beside an account may be some entries ahead of it. Never throws {@link OwnedElsewhereException}.
     */
    public LedgerQueries ofAnyCopy() {
        return new LedgerQueries(streams, contact, self, accountPartitions, rules, ledger, true);
    }

    /** How many partitions there are, over all instances. */
    public int partitions() {
        return accountPartitions;
    }

    /**
     * The accounts of a partition, also those that were never opened, by their ids.
     *
     * @param partition from 0 to below {@link #partitions}
     * @param after an account id, or empty to begin with the first
     * @param atMost so many accounts
     */
    public Page<AccountState> accounts(int partition, String after, int atMost) {
        return read("partition " + partition, () -> {
            requireHere(partition);
            var accounts = new LedgerReader(store(partition)).accounts(after, atMost + 1);
            return Page.of(accounts, atMost, AccountState::getAccountId);
        });
    }

    /** The account, also one that was never opened, once a command or fill has named it. */
    public Optional<AccountState> namedAccount(String accountId) {
        return read(accountId, reader -> Optional.ofNullable(reader.account(accountId)));
    }

    /** The account and, if it is there and remembered, the order: open, closed or rejected. */
    public Optional<AccountWith<Optional<Order>>> order(String accountId, String orderId) {
        return readTogether(accountId, reader -> Optional.ofNullable(reader.order(accountId, orderId)))
                .map(found -> new AccountWith<>(
                        found.account(), found.rows().filter(order -> isRemembered(order, found.account()))));
    }

    /**
     * The account and its orders, open, closed or rejected, as long as they are remembered, by their ids.
     *
     * @param after an order id, or empty to begin with the first
     * @param atMost so many orders; there can be fewer although more are to come
     */
    public Optional<AccountWith<Page<Order>>> orders(String accountId, String after, int atMost) {
        return readTogether(accountId, reader -> reader.orders(accountId, after, atMost))
                .map(found -> new AccountWith<>(
                        found.account(),
                        new Page<>(
                                found.rows().orders().stream()
                                        .filter(order -> isRemembered(order, found.account()))
                                        .toList(),
                                found.rows().next())));
    }

    /**
     * The account and at most {@code atMost} open orders after the one at this place, the earliest deadlines first, and
     * those of one deadline by their ids.
     */
    public Optional<AccountWith<List<Order>>> openOrders(String accountId, OrderPlace after, int atMost) {
        return readTogether(
                accountId, reader -> reader.openOrders(accountId, after.deadline(), after.orderId(), atMost));
    }

    /** The account and at most {@code atMost} suspended fills, by ascending sequence of their entries. */
    public Optional<AccountWith<List<SuspendedFill>>> suspendedFills(String accountId, int atMost) {
        return readTogether(accountId, reader -> reader.suspendedFills(accountId, atMost));
    }

    /** The account, at most {@code atMost} open orders and as many suspended fills. */
    public Optional<AccountWith<OpenItems>> openItems(String accountId, int atMost) {
        return readTogether(
                accountId,
                reader ->
                        new OpenItems(reader.openOrders(accountId, atMost), reader.suspendedFills(accountId, atMost)));
    }

    /**
     * The account and the quota of a strategy with what counts towards it, once one was set.
     *
     * @param strategy empty for the limits of the whole account
     */
    public Optional<AccountWith<Optional<StrategyQuota>>> quota(String accountId, String strategy) {
        return readTogether(accountId, reader -> Optional.ofNullable(reader.quota(accountId, strategy)));
    }

    /**
     * The account and the quotas of its strategies, by their ids.
     *
     * @param after a strategy, or empty to begin with the first
     */
    public Optional<AccountWith<Page<StrategyQuota>>> quotas(String accountId, String after, int atMost) {
        return readTogether(
                accountId,
                reader -> Page.of(reader.quotas(accountId, after, atMost + 1), atMost, StrategyQuota::getStrategy));
    }

    /**
     * The account and the FIFO lots of a position, the oldest first.
     *
     * @param strategy empty for what belongs to none
     * @param from the lowest number of a lot
     * @return a page whose next is the number of its last lot
     */
    public Optional<AccountWith<Page<Lot>>> lots(
            String accountId, String strategy, String instrument, long from, int atMost) {
        return readTogether(
                accountId,
                reader -> Page.of(
                        reader.lots(accountId, strategy, instrument, from, atMost + 1),
                        atMost,
                        lot -> Long.toString(lot.getNumber())));
    }

    /**
     * The account and the transfers that have left it and neither arrived nor come back, by their ids.
     *
     * @param after the command id of a transfer, or empty to begin with the first
     */
    public Optional<AccountWith<Page<TransferOnItsWay>>> transfers(String accountId, String after, int atMost) {
        return readTogether(
                accountId,
                reader -> Page.of(
                        reader.transfers(accountId, after, atMost + 1), atMost, TransferOnItsWay::getTransferId));
    }

    /** What is remembered of a command: that it was decided, in which entry and how. Placed orders are orders. */
    public Optional<CommandRecord> command(String accountId, String commandId) {
        return read(
                accountId,
                reader -> Optional.ofNullable(reader.command(accountId, commandId))
                        .filter(command -> !Retention.isForgotten(
                                command, reader.account(accountId).getAccountTime(), rules)));
    }

    /** What the ledger would answer to the command now. Nothing changes, nothing is reserved. */
    public Answer wouldAnswer(Command command) {
        return read(command.accountId(), reader -> {
            var decided = SteadyReading.of(
                    () -> new ReadAccount(reader, command.accountId()).account(),
                    () -> ledger.decide(new ReadAccount(reader, command.accountId()), command)
                            .answer());
            return decided.map(AccountWith::rows).orElseThrow();
        });
    }

    private <T> Optional<AccountWith<T>> readTogether(String accountId, Function<LedgerReader, T> rows) {
        return read(accountId, reader -> SteadyReading.of(() -> reader.account(accountId), () -> rows.apply(reader)));
    }

    private boolean isRemembered(Order order, AccountState account) {
        return !Retention.isForgotten(order, account.getAccountTime(), rules);
    }

    private <T> T read(String accountId, Function<LedgerReader, T> query) {
        return read(
                "the partition of account " + accountId,
                () -> query.apply(new LedgerReader(store(partition(accountId)))));
    }

    private <T> T read(String where, Supplier<T> query) {
        requireRunning();
        requireContact(where);
        try {
            return query.get();
        } catch (InvalidStateStoreException e) {
            throw new UnavailableException(where + " is not ready", e);
        } catch (IllegalStateException e) {
            // Kafka Streams answers so when it has stopped since it was asked for its state.
            requireRunning();
            throw e;
        }
    }

    private void requireRunning() {
        var state = streams.state();
        if (!state.isRunningOrRebalancing()) {
            throw new UnavailableException("this instance is " + state + " and answers no queries");
        }
    }

    private void requireContact(String where) {
        if (!anyCopy && contact.isLost()) {
            throw new UnavailableException(
                    "this instance is cut off from Kafka, and another one may have " + where + " by now");
        }
    }

    /** Kafka Streams knows where partitions are only when its instances say where they can be reached. */
    private int partition(String accountId) {
        if (anyCopy || self.isEmpty()) {
            return AccountPartitions.of(accountId, accountPartitions);
        }
        var metadata = streams.queryMetadataForKey(Nodes.LEDGER_STORE, accountId, new StringSerializer());
        requireHere(metadata, "the partition of account " + accountId);
        return metadata.partition();
    }

    private void requireHere(int partition) {
        if (!anyCopy && self.isPresent()) {
            StreamPartitioner<Integer, Object> itself = (topic, key, value, partitions) -> Optional.of(Set.of(key));
            requireHere(streams.queryMetadataForKey(Nodes.LEDGER_STORE, partition, itself), "partition " + partition);
        }
    }

    private void requireHere(KeyQueryMetadata metadata, String where) {
        if (metadata == null
                || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)
                || metadata.activeHost().equals(HostInfo.unavailable())) {
            throw new UnavailableException("no instance has " + where + " yet");
        }
        if (!metadata.activeHost().equals(self.orElseThrow())) {
            throw new OwnedElsewhereException(
                    metadata.activeHost().host(), metadata.activeHost().port());
        }
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> store(int partition) {
        var parameters = StoreQueryParameters.fromNameAndType(
                        Nodes.LEDGER_STORE, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                .withPartition(partition);
        return streams.store(anyCopy ? parameters.enableStaleStores() : parameters);
    }
}
