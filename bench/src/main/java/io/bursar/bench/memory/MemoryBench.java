package io.bursar.bench.memory;

import io.bursar.bench.stack.BursarProcess;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Footprint;
import io.bursar.bench.stack.Progress;
import io.bursar.bench.workload.Distribution;
import io.bursar.bench.workload.Market;
import io.bursar.bench.workload.Mix;
import io.bursar.bench.workload.Population;
import io.bursar.bench.workload.TradingFlow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Fills a Bursar that runs as a process, and looks at it before, between and after. */
public final class MemoryBench {
    private final Deployment deployment;
    private final Size size;
    private final Progress progress;

    /** How much of it. */
    public record Size(int accounts, int openOrders) {}

    public MemoryBench(Deployment deployment, Size size, Progress progress) {
        this.deployment = deployment;
        this.size = size;
        this.progress = progress;
    }

    /** The deployment must be empty; it has the accounts and orders afterwards. */
    public Memory run() throws InterruptedException {
        Population.list(deployment);
        var log = deployment.stateFolder().resolveSibling(deployment.name() + ".log");
        try (var bursar = BursarProcess.start(deployment.flags(Map.of()), log).awaitReady()) {
            var empty = look(bursar);
            progress.say("memory: making %,d accounts", size.accounts());
            Population.open(deployment, size.accounts(), List.of(Market.USD), bursar::requireAlive);
            var withAccounts = look(bursar);
            progress.say("memory: placing %,d orders", size.openOrders());
            var flow = new TradingFlow(deployment.topics(), "open", Mix.ORDERS, Distribution.UNIFORM, size.accounts());
            Population.place(deployment, flow, size.openOrders(), bursar::requireAlive);
            return new Memory(size.accounts(), size.openOrders(), empty, withAccounts, look(bursar));
        }
    }

    private Memory.State look(BursarProcess bursar) throws InterruptedException {
        collectGarbage(bursar.pid());
        var metrics = bursar.metrics();
        return new Memory.State(
                (long) metrics.values("jvm_memory_used_bytes", "area=\"heap\"")
                        .findFirst()
                        .orElse(0),
                (long) metrics.values("rocksdb_memory_bytes", "").findFirst().orElseThrow(),
                Footprint.residentBytes(bursar.pid()),
                Footprint.folderBytes(deployment.stateFolder()),
                Footprint.topicBytes(deployment.admin(), deployment.changelog()));
    }

    /** Without jcmd, the heap shows garbage as well. */
    private static void collectGarbage(long pid) throws InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return;
        }
        try {
            new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("jcmd cannot be started", e);
        }
    }
}
