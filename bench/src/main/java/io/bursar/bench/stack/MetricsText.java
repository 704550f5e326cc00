package io.bursar.bench.stack;

import java.util.stream.DoubleStream;

/** A metrics page in Prometheus' text format. */
public record MetricsText(String page) {
    /**
     * The values of all series of a metric.
     *
     * @param name without labels
     * @param part that the labels of a series must contain; empty for all
     */
    public DoubleStream values(String name, String part) {
        return page.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(part))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
    }
}
