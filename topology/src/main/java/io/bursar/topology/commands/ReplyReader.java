package io.bursar.topology.commands;

import io.bursar.processors.Traces;
import io.bursar.schemas.Reply;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows one partition of {@code replies} from where it ends now, and goes on where it was after an interruption. */
final class ReplyReader implements AutoCloseable, ReadingThread.Reading {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);

    private final TopicPartition partition;
    private final RecordDecoder<Reply> decoder;
    private final BiConsumer<String, Reply> answered;
    private final CountDownLatch positioned = new CountDownLatch(1);
    private final ReadingThread thread;

    /** Of the reading thread: -1 until it is known where the partition ended. */
    private long nextOffset = -1;

    /**
     * @param settings of a consumer
     * @param answered gets each reply with its {@code traceparent}, on the reading thread; it must return quickly
     */
    ReplyReader(
            Map<String, Object> settings,
            TopicPartition partition,
            SchemaRegistry registry,
            BiConsumer<String, Reply> answered) {
        this.partition = partition;
        this.decoder = new RecordDecoder<>(Reply.class, registry);
        this.answered = answered;
        var all = new HashMap<>(settings);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.thread = new ReadingThread("replies", all, this);
    }

    void start() {
        thread.start();
    }

    /** Whether it reads by then: replies to what is sent from now on will be seen. */
    boolean awaitPosition(Duration atMost) throws InterruptedException {
        return positioned.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void begin(Consumer<byte[], byte[]> consumer) {
        consumer.assign(List.of(partition));
        if (nextOffset < 0) {
            consumer.seekToEnd(List.of(partition));
            nextOffset = consumer.position(partition);
        } else {
            consumer.seek(partition, nextOffset);
        }
        positioned.countDown();
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
        answer(record);
        nextOffset = record.offset() + 1;
    }

    private void answer(ConsumerRecord<byte[], byte[]> record) {
        var trace = record.headers().lastHeader(Traces.HEADER);
        if (trace == null || trace.value() == null) {
            return;
        }
        try {
            answered.accept(new String(trace.value(), StandardCharsets.US_ASCII), decoder.decode(record.value()));
        } catch (MalformedRecordException | UnknownSchemaException e) {
            // Others may write here what they like; what they wrote answers nobody.
            LOG.warn("{}@{} is no reply: {}", partition, record.offset(), e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
