package io.bursar.bench;

import io.bursar.bench.core.Core;
import io.bursar.bench.core.Decision;
import io.bursar.bench.figures.Figure;
import io.bursar.bench.growth.GrowthPoint;
import io.bursar.bench.latency.LatencyPoint;
import io.bursar.bench.memory.Memory;
import io.bursar.bench.postgres.Postgres;
import io.bursar.bench.queries.Queries;
import io.bursar.bench.queries.QuerySeries;
import io.bursar.bench.recovery.Recovery;
import io.bursar.bench.throughput.Series;
import io.bursar.bench.throughput.Throughput;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;

/** The figures for people, one line each. */
final class Table {
    private static final double BYTES_PER_MIB = 1 << 20;

    private final Report report;
    private final PrintWriter out;

    Table(Report report, PrintWriter out) {
        this.report = report;
        this.out = out;
    }

    void print() {
        var machine = report.machine();
        out.printf(
                "%n%s, %d cores, %,d MiB, %s%n",
                machine.cpu(), machine.cores(), machine.memoryBytes() >> 20, machine.jdk());
        out.println("The median of the rounds, and the smallest and the largest of them in brackets.");
        ifMeasured(report.throughput(), this::print);
        ifMeasured(report.latency(), this::printLatency);
        ifMeasured(report.queries(), this::print);
        ifMeasured(report.memory(), this::print);
        ifMeasured(report.recovery(), this::print);
        ifMeasured(report.growth(), this::printGrowth);
        ifMeasured(report.postgres(), this::print);
        ifMeasured(report.core(), this::print);
        out.println();
    }

    private static <T> void ifMeasured(T part, Consumer<T> printer) {
        if (part != null) {
            printer.accept(part);
        }
    }

    private void print(Throughput throughput) {
        heading("Throughput: commands per second of a drained backlog");
        print("uniform accounts", throughput.uniform());
        print("accounts by Zipf (0.99)", throughput.zipf());
        line("sustained, clients on the same machine", throughput.sustained().commandsPerSecond());
        line("  share of drained", throughput.sustained().shareOfDrained());
    }

    private void print(String name, Series series) {
        line(name, series.commandsPerSecond());
        line("  limit of the machine, records per second", series.limitPerSecond());
        line("  ratio to the limit", series.ratioToLimit());
    }

    private void printLatency(List<LatencyPoint> points) {
        heading("Latency: milliseconds from sending a command to having read its decision");
        for (var point : points) {
            out.printf("  commit every %d ms, %,.0f commands/s%n", point.commitIntervalMs(), point.commandsPerSecond());
            line("  p50", point.latency().p50Ms());
            line("  p99", point.latency().p99Ms());
            line("  p99.9", point.latency().p999Ms());
            line("  longest", point.latency().maxMs());
        }
    }

    private void print(Queries queries) {
        heading("Queries per second, by %d clients, beside %,.0f commands/s"
                .formatted(queries.clients(), queries.commandsPerSecond()));
        print("within the process", queries.direct());
        print("over HTTP", queries.http());
    }

    private void print(String name, QuerySeries series) {
        line(name, series.perSecond());
        line("  p99, ms", series.latency().p99Ms());
    }

    private void print(Memory memory) {
        heading("Memory: MiB with %,d accounts and %,d open orders".formatted(memory.accounts(), memory.openOrders()));
        var state = memory.withOrders();
        line("heap used", mib(state.heapUsedBytes()));
        line("RocksDB", mib(state.rocksDbBytes()));
        line("resident", mib(state.residentBytes()));
        line("disk, bytes per account", Figure.readable(memory.diskBytesPerAccount()));
        line("disk, bytes per open order", Figure.readable(memory.diskBytesPerOpenOrder()));
        line("changelog, bytes per account", Figure.readable(memory.changelogBytesPerAccount()));
        line("changelog, bytes per open order", Figure.readable(memory.changelogBytesPerOpenOrder()));
    }

    private static String mib(long bytes) {
        return Figure.readable(bytes / BYTES_PER_MIB);
    }

    private void print(Recovery recovery) {
        heading("Recovery: seconds until all partitions decide again, %,d accounts and %,d open orders"
                .formatted(recovery.accounts(), recovery.openOrders()));
        line("restart after SIGKILL, same state folder", recovery.restartSeconds());
        line("restart with an empty state folder", recovery.restoreSeconds());
        line("  restored records per second", recovery.restoredRecordsPerSecond());
        line("failover to a standby after SIGKILL", recovery.failoverSeconds());
    }

    private void printGrowth(List<GrowthPoint> points) {
        heading("Growth");
        for (var point : points) {
            out.printf("  %,d open orders%n", point.openOrders());
            line("  commands per second", point.commandsPerSecond());
            line("  p99 at half that rate, ms", point.latency().p99Ms());
        }
    }

    private void print(Postgres postgres) {
        heading("PostgreSQL %s: commands per second, %d connections"
                .formatted(postgres.version(), postgres.connections()));
        line("fsyncs per second of this disk", Figure.readable(postgres.fsyncsPerSecond()));
        line("a transaction for each command", postgres.singleCommandsPerSecond());
        ifMeasured(postgres.bursarToSingle(), ratio -> line("  ratio of Bursar to it", Figure.readable(ratio)));
        line("transactions of " + postgres.batch() + " commands", postgres.batchedCommandsPerSecond());
        ifMeasured(postgres.bursarToBatched(), ratio -> line("  ratio of Bursar to it", Figure.readable(ratio)));
    }

    private void print(Core core) {
        heading("Core: decisions per second of one thread");
        print("place", core.place());
        print("fill", core.fill());
        print("cancel", core.cancel());
        print("rejection", core.rejection());
    }

    private void print(String name, Decision decision) {
        line(name, decision.perSecond());
        line("  of commands that have their content hash", decision.rulesPerSecond());
        line("  bytes allocated for each", decision.bytesAllocated());
    }

    private void heading(String text) {
        out.println();
        out.println(text);
    }

    private void line(String name, Object figure) {
        out.printf("  %-46s %s%n", name, figure);
    }
}
