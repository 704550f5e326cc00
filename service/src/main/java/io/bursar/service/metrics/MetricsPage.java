package io.bursar.service.metrics;

import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Everything that can be scraped from one instance. Thread-safe. */
public final class MetricsPage {
    /** Of what {@link #render} gives. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final MetricRegistry own;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /**
     * A page with the metrics of an application.
     *
     * @param own its own; a name with a label is written as {@code name{label="value"}}
     */
    public MetricsPage(MetricRegistry own) {
        this.own = own;
    }

    /**
     * The page as of now.
     *
     * @param kafka metrics of Kafka Streams and its clients, of which the useful ones are taken
     */
    public byte[] render(Map<MetricName, ? extends Metric> kafka) {
        var families = new Families();
        new DropwizardMetrics(families).add(own);
        new KafkaMetrics(families).add(kafka);
        new JvmMetrics(families).add();
        var page = new ByteArrayOutputStream();
        try {
            writer.write(page, families.all(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return page.toByteArray();
    }
}
