package io.bursar.bench.recovery;

import io.bursar.bench.figures.Figure;
import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.BursarProcess;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Footprint;
import io.bursar.bench.stack.GroupProgress;
import io.bursar.bench.stack.Progress;
import io.bursar.topology.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Kills Bursar, starts it with and without its state, and lets another instance take over. */
public final class RecoveryBench {
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final String STANDBYS = "kafka_stream_state_updater_metrics_standby_updating_tasks";
    private static final String LAG = "kafka_consumer_fetch_manager_metrics_records_lag";

    /** A standby is never at the very end while commands run; this much takes it no time. */
    private static final double SMALL_LAG = 1_000;

    private final Deployment deployment;
    private final Size size;
    private final Progress progress;
    private final Probes probes;

    /** How much of it; accounts and orders are those that the deployment has. */
    public record Size(int rounds, int accounts, int openOrders) {}

    public RecoveryBench(Deployment deployment, Size size, Progress progress) {
        this.deployment = deployment;
        this.size = size;
        this.progress = progress;
        this.probes = new Probes(deployment);
    }

    /** No Bursar may run on the deployment, and none does afterwards. */
    public Recovery run() throws InterruptedException {
        var restarts = restarts();
        long records = changelogRecords();
        var restores = restores();
        var failovers = failovers();
        return new Recovery(
                size.accounts(),
                size.openOrders(),
                restarts,
                records,
                Figure.of(restores, Double::doubleValue),
                Figure.of(restores, seconds -> records / seconds),
                failovers);
    }

    private Figure restarts() throws InterruptedException {
        var seconds = new ArrayList<Double>();
        var bursar = start(1, Map.of()).awaitReady();
        try {
            // Something has to be open in a transaction, as it is when an instance is lost in the middle of its work.
            var unused = probes.secondsUntilDecided(Instant.now());
            for (int i = 0; i < size.rounds(); i++) {
                var killedAt = Instant.now();
                bursar.kill();
                bursar = start(1, Map.of());
                seconds.add(probes.secondsUntilDecided(killedAt));
                progress.say("recovery, restart after SIGKILL: %.1f s", seconds.getLast());
                bursar.awaitReady();
            }
        } finally {
            bursar.close();
        }
        return Figure.of(seconds, Double::doubleValue);
    }

    private List<Double> restores() throws InterruptedException {
        var seconds = new ArrayList<Double>();
        for (int i = 0; i < size.rounds(); i++) {
            Footprint.remove(stateFolder(1));
            var startedAt = Instant.now();
            try (var bursar = start(1, Map.of())) {
                seconds.add(probes.secondsUntilDecided(startedAt));
                bursar.requireAlive();
            }
            progress.say("recovery, restore of all state: %.1f s", seconds.getLast());
        }
        return seconds;
    }

    /** Transactions' markers count as well, of which there are few. */
    private long changelogRecords() throws InterruptedException {
        return GroupProgress.sum(GroupProgress.ends(deployment.admin(), List.of(deployment.changelog())));
    }

    private Figure failovers() throws InterruptedException {
        var standbys = Map.of(Settings.NUM_STANDBY_REPLICAS.name(), "1");
        var seconds = new ArrayList<Double>();
        var active = start(1, standbys);
        var standby = start(2, standbys);
        try {
            active.awaitReady();
            for (int i = 0; i < size.rounds(); i++) {
                awaitCaughtUp(active, standby);
                var unused = probes.secondsUntilDecided(Instant.now());
                var killedAt = Instant.now();
                active.kill();
                seconds.add(probes.secondsUntilDecided(killedAt));
                progress.say("recovery, failover to a standby: %.1f s", seconds.getLast());
                active = standby;
                standby = start(i % 2 + 1, standbys);
            }
        } finally {
            standby.close();
            active.close();
        }
        return Figure.of(seconds, Double::doubleValue);
    }

    /** Every store has a standby, on the one or on the other: Streams shares out what both could take. */
    private void awaitCaughtUp(BursarProcess active, BursarProcess standby) throws InterruptedException {
        standby.awaitReady();
        int expected = deployment.tasksWithStores();
        long deadline = System.nanoTime() + CAUGHT_UP_WITHIN.toNanos();
        while (true) {
            double standbys = values(STANDBYS, "", active, standby).sum();
            double lag = values(LAG, "topic=\"" + deployment.changelog() + "\"", active, standby)
                    .max()
                    .orElse(0);
            if (standbys == expected && lag < SMALL_LAG) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new BenchException("%.0f of %d stores have a standby after %d s, and one lacks %.0f records"
                        .formatted(standbys, expected, CAUGHT_UP_WITHIN.toSeconds(), lag));
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static DoubleStream values(String metric, String labels, BursarProcess active, BursarProcess standby)
            throws InterruptedException {
        return DoubleStream.concat(
                active.metrics().values(metric, labels), standby.metrics().values(metric, labels));
    }

    private BursarProcess start(int instance, Map<String, String> settings) {
        var flags = deployment.flags(settings);
        flags.put(Settings.GROUP_INSTANCE_ID.name(), deployment.name() + "-" + instance);
        flags.put(Settings.STATE_DIR.name(), stateFolder(instance).toString());
        var log = deployment.stateFolder().resolveSibling(deployment.name() + "-" + instance + ".log");
        return BursarProcess.start(flags, log);
    }

    /** The first instance goes on with what the deployment has. */
    private Path stateFolder(int instance) {
        var first = deployment.stateFolder();
        return instance == 1 ? first : first.resolveSibling(deployment.name() + "-" + instance);
    }
}
