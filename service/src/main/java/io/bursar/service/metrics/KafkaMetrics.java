package io.bursar.service.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbers among the metrics of Kafka Streams and its clients, as {@code kafka_<group>_<name>} with their tags as
 * labels. A number that has not been measured yet (NaN) is left out.
 */
final class KafkaMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaMetrics.class);

    /**
     * What operators ask for: processing, stores, standbys, lag, rebalances, transactions. Left out are the metrics of connections
     * and of the admin client.
     */
    private static final Set<String> GROUPS = Set.of(
            "stream-metrics",
            "stream-thread-metrics",
            "stream-task-metrics",
            "stream-state-metrics",
            "stream-state-updater-metrics",
            "consumer-coordinator-metrics",
            "consumer-fetch-manager-metrics",
            "producer-metrics");

    /** A consumer measures each topic and partition in twenty ways; of those, this is the one to alert on. */
    private static final String LAG = "records-lag";

    private final Families families;
    private int unreadable;

    KafkaMetrics(Families families) {
        this.families = families;
    }

    void add(Map<MetricName, ? extends Metric> metrics) {
        metrics.forEach((name, metric) -> {
            if (isShown(name)) {
                add(name, metric);
            }
        });
        families.gauge("kafka_metrics_unreadable", Labels.EMPTY, unreadable);
    }

    private static boolean isShown(MetricName name) {
        boolean ofTopic = name.group().startsWith("consumer") && name.tags().containsKey("topic");
        return GROUPS.contains(name.group()) && (!ofTopic || name.name().equals(LAG));
    }

    private void add(MetricName metricName, Metric metric) {
        if (!(read(metricName, metric) instanceof Number number)) {
            return;
        }
        double value = number.doubleValue();
        if (Double.isNaN(value)) {
            return;
        }
        var name = Families.sanitised("kafka_" + metricName.group() + "_" + metricName.name());
        if (Families.isCounter(name)) {
            families.counter(name, labels(metricName), value);
        } else {
            families.gauge(name, labels(metricName), value);
        }
    }

    /** A store's metric fails while the store closes; that must not cost the rest of the page. */
    private Object read(MetricName name, Metric metric) {
        try {
            return metric.metricValue();
        } catch (RuntimeException e) {
            unreadable++;
            LOG.debug("metric {} cannot be read", name, e);
            return null;
        }
    }

    private static Labels labels(MetricName name) {
        var builder = Labels.builder();
        new TreeMap<>(name.tags()).forEach((tag, value) -> builder.label(Families.sanitised(tag), value));
        return builder.build();
    }
}
