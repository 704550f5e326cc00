package io.bursar.topology.settings;

import java.util.Locale;
import java.util.Map;

/**
 * What an instance is tuned for: other defaults for some settings. A setting that a source gives always wins. The options
 * of the JVM that go with it are in {@code cli/src/main/resources/jvm}.
 */
public enum Profile {
    /** Every setting's own default. */
    BALANCED("Nothing else was asked for: most of the throughput at waits of some 25 ms.", Map.of()),

    /** Most commands per second. */
    THROUGHPUT(
            "Backlogs, replays, and clients who do not wait for answers.",
            Map.of(
                    // Fewer transactions, so more of broker and cores for records; every answer waits for it.
                    Name.COMMIT_INTERVAL,
                    "100",
                    // One per core of the machine that this was measured on; each more costs transactions of its own.
                    Name.THREADS,
                    "2",
                    // Accounts and orders are found in memory when they are many; the memory is all it costs.
                    Name.ROCKSDB_MEMORY,
                    "512")),

    /** The shortest wait for an answer. */
    LATENCY(
            "Clients who wait for each answer, at rates well below what the machine can do.",
            Map.of(
                    // Answers wait less for their commit. With the thread and the linger below, a third to a half of
                    // the throughput is gone.
                    Name.COMMIT_INTERVAL,
                    "5",
                    // Streams lets records wait for the commit, which then waits for the broker to take them all. Sent
                    // while the transaction is open they make the commit shorter by 2 ms, and cost three times as many
                    // requests.
                    "kafka.producer.linger.ms",
                    "1",
                    // Each transaction takes some 3 ms of the broker's CPU time: with one thread there is room for
                    // transactions this short. It costs the second core.
                    Name.THREADS,
                    "1",
                    Name.ROCKSDB_MEMORY,
                    "256")),

    /** An instance in 512 MiB. */
    SMALL(
            "An instance in 512 MiB, with few accounts and some four partitions.",
            Map.of(
                    // Few transactions leave the most of a small machine; every answer waits for it.
                    Name.COMMIT_INTERVAL,
                    "100",
                    // Each thread has clients and buffers of its own; one is slower where there are more cores.
                    Name.THREADS,
                    "1",
                    // Less of everything; reads of more rows than fit go to the disk.
                    Name.MEMORY,
                    "512",
                    // Half of Kafka's, and the least there can be: the largest account row has to fit. A slow broker
                    // blocks the thread earlier.
                    "kafka.producer.buffer.memory",
                    "16777216",
                    // A quarter of Bursar's usual: partitions that are written together hold less of the buffer.
                    // More and smaller batches cost the broker some work under load.
                    "kafka.producer.batch.size",
                    "65536",
                    // A sixth of Kafka's 50 MiB: one answer of a broker takes no more of the heap. Catching up
                    // takes more requests.
                    "kafka.consumer.fetch.max.bytes",
                    "8388608",
                    // A quarter of Kafka's: less is held of a partition that waits for its turn, for the same price.
                    "kafka.consumer.max.partition.fetch.bytes",
                    "262144"));

    /** The constants of {@link Settings} are made from this class, so they cannot be used here. */
    private static final class Name {
        static final String COMMIT_INTERVAL = "commit.interval.ms";
        static final String THREADS = "num.stream.threads";
        static final String MEMORY = "memory.mb";
        static final String ROCKSDB_MEMORY = "rocksdb.memory.mb";
    }

    private final String use;

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<String, String> defaults;

    Profile(String use, Map<String, String> defaults) {
        this.use = use;
        this.defaults = defaults;
    }

    /** Its name as a value of the setting {@code profile}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is good for, one sentence. */
    String use() {
        return use;
    }

    /** Texts by full name of the setting; those of Kafka begin with {@code kafka.}. */
    Map<String, String> defaults() {
        return defaults;
    }
}
