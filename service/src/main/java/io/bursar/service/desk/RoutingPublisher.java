package io.bursar.service.desk;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import io.bursar.desk.Router;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the desk what a router has given, on a thread of its own that no request waits for. What cannot be told now is told
 * later, as counts add up from the start; what an instance gives after its last call of {@link #publish} is not told.
 */
final class RoutingPublisher implements AutoCloseable {
    /** Metric: how often publishing has failed. */
    static final String FAILURES = "routing_publish_failures_total";

    private static final Logger LOG = LoggerFactory.getLogger(RoutingPublisher.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Bounds what routing costs the desk: a hundred reports a second, however many accounts are given. */
    private static final int MOST_AT_ONCE = 20;

    /** Bounds what routing costs an instance that stops: a second or two. */
    private static final int MOST_AT_LAST = 500;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Router router;
    private final DeskCommands commands;
    private final Counter failures;
    private final Thread thread = new Thread(this::run, "routing-counts");
    private boolean isFailing;

    RoutingPublisher(Router router, DeskCommands commands, MetricRegistry metrics) {
        this.router = router;
        this.commands = commands;
        this.failures = metrics.counter(FAILURES);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(PAUSE);
                publish(MOST_AT_ONCE);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells at once what has not been told, for an instance that stops; what cannot be told now is left. */
    void publish() throws InterruptedException {
        publish(MOST_AT_LAST);
    }

    private synchronized void publish(int atMost) throws InterruptedException {
        if (!router.hasCounts()) {
            return;
        }
        try {
            var access = commands.desk();
            router.forgetUnless(id -> access.copy().account(id).isPresent());
            var reports = router.unpublished(commands.now());
            for (var report : reports.stream().limit(atMost).toList()) {
                access.publish(report);
                router.published(report);
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
