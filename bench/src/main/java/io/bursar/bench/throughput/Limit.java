package io.bursar.bench.throughput;

import io.bursar.bench.stack.Deployment;
import io.bursar.bench.stack.Drain;
import io.bursar.bench.stack.GroupProgress;
import io.bursar.bench.stack.KafkaAnswers;
import io.bursar.topology.StreamsConfiguration;
import io.bursar.topology.settings.Profile;
import io.bursar.topology.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What the machine allows: the same input, records like journal entries out, the same transactions, and nothing in
 * between.
 */
final class Limit {
    private static final String NAME = "bench-limit";
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final Deployment deployment;

    Limit(Deployment deployment) throws InterruptedException {
        this.deployment = deployment;
        var output = new NewTopic(NAME, deployment.topics().partitions(), (short) 1);
        if (!KafkaAnswers.await(deployment.admin().listTopics().names()).contains(NAME)) {
            KafkaAnswers.await(deployment.admin().createTopics(List.of(output)).all());
        }
    }

    /**
     * Moves the records of the inputs from these offsets to the end.
     *
     * @param values what it writes, one for each record, in turn
     */
    Drain run(Map<TopicPartition, Long> from, List<byte[]> values) throws InterruptedException {
        // Another group each time: the last one's members are remembered for a while after they have gone.
        var group = NAME + "-" + deployment.nextRun();
        var progress =
                new GroupProgress(deployment.admin(), group, deployment.topics().inputs());
        progress.beginAt(from);
        long to = GroupProgress.sum(progress.ends());
        try (var streams = new KafkaStreams(topology(values), properties(group))) {
            streams.start();
            var drain = Drain.watch(progress, GroupProgress.sum(from), to, () -> {});
            var unused = streams.close(CLOSE_WITHIN);
            return drain;
        }
    }

    private Properties properties(String group) {
        var settings = deployment.settings(
                Profile.THROUGHPUT,
                Map.of(
                        Settings.APPLICATION_ID.name(), group,
                        Settings.GROUP_INSTANCE_ID.name(), group,
                        Settings.STATE_DIR.name(),
                                deployment.stateFolder().resolveSibling(NAME).toString()));
        var properties = new Properties();
        properties.putAll(StreamsConfiguration.of(settings));
        return properties;
    }

    private Topology topology(List<byte[]> values) {
        var topics = deployment.topics();
        return new Topology()
                .addSource(
                        "commands",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.inputs().toArray(String[]::new))
                .addProcessor("pass", () -> new Pass(values), "commands")
                .addSink("out", NAME, new ByteArraySerializer(), new ByteArraySerializer(), "pass");
    }

    private static final class Pass extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private final List<byte[]> values;
        private int next;

        Pass(List<byte[]> values) {
            this.values = values;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            next = (next + 1) % values.size();
            context().forward(record.withValue(values.get(next)));
        }
    }
}
