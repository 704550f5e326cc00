package io.bursar.bench.queries;

import io.bursar.bench.figures.Figure;
import io.bursar.bench.figures.Latency;
import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Progress;
import io.bursar.bench.stack.RunningBursar;
import io.bursar.bench.workload.Accounts;
import io.bursar.bench.workload.Distribution;
import io.bursar.bench.workload.MessageProducer;
import io.bursar.bench.workload.Mix;
import io.bursar.bench.workload.OpenLoop;
import io.bursar.bench.workload.TradingFlow;
import io.bursar.service.HttpService;
import io.bursar.topology.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** Asks for accounts with their balances while commands run. */
public final class QueriesBench {
    private static final int CLIENTS = 4;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Deployment deployment;
    private final Size size;
    private final Progress progress;

    /**
     * How much of it.
     *
     * @param accounts that the deployment has
     * @param perRound how long is asked
     */
    public record Size(int rounds, int accounts, Duration perRound) {}

    public QueriesBench(Deployment deployment, Size size, Progress progress) {
        this.deployment = deployment;
        this.size = size;
        this.progress = progress;
    }

    /** @param commandsPerSecond that are sent meanwhile */
    public Queries run(double commandsPerSecond) throws InterruptedException {
        var settings = deployment.settings(Map.of(Settings.HTTP_PORT.name(), "0", Settings.HTTP_AUTH.name(), "none"));
        try (var bursar = RunningBursar.start(settings).awaitReady();
                var http = new HttpService(bursar.bursar())) {
            http.start();
            var queries = bursar.bursar().queries();
            var direct = series("direct", commandsPerSecond, account -> {
                if (queries.namedAccount(account).isEmpty()) {
                    throw new BenchException(account + " is not there");
                }
            });
            var address = "http://127.0.0.1:" + http.port() + "/api/v1/accounts/%s/balances";
            var overHttp = series("HTTP", commandsPerSecond, account -> get(URI.create(address.formatted(account))));
            return new Queries(CLIENTS, commandsPerSecond, direct, overHttp);
        }
    }

    /** Asks once, and makes sure that there is an answer. */
    private interface Query {
        void ask(String account);
    }

    /** Blocks in the thread that asks: a client with threads of its own would take the cores from what is measured. */
    private static void get(URI uri) {
        try {
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new BenchException(uri + " answers with " + connection.getResponseCode());
            }
            // Read to its end, the connection is used again.
            try (var body = connection.getInputStream()) {
                body.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(uri + " does not answer", e);
        }
    }

    private QuerySeries series(String name, double commandsPerSecond, Query query) throws InterruptedException {
        var perSecond = new ArrayList<Double>();
        var latencies = new ArrayList<Histogram>();
        var flow = new TradingFlow(
                deployment.topics(),
                "queries" + deployment.nextRun(),
                Mix.USUAL,
                Distribution.UNIFORM,
                size.accounts());
        for (int i = 0; i <= size.rounds(); i++) {
            var round = round(flow, commandsPerSecond, query);
            // The first is a warm-up.
            if (i > 0) {
                perSecond.add(round.perSecond());
                latencies.add(round.latencies());
            }
        }
        var series = new QuerySeries(Figure.of(perSecond, Double::doubleValue), Latency.of(latencies));
        progress.say("queries, %s: %,.0f/s", name, series.perSecond().median());
        return series;
    }

    private record Round(double perSecond, Histogram latencies) {}

    private Round round(TradingFlow flow, double commandsPerSecond, Query query) throws InterruptedException {
        try (var producer = MessageProducer.forSingleMessages(deployment);
                var threads = Executors.newFixedThreadPool(CLIENTS + 1)) {
            long end = System.nanoTime() + size.perRound().toNanos();
            var sending = threads.submit(() -> OpenLoop.run(producer, flow, commandsPerSecond, size.perRound()));
            var asking = new ArrayList<Future<Histogram>>();
            for (int i = 0; i < CLIENTS; i++) {
                var accounts = new SplittableRandom(i);
                asking.add(threads.submit(() -> askUntil(end, query, accounts)));
            }
            var all = merged(asking);
            var unused = sending.get();
            return new Round(all.getTotalCount() / (size.perRound().toNanos() / NANOS_PER_SECOND), all);
        } catch (ExecutionException e) {
            throw new BenchException("the queries failed: " + e.getCause(), e.getCause());
        }
    }

    private Histogram askUntil(long end, Query query, SplittableRandom accounts) {
        var histogram = Latency.histogram();
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            query.ask(Accounts.id(accounts.nextInt(size.accounts())));
            Latency.record(histogram, (System.nanoTime() - start) / 1_000);
        }
        return histogram;
    }

    private static Histogram merged(List<Future<Histogram>> parts) throws InterruptedException, ExecutionException {
        var all = Latency.histogram();
        for (var part : parts) {
            all.add(part.get());
        }
        return all;
    }
}
