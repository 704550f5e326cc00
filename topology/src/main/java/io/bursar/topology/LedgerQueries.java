package io.bursar.topology;

import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.Retention;
import io.bursar.processors.LedgerReader;
import io.bursar.processors.Nodes;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.AccountStatus;
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
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads accounts from the stores of this instance. Every method throws {@link UnavailableException} while the account's
 * partition moves or is being restored, and {@link OwnedElsewhereException} when another instance has it. Thread-safe.
 */
public final class LedgerQueries {
    private final KafkaStreams streams;
    private final Optional<String> applicationServer;
    private final int accountPartitions;
    private final LedgerRules rules;

    LedgerQueries(KafkaStreams streams, Optional<String> applicationServer, int accountPartitions, LedgerRules rules) {
        this.streams = streams;
        this.applicationServer = applicationServer;
        this.accountPartitions = accountPartitions;
        this.rules = rules;
    }

    /** The account, when it was ever opened. */
    public Optional<AccountState> account(String accountId) {
        return read(accountId, reader -> opened(reader, accountId));
    }

    /** The account, also one that was never opened, once a command or fill has named it. */
    public Optional<AccountState> namedAccount(String accountId) {
        return read(accountId, reader -> Optional.ofNullable(reader.account(accountId)));
    }

    /** The order, open, closed or rejected, as long as it is remembered. */
    public Optional<Order> order(String accountId, String orderId) {
        return read(accountId, reader -> {
            var order = reader.order(accountId, orderId);
            var account = reader.account(accountId);
            boolean forgotten =
                    order == null || account == null || Retention.isForgotten(order, account.getAccountTime(), rules);
            return forgotten ? Optional.empty() : Optional.of(order);
        });
    }

    /** At most {@code atMost} open orders, the earliest deadlines first. */
    public List<Order> openOrders(String accountId, int atMost) {
        return read(accountId, reader -> reader.openOrders(accountId, atMost));
    }

    /** At most {@code atMost} suspended fills, by ascending sequence of their entries. */
    public List<SuspendedFill> suspendedFills(String accountId, int atMost) {
        return read(accountId, reader -> reader.suspendedFills(accountId, atMost));
    }

    private static Optional<AccountState> opened(LedgerReader reader, String accountId) {
        return Optional.ofNullable(reader.account(accountId))
                .filter(account -> account.getStatus() != AccountStatus.UNOPENED);
    }

    private <T> T read(String accountId, Function<LedgerReader, T> query) {
        if (!streams.state().isRunningOrRebalancing()) {
            throw new UnavailableException("this instance is " + streams.state() + " and answers no queries");
        }
        try {
            return query.apply(new LedgerReader(store(partition(accountId))));
        } catch (InvalidStateStoreException e) {
            throw new UnavailableException("the partition of account " + accountId + " is not ready", e);
        }
    }

    /** Kafka Streams knows where partitions are only when its instances say where they can be reached. */
    private int partition(String accountId) {
        if (applicationServer.isEmpty()) {
            return Utils.toPositive(Utils.murmur2(accountId.getBytes(StandardCharsets.UTF_8))) % accountPartitions;
        }
        var metadata = streams.queryMetadataForKey(Nodes.LEDGER_STORE, accountId, new StringSerializer());
        if (metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            throw new UnavailableException("no instance has the partition of account " + accountId + " yet");
        }
        var owner = metadata.activeHost().host() + ":" + metadata.activeHost().port();
        if (!owner.equals(applicationServer.get())) {
            throw new OwnedElsewhereException(owner);
        }
        return metadata.partition();
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> store(int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(
                        Nodes.LEDGER_STORE, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                .withPartition(partition));
    }
}
