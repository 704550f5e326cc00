package io.bursar.service.desk;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.Router;
import io.bursar.schemas.Micros;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the desk what a router has given, on a thread of its own that no request waits for. What cannot be told now is told
 * later, as counts add up from the start; what a closing instance has given in the last moments is not told.
 */
final class RoutingPublisher implements AutoCloseable {
    /** Metric: how often publishing has failed. */
    static final String FAILURES = "routing_publish_failures_total";

    private static final Logger LOG = LoggerFactory.getLogger(RoutingPublisher.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Router router;
    private final Supplier<? extends DeskAccess> desk;
    private final InstantSource clock;
    private final Counter failures;
    private final Thread thread = new Thread(this::run, "routing-counts");
    private boolean isFailing;

    RoutingPublisher(Router router, Supplier<? extends DeskAccess> desk, InstantSource clock, MetricRegistry metrics) {
        this.router = router;
        this.desk = desk;
        this.clock = clock;
        this.failures = metrics.counter(FAILURES);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(PAUSE);
                publish();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish() throws InterruptedException {
        if (!router.hasCounts()) {
            return;
        }
        try {
            var access = desk.get();
            router.forgetUnless(id -> access.copy().account(id).isPresent());
            var reports = router.unpublished(Micros.floor(clock.instant()));
            for (var report : reports) {
                if (access.copy().account(report.getAccountId()).isPresent()) {
                    access.publish(report);
                    router.published(report);
                }
            }
            if (isFailing && !reports.isEmpty()) {
                isFailing = false;
                LOG.info("the counts of routing are published again");
            }
        } catch (RuntimeException e) {
            // Whatever it is: the next round tries again, and the thread must not end over it.
            failures.inc();
            if (!isFailing && !Thread.currentThread().isInterrupted()) {
                isFailing = true;
                LOG.warn("the counts of routing are not published; trying again every {} ms", PAUSE.toMillis(), e);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
