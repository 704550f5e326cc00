package io.bursar.service.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Counting;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Sampling;
import com.codahale.metrics.Timer;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.regex.Pattern;

/** Bursar's own metrics. The library's exporter cannot read a label out of a name, so this does. */
final class DropwizardMetrics {
    private static final Pattern WITH_LABEL = Pattern.compile("(?<name>[^{]+)\\{(?<label>[^=]+)=\"(?<value>[^\"]*)\"}");
    private static final double NANOS_PER_SECOND = 1e9;

    private final Families families;

    DropwizardMetrics(Families families) {
        this.families = families;
    }

    void add(MetricRegistry registry) {
        registry.getMetrics().forEach(this::add);
    }

    private void add(String text, Metric metric) {
        var match = WITH_LABEL.matcher(text);
        if (match.matches()) {
            var labels = Labels.of(Families.sanitised(match.group("label")), match.group("value"));
            add(Families.sanitised(match.group("name")), labels, metric);
        } else {
            add(Families.sanitised(text), Labels.EMPTY, metric);
        }
    }

    private void add(String name, Labels labels, Metric metric) {
        switch (metric) {
            case Counter counter -> count(name, labels, counter);
            case Meter meter -> count(name, labels, meter);
            case Gauge<?> gauge -> gauge(name, labels, gauge.getValue());
            case Histogram histogram -> summary(name, labels, histogram, histogram, 1);
            case Timer timer -> summary(name, labels, timer, timer, NANOS_PER_SECOND);
            default -> throw new IllegalStateException("metric " + name + " is of a kind that cannot be shown");
        }
    }

    private void count(String name, Labels labels, Counting counting) {
        // Prometheus knows no other numbers; up to 2^53 they are exact.
        double count = (double) counting.getCount();
        if (Families.isCounter(name)) {
            families.counter(name, labels, count);
        } else {
            families.gauge(name, labels, count);
        }
    }

    private void gauge(String name, Labels labels, Object value) {
        if (value instanceof Number number) {
            families.gauge(name, labels, number.doubleValue());
        }
    }

    private void summary(String name, Labels labels, Counting counting, Sampling sampling, double unit) {
        var snapshot = sampling.getSnapshot();
        var quantiles = Quantiles.builder()
                .quantile(new Quantile(0.5, snapshot.getMedian() / unit))
                .quantile(new Quantile(0.95, snapshot.get95thPercentile() / unit))
                .quantile(new Quantile(0.99, snapshot.get99thPercentile() / unit))
                .quantile(new Quantile(0.999, snapshot.get999thPercentile() / unit))
                .build();
        families.summary(
                name,
                SummaryDataPointSnapshot.builder()
                        .labels(labels)
                        .count(counting.getCount())
                        .quantiles(quantiles)
                        .build());
    }
}
