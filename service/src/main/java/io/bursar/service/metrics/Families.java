package io.bursar.service.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects series and puts those of one name together, as the text format wants it. For one scrape. */
final class Families {
    private static final String COUNTER_SUFFIX = "_total";
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-zA-Z0-9_]");

    private final Map<String, CounterSnapshot.Builder> counters = new HashMap<>();
    private final Map<String, GaugeSnapshot.Builder> gauges = new HashMap<>();
    private final Map<String, SummarySnapshot.Builder> summaries = new HashMap<>();

    /** The text with {@code _} for what names of metrics and labels cannot have. */
    static String sanitised(String text) {
        return NOT_IN_NAMES.matcher(text).replaceAll("_");
    }

    static boolean isCounter(String name) {
        return name.endsWith(COUNTER_SUFFIX);
    }

    /**
     * @param name ends in {@code _total}
     * @param value never falls, from 0 on
     */
    void counter(String name, Labels labels, double value) {
        // The library keeps the suffix out of names and writes it itself.
        var base = name.substring(0, name.length() - COUNTER_SUFFIX.length());
        counters.computeIfAbsent(
                        base, key -> CounterSnapshot.builder().name(key).help(HelpTexts.of(name)))
                .dataPoint(CounterDataPointSnapshot.builder()
                        .labels(labels)
                        .value(value)
                        .build());
    }

    void gauge(String name, Labels labels, double value) {
        gauges.computeIfAbsent(name, key -> GaugeSnapshot.builder().name(key).help(HelpTexts.of(name)))
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels)
                        .value(value)
                        .build());
    }

    void summary(String name, SummaryDataPointSnapshot point) {
        summaries
                .computeIfAbsent(name, key -> SummarySnapshot.builder().name(key))
                .dataPoint(point);
    }

    /** Everything collected. */
    MetricSnapshots all() {
        var all = MetricSnapshots.builder();
        counters.values().forEach(family -> all.metricSnapshot(family.build()));
        gauges.values().forEach(family -> all.metricSnapshot(family.build()));
        summaries.values().forEach(family -> all.metricSnapshot(family.build()));
        return all.build();
    }
}
