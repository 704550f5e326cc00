package io.bursar.bench.stack;

import io.bursar.processors.LedgerProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads when the command of a journal entry happened, and nothing else of it: decoding whole entries would take the
 * cores from what is measured. For one thread.
 */
public final class DecisionTimes {
    /** Before the Avro bytes: a zero and the schema's id. */
    private static final int PREFIX_BYTES = 5;

    private BinaryDecoder decoder;

    /** Microseconds since 1970. */
    public long occurredAtMicros(ConsumerRecord<byte[], byte[]> entry) {
        var value = entry.value();
        decoder = DecoderFactory.get().binaryDecoder(value, PREFIX_BYTES, value.length - PREFIX_BYTES, decoder);
        try {
            // accountId and sequence come first.
            decoder.skipString();
            var unused = decoder.readLong();
            return decoder.readLong();
        } catch (IOException e) {
            throw new UncheckedIOException("a journal entry cannot be read", e);
        }
    }

    /** Whether the entry decides something for good: a fill that came before its order waits for it. */
    public static boolean isFinal(ConsumerRecord<byte[], byte[]> entry) {
        var kind = entry.headers().lastHeader(LedgerProcessor.TYPE_HEADER).value();
        return !new String(kind, StandardCharsets.UTF_8).equals("FillSuspended");
    }

    /** Microseconds since 1970, now. */
    public static long nowMicros() {
        var now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }
}
