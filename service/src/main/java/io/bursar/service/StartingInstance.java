package io.bursar.service;

import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.service.command.LedgerAccess;
import io.bursar.service.desk.DeskAccess;
import io.bursar.topology.AccountJournal;
import io.bursar.topology.UnavailableException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Before there is an application: it may be waiting for the brokers. */
record StartingInstance() implements Instance {
    @Override
    public Reads reads() {
        throw notYet();
    }

    @Override
    public Reads readsOfAnyCopy() {
        throw notYet();
    }

    @Override
    public ReferenceData reference() {
        throw notYet();
    }

    @Override
    public DeskAccess desk() {
        throw notYet();
    }

    @Override
    public LedgerAccess ledger() {
        throw notYet();
    }

    @Override
    public List<Asset> assets() {
        throw notYet();
    }

    @Override
    public List<Instrument> instruments() {
        throw notYet();
    }

    @Override
    public AccountJournal journalOf(String accountId, OptionalLong after) {
        throw notYet();
    }

    @Override
    public boolean isReady() {
        return false;
    }

    @Override
    public String state() {
        return "STARTING";
    }

    @Override
    public Set<String> waitingForRegistry() {
        return Set.of();
    }

    @Override
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return Map.of();
    }

    private static UnavailableException notYet() {
        return new UnavailableException("this instance is STARTING and answers nothing yet");
    }
}
