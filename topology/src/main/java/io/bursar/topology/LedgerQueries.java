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
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.SuspendedFill;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads accounts from the stores of this instance. Every method throws {@link UnavailableException} while the account's
 * partition moves, is being restored or ends, and {@link OwnedElsewhereException} when another instance has it. All of it
 * is committed, and what is read beside an account is as of the same journal entry. Thread-safe.
 */
public final class LedgerQueries {
    private final KafkaStreams streams;
    private final Optional<HostInfo> self;
    private final int accountPartitions;
    private final LedgerRules rules;
    private final Ledger ledger;

    /**
     * @param applicationServer {@code host:port} of this instance, if others can reach it
     * @param reference for decisions that are not carried out
     */
    LedgerQueries(
            KafkaStreams streams,
            Optional<String> applicationServer,
            int accountPartitions,
            ReferenceData reference,
            LedgerRules rules) {
        this.streams = streams;
        this.self = applicationServer.map(HostInfo::buildFromEndpoint);
        this.accountPartitions = accountPartitions;
        this.rules = rules;
        this.ledger = new Ledger(reference, rules);
    }

    /** The account, also one that was never opened, once a command or fill has named it. */
    public Optional<AccountState> namedAccount(String accountId) {
        return read(accountId, reader -> Optional.ofNullable(reader.account(accountId)));
    }

    /** The account and, if it is there and remembered, the order: open, closed or rejected. */
    public Optional<AccountWith<Optional<Order>>> order(String accountId, String orderId) {
        return readTogether(accountId, reader -> Optional.ofNullable(reader.order(accountId, orderId)))
                .map(found -> new AccountWith<>(
                        found.account(),
                        found.rows()
                                .filter(order -> !Retention.isForgotten(
                                        order, found.account().getAccountTime(), rules))));
    }

    /** The account and at most {@code atMost} open orders, the earliest deadlines first. */
    public Optional<AccountWith<List<Order>>> openOrders(String accountId, int atMost) {
        return readTogether(accountId, reader -> reader.openOrders(accountId, atMost));
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

    private <T> T read(String accountId, Function<LedgerReader, T> query) {
        requireRunning();
        try {
            return query.apply(new LedgerReader(store(partition(accountId))));
        } catch (InvalidStateStoreException e) {
            throw new UnavailableException("the partition of account " + accountId + " is not ready", e);
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

    /** Kafka Streams knows where partitions are only when its instances say where they can be reached. */
    private int partition(String accountId) {
        if (self.isEmpty()) {
            return Utils.toPositive(Utils.murmur2(accountId.getBytes(StandardCharsets.UTF_8))) % accountPartitions;
        }
        var metadata = streams.queryMetadataForKey(Nodes.LEDGER_STORE, accountId, new StringSerializer());
        if (metadata == null
                || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)
                || metadata.activeHost().equals(HostInfo.unavailable())) {
            throw new UnavailableException("no instance has the partition of account " + accountId + " yet");
        }
        if (!metadata.activeHost().equals(self.get())) {
            throw new OwnedElsewhereException(
                    metadata.activeHost().host(), metadata.activeHost().port());
        }
        return metadata.partition();
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> store(int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(
                        Nodes.LEDGER_STORE, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                .withPartition(partition));
    }
}
