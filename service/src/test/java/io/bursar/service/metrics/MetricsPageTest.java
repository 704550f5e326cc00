package io.bursar.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

final class MetricsPageTest {
    private static final Pattern SERIES =
            Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*(\\{[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"]*\".*})? [-+0-9.eEInfNa]+");

    private final MetricRegistry own = new MetricRegistry();
    private final MetricsPage page = new MetricsPage(own);
    private final Map<MetricName, Metric> kafka = new LinkedHashMap<>();

    @Test
    void a_label_in_the_name_becomes_a_label() {
        own.counter("order_rejected_total{reason=\"insufficient_funds\"}").inc(2);
        own.counter("order_rejected_total{reason=\"overfill\"}").inc();

        assertThat(lines())
                .containsSubsequence(
                        "# TYPE order_rejected_total counter",
                        "order_rejected_total{reason=\"insufficient_funds\"} 2.0",
                        "order_rejected_total{reason=\"overfill\"} 1.0")
                .containsOnlyOnce("# TYPE order_rejected_total counter");
    }

    @Test
    void only_what_never_falls_is_a_counter() {
        own.counter("dead_letters_total").inc(3);
        own.counter("open_things").inc(4);
        own.register("registry_waiting_partitions", (Gauge<Integer>) () -> 5);
        own.register("not_a_number", (Gauge<String>) () -> "text");

        assertThat(lines())
                .contains("# TYPE dead_letters_total counter", "dead_letters_total 3.0")
                .contains("# TYPE open_things gauge", "open_things 4.0")
                .contains("# TYPE registry_waiting_partitions gauge", "registry_waiting_partitions 5.0")
                .noneMatch(line -> line.startsWith("not_a_number"));
    }

    @Test
    void timers_are_in_seconds() {
        own.timer("decision_seconds").update(250, TimeUnit.MILLISECONDS);
        own.histogram("record_bytes").update(512);
        own.meter("records_total").mark(7);

        assertThat(lines())
                .contains("decision_seconds{quantile=\"0.5\"} 0.25", "decision_seconds_count 1")
                .contains("record_bytes{quantile=\"0.99\"} 512.0")
                .contains("records_total 7.0");
    }

    @Test
    void kafka_metrics_are_named_by_group_and_name_with_their_tags_as_labels() {
        add("stream-thread-metrics", "process-rate", Map.of("thread-id", "bursar-1"), 12.5);
        add("consumer-fetch-manager-metrics", "records-lag", Map.of("topic", "t", "partition", "3"), 7L);
        add("stream-thread-metrics", "process-total", Map.of("thread-id", "bursar-1"), 99.0);

        assertThat(lines())
                .contains("kafka_stream_thread_metrics_process_rate{thread_id=\"bursar-1\"} 12.5")
                .contains("kafka_consumer_fetch_manager_metrics_records_lag{partition=\"3\",topic=\"t\"} 7.0")
                .contains(
                        "# TYPE kafka_stream_thread_metrics_process_total counter",
                        "kafka_stream_thread_metrics_process_total{thread_id=\"bursar-1\"} 99.0");
    }

    @Test
    void other_groups_and_what_is_not_a_measured_number_are_left_out() {
        add("admin-client-metrics", "request-rate", Map.of(), 1.0);
        add("consumer-fetch-manager-metrics", "records-lead", Map.of("topic", "t", "partition", "3"), 7L);
        add("stream-metrics", "state", Map.of(), "RUNNING");
        add("stream-thread-metrics", "poll-latency-avg", Map.of(), Double.NaN);

        assertThat(lines())
                .filteredOn(line -> line.startsWith("kafka_"))
                .containsExactly("kafka_metrics_unreadable 0.0");
    }

    @Test
    void a_metric_that_cannot_be_read_costs_only_itself() {
        add("stream-state-metrics", "good", Map.of(), 1.0);
        var broken = name("stream-state-metrics", "broken", Map.of());
        kafka.put(broken, new FixedMetric(broken, null) {
            @Override
            public Object metricValue() {
                throw new IllegalStateException("the store is closed");
            }
        });

        assertThat(lines())
                .contains("kafka_metrics_unreadable 1.0", "kafka_stream_state_metrics_good 1.0")
                .noneMatch(line -> line.contains("broken"));
    }

    @Test
    void the_jvm_shows_heap_collections_and_threads() {
        assertThat(lines())
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"} "))
                .anyMatch(line -> line.startsWith("jvm_gc_collection_seconds_count{"))
                .anyMatch(line -> line.startsWith("jvm_threads_current "));
    }

    @Test
    void the_metrics_of_a_real_streams_client_make_a_page_that_can_be_parsed() {
        try (var streams = streams()) {
            kafka.putAll(streams.metrics());
            var lines = lines();

            assertThat(lines)
                    .anyMatch(line -> line.startsWith("kafka_stream_metrics_alive_stream_threads{"))
                    .anyMatch(line -> line.startsWith("kafka_stream_thread_metrics_process_total{"))
                    .anyMatch(line -> line.startsWith("kafka_consumer_coordinator_metrics_rebalance_total{"));
            var series = lines.stream().filter(line -> !line.startsWith("#")).toList();
            assertThat(series).allMatch(line -> SERIES.matcher(line).matches());
            assertThat(series.stream().map(line -> line.substring(0, line.lastIndexOf(' '))))
                    .doesNotHaveDuplicates();
            assertEachFamilyStandsTogether(lines);
        }
    }

    /** A client of no broker: its metrics are there before it connects. */
    private static KafkaStreams streams() {
        var topology = new Topology();
        topology.addSource("in", "in").addSink("out", "out", "in");
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "metrics-page");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        return new KafkaStreams(topology, properties);
    }

    private static void assertEachFamilyStandsTogether(List<String> lines) {
        var types = lines.stream().filter(line -> line.startsWith("# TYPE")).toList();
        assertThat(types).doesNotHaveDuplicates();
        var seen = new HashSet<String>();
        String current = "";
        for (var line : lines) {
            var name = line.startsWith("#") ? line.split(" ", -1)[2] : line.split("[{ ]", -1)[0];
            if (!name.startsWith(current) || current.isEmpty()) {
                assertThat(seen.add(name)).as(name).isTrue();
                current = name;
            }
        }
    }

    private List<String> lines() {
        return new String(page.render(kafka), StandardCharsets.UTF_8).lines().toList();
    }

    private void add(String group, String metric, Map<String, String> tags, Object value) {
        var name = name(group, metric, tags);
        kafka.put(name, new FixedMetric(name, value));
    }

    private static MetricName name(String group, String metric, Map<String, String> tags) {
        return new MetricName(metric, group, "", tags);
    }

    private static class FixedMetric implements Metric {
        private final MetricName name;
        private final Object value;

        FixedMetric(MetricName name, Object value) {
            this.name = name;
            this.value = value;
        }

        @Override
        public MetricName metricName() {
            return name;
        }

        @Override
        public Object metricValue() {
            return value;
        }
    }
}
