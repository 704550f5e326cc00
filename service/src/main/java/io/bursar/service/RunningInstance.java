package io.bursar.service;

import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.Lot;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.StrategyQuota;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.schemas.state.TransferOnItsWay;
import io.bursar.service.command.LedgerAccess;
import io.bursar.service.desk.DeskAccess;
import io.bursar.topology.AccountJournal;
import io.bursar.topology.AccountWith;
import io.bursar.topology.Bursar;
import io.bursar.topology.LedgerQueries;
import io.bursar.topology.OpenItems;
import io.bursar.topology.OrderPlace;
import io.bursar.topology.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** The real application. */
record RunningInstance(Bursar bursar) implements Instance {
    @Override
    public Reads reads() {
        return new StoreReads(bursar.queries());
    }

    @Override
    public Reads readsOfAnyCopy() {
        return new StoreReads(bursar.queries().ofAnyCopy());
    }

    @Override
    public ReferenceData reference() {
        return bursar.reference();
    }

    @Override
    public DeskAccess desk() {
        return new LogDesk(bursar);
    }

    @Override
    public LedgerAccess ledger() {
        return new LogAccess(bursar);
    }

    @Override
    public List<Asset> assets() {
        return bursar.assets();
    }

    @Override
    public List<Instrument> instruments() {
        return bursar.instruments();
    }

    @Override
    public AccountJournal journalOf(String accountId, OptionalLong after) {
        return bursar.journalOf(accountId, after);
    }

    @Override
    public boolean isReady() {
        return bursar.isReady();
    }

    @Override
    public String state() {
        return bursar.state();
    }

    @Override
    public Set<String> waitingForRegistry() {
        return bursar.waitingForRegistry();
    }

    @Override
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return bursar.streamsMetrics();
    }

    private record StoreReads(LedgerQueries queries) implements Reads {
        @Override
        public Optional<AccountState> namedAccount(String accountId) {
            return queries.namedAccount(accountId);
        }

        @Override
        public Optional<AccountWith<Optional<Order>>> order(String accountId, String orderId) {
            return queries.order(accountId, orderId);
        }

        @Override
        public Optional<AccountWith<List<Order>>> openOrders(String accountId, OrderPlace after, int atMost) {
            return queries.openOrders(accountId, after, atMost);
        }

        @Override
        public Optional<AccountWith<Page<Order>>> orders(String accountId, String after, int atMost) {
            return queries.orders(accountId, after, atMost);
        }

        @Override
        public Optional<AccountWith<List<SuspendedFill>>> suspendedFills(String accountId, int atMost) {
            return queries.suspendedFills(accountId, atMost);
        }

        @Override
        public Optional<AccountWith<OpenItems>> openItems(String accountId, int atMost) {
            return queries.openItems(accountId, atMost);
        }

        @Override
        public Optional<AccountWith<Optional<StrategyQuota>>> quota(String accountId, String strategy) {
            return queries.quota(accountId, strategy);
        }

        @Override
        public Optional<AccountWith<Page<StrategyQuota>>> quotas(String accountId, String after, int atMost) {
            return queries.quotas(accountId, after, atMost);
        }

        @Override
        public Optional<AccountWith<Page<Lot>>> lots(
                String accountId, String strategy, String instrument, long from, int atMost) {
            return queries.lots(accountId, strategy, instrument, from, atMost);
        }

        @Override
        public Optional<AccountWith<Page<TransferOnItsWay>>> transfers(String accountId, String after, int atMost) {
            return queries.transfers(accountId, after, atMost);
        }

        @Override
        public int partitions() {
            return queries.partitions();
        }

        @Override
        public Page<AccountState> accounts(int partition, String after, int atMost) {
            return queries.accounts(partition, after, atMost);
        }
    }
}
