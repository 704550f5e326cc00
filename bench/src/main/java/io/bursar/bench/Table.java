package io.bursar.bench;

import io.bursar.bench.throughput.Throughput;
import java.io.PrintWriter;

/** The figures for people, one line each. */
final class Table {
    private static final String LINE = "  %-44s %s%n";

    private final Report report;
    private PrintWriter out;

    Table(Report report) {
        this.report = report;
    }

    void print(PrintWriter writer) {
        out = writer;
        var machine = report.machine();
        out.printf(
                "%n%s, %d cores, %,d MiB, JDK %s%n",
                machine.cpu(), machine.cores(), machine.memoryBytes() >> 20, machine.jdk());
        out.println("Median of the rounds, and the smallest and largest of them in brackets.");
        if (report.throughput() != null) {
            print(report.throughput());
        }
    }

    private void print(Throughput throughput) {
        heading("Throughput, commands per second");
        line("uniform accounts", throughput.uniform().commandsPerSecond());
        line("  limit of the machine", throughput.uniform().limitPerSecond());
        line("  ratio", throughput.uniform().ratioToLimit());
        line("Zipf (0.99) accounts", throughput.zipf().commandsPerSecond());
        line("  limit of the machine", throughput.zipf().limitPerSecond());
        line("  ratio", throughput.zipf().ratioToLimit());
        line("sustained, clients on the same machine", throughput.sustained().commandsPerSecond());
        line("  share of drained", throughput.sustained().shareOfDrained());
    }

    private void heading(String text) {
        out.println();
        out.println(text);
    }

    private void line(String name, Object figure) {
        out.printf(LINE, name, figure);
    }
}
