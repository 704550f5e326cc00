package io.bursar.processors;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Records that Bursar cannot use, as they came (one that is too large: without key, value and headers), with the cause and
 * the origin in headers: {@code bursar-cause},
 * {@code bursar-origin-topic}, {@code bursar-origin-partition}, {@code bursar-origin-offset}, {@code
 * bursar-origin-timestamp} (milliseconds); all as UTF-8 text.
 */
public final class DeadLetters {
    /** Names the header that says why. */
    public static final String CAUSE = "bursar-cause";

    /** Names the header that says which topic the record came from. */
    public static final String ORIGIN_TOPIC = "bursar-origin-topic";

    /** Names the header that says which partition the record came from. */
    public static final String ORIGIN_PARTITION = "bursar-origin-partition";

    /** Names the header that says at which offset the record lay. */
    public static final String ORIGIN_OFFSET = "bursar-origin-offset";

    /** Names the header with the record's timestamp in milliseconds. */
    public static final String ORIGIN_TIMESTAMP = "bursar-origin-timestamp";

    /**
     * Names the one header of a mark: a record on the same partition, without value, which says that the letter at this
     * offset was sent again. It has no cause.
     */
    public static final String REDRIVEN = "bursar-redriven";

    /** How the cause begins of a record that was too large to be kept with key, value and headers. */
    private static final String LEFT_AT_ORIGIN = "(left at its origin, ";

    /** With the record itself at most 1 MiB and the topic at 2 MiB, a cause must stay small. */
    static final int MAX_CAUSE_BYTES = 4 * 1024;

    /**
     * What still fits with its new headers. Topics bound compressed records, so one can be many times larger than 1 MiB,
     * and sending it on would stop the task.
     */
    static final int MAX_RECORD_BYTES = (2 << 20) - (64 << 10);

    /** The most that the two lengths of a header take. */
    private static final int HEADER_OVERHEAD_BYTES = 10;

    private DeadLetters() {}

    /** The record as it is kept, with the cause and where it came from. */
    public static Record<byte[], Object> of(Record<byte[], byte[]> record, RecordMetadata metadata, String cause) {
        long bytes = sizeOf(record);
        if (bytes > MAX_RECORD_BYTES) {
            var rest = new Record<byte[], byte[]>(null, null, record.timestamp());
            return of(rest, metadata, LEFT_AT_ORIGIN + bytes + " bytes are too many) " + cause);
        }
        var headers = new RecordHeaders(record.headers().toArray());
        headers.add(CAUSE, cut(cause));
        headers.add(ORIGIN_TOPIC, utf8(metadata.topic()));
        headers.add(ORIGIN_PARTITION, utf8(Integer.toString(metadata.partition())));
        headers.add(ORIGIN_OFFSET, utf8(Long.toString(metadata.offset())));
        headers.add(ORIGIN_TIMESTAMP, utf8(Long.toString(record.timestamp())));
        return new Record<>(record.key(), record.value(), record.timestamp(), headers);
    }

    /** Whether the record with this cause was too large, and lies at its origin only. */
    public static boolean isLeftAtOrigin(String cause) {
        return cause.startsWith(LEFT_AT_ORIGIN);
    }

    private static long sizeOf(Record<byte[], byte[]> record) {
        long bytes = length(record.key()) + length(record.value());
        for (var header : record.headers()) {
            bytes += Utils.utf8Length(header.key()) + length(header.value()) + HEADER_OVERHEAD_BYTES;
        }
        return bytes;
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Encodes as many whole characters as fit. */
    private static byte[] cut(String cause) {
        var bytes = ByteBuffer.allocate(MAX_CAUSE_BYTES);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(cause), bytes, true);
        var cut = new byte[bytes.position()];
        bytes.flip().get(cut);
        return cut;
    }
}
