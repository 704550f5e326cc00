package io.bursar.service;

import io.bursar.ledger.ReferenceData;
import io.bursar.service.command.LedgerAccess;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** The application behind the API, running or not yet. Thread-safe. */
interface Instance {
    /** Its stores, for queries. */
    Reads reads();

    /** The assets and instruments as far as they have come. */
    ReferenceData reference();

    /** For commands. */
    LedgerAccess ledger();

    /** Whether every partition that it has can be queried. */
    boolean isReady();

    /** In Kafka Streams' words, or STARTING before there are any. */
    String state();

    /** What waits because the schema registry cannot be reached, a partition or the start, each with the reason. */
    Set<String> waitingForRegistry();

    /** The metrics of Kafka Streams and its clients. */
    Map<MetricName, ? extends Metric> kafkaMetrics();
}
