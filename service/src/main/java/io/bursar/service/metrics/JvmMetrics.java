package io.bursar.service.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** Memory, garbage collection and threads, under the names that dashboards for Java know. */
final class JvmMetrics {
    private static final double MILLIS_PER_SECOND = 1e3;

    private final Families families;

    JvmMetrics(Families families) {
        this.families = families;
    }

    void add() {
        var memory = ManagementFactory.getMemoryMXBean();
        add("heap", memory.getHeapMemoryUsage());
        add("nonheap", memory.getNonHeapMemoryUsage());
        ManagementFactory.getGarbageCollectorMXBeans().forEach(this::add);
        var threads = ManagementFactory.getThreadMXBean();
        families.gauge("jvm_threads_current", Labels.EMPTY, threads.getThreadCount());
        families.gauge("jvm_threads_daemon", Labels.EMPTY, threads.getDaemonThreadCount());
        families.gauge("jvm_threads_peak", Labels.EMPTY, threads.getPeakThreadCount());
    }

    private void add(String area, MemoryUsage usage) {
        var labels = Labels.of("area", area);
        families.gauge("jvm_memory_used_bytes", labels, (double) usage.getUsed());
        families.gauge("jvm_memory_committed_bytes", labels, (double) usage.getCommitted());
        families.gauge("jvm_memory_max_bytes", labels, (double) usage.getMax());
    }

    private void add(GarbageCollectorMXBean collector) {
        families.summary(
                "jvm_gc_collection_seconds",
                SummaryDataPointSnapshot.builder()
                        .labels(Labels.of("gc", collector.getName()))
                        .count(collector.getCollectionCount())
                        .sum(collector.getCollectionTime() / MILLIS_PER_SECOND)
                        .build());
    }
}
