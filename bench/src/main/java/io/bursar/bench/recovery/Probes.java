package io.bursar.bench.recovery;

import io.bursar.bench.stack.BenchException;
import io.bursar.bench.stack.DecisionTimes;
import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.JournalTally;
import io.bursar.bench.workload.Accounts;
import io.bursar.bench.workload.Message;
import io.bursar.bench.workload.MessageProducer;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Small deposits, one after the other for an account in every partition, which show when decisions are made again. */
final class Probes {
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(20);
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(3);
    private static final double MICROS_PER_SECOND = 1e6;

    private final Deployment deployment;
    private final Map<Integer, String> accounts;
    private long sent;

    Probes(Deployment deployment) {
        this.deployment = deployment;
        accounts = accountOfEachPartition(deployment.topics().partitions());
    }

    private static Map<Integer, String> accountOfEachPartition(int partitions) {
        var found = new TreeMap<Integer, String>();
        for (int number = 0; found.size() < partitions; number++) {
            var id = Accounts.id(number);
            int hash = Utils.toPositive(Utils.murmur2(id.getBytes(StandardCharsets.UTF_8)));
            found.putIfAbsent(hash % partitions, id);
        }
        return found;
    }

    /**
     * Returns the seconds from then until committed decisions of commands that were sent after it had been read from
     * every partition of the journal.
     */
    double secondsUntilDecided(Instant then) throws InterruptedException {
        var times = new DecisionTimes();
        long thenMicros = Micros.of(then);
        var silent = new HashSet<>(accounts.keySet());
        long deadline = System.nanoTime() + LONGEST_OUTAGE.toNanos();
        try (var producer = MessageProducer.forSingleMessages(deployment);
                var consumer = JournalTally.consumer(deployment)) {
            var partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            while (!silent.isEmpty()) {
                accounts.values().forEach(account -> producer.send(probe(account)));
                consumer.poll(BETWEEN_PROBES).forEach(entry -> {
                    if (times.occurredAtMicros(entry) > thenMicros) {
                        silent.remove(entry.partition());
                    }
                });
                if (System.nanoTime() > deadline) {
                    throw new BenchException("partitions " + silent + " decide nothing " + LONGEST_OUTAGE.toSeconds()
                            + " s after the instance was lost");
                }
                Thread.sleep(1);
            }
            return (DecisionTimes.nowMicros() - thenMicros) / MICROS_PER_SECOND;
        }
    }

    private Collection<TopicPartition> partitions() {
        return IntStream.range(0, accounts.size())
                .mapToObj(number -> new TopicPartition(deployment.topics().journal(), number))
                .toList();
    }

    private Message probe(String account) {
        sent++;
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var deposit = new BalanceUpdate("probe-" + sent, account, now, new Deposit("USD", 1L, null, null));
        return new Message(deployment.topics().balanceUpdates(), account, deposit);
    }
}
