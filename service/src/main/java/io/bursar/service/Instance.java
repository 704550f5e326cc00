package io.bursar.service;

import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.service.command.LedgerAccess;
import io.bursar.service.desk.DeskAccess;
import io.bursar.topology.AccountJournal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** The application behind the API, running or not yet. Thread-safe. */
interface Instance {
    /** Its stores, for queries. */
    Reads reads();

    /**
     * Its stores and those of its standbys, for queries whose answers may be behind; see {@link
     * io.bursar.topology.LedgerQueries#ofAnyCopy}.
     */
    Reads readsOfAnyCopy();

    /** The assets and instruments as far as they have come. */
    ReferenceData reference();

    /** For broker accounts. */
    DeskAccess desk();

    /** For commands. */
    LedgerAccess ledger();

    /** All assets as far as they have come, by their ids. */
    List<Asset> assets();

    /** All instruments as far as they have come, by their ids. */
    List<Instrument> instruments();

    /**
     * The journal of an account, also of one that another instance has or that is not known; see {@link
     * io.bursar.topology.Bursar#journalOf}.
     */
    AccountJournal journalOf(String accountId, OptionalLong after);

    /** Whether every partition that it has can be queried. */
    boolean isReady();

    /** In Kafka Streams' words, or STARTING before there are any. */
    String state();

    /** What waits because the schema registry cannot be reached, a partition or the start, each with the reason. */
    Set<String> waitingForRegistry();

    /** The metrics of Kafka Streams and its clients. */
    Map<MetricName, ? extends Metric> kafkaMetrics();
}
