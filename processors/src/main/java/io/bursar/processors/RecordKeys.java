package io.bursar.processors;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Keys of input records: ids as UTF-8 text, on the partition that Java clients put them on. */
public final class RecordKeys {
    private RecordKeys() {}

    /**
     * The id in a key.
     *
     * @param what the field that the key has to equal, for the cause
     * @throws BadRecordException when there is none, or the record lies on another partition than its key hashes to
     */
    static String read(byte[] key, String what, int partition, int partitions) throws BadRecordException {
        if (key == null) {
            throw new BadRecordException("the key is missing: it must be the " + what);
        }
        var id = decode(key, what);
        WellFormed.requireId("the key", id);
        int expected = Utils.toPositive(Utils.murmur2(key)) % partitions;
        if (expected != partition) {
            throw new BadRecordException("the record of " + what + " '" + id + "' lies on partition " + partition
                    + ": its key hashes to partition " + expected
                    + " (murmur2, as Java clients do; set partitioner=murmur2_random with librdkafka)");
        }
        return id;
    }

    /**
     * Of a topic with one partition.
     *
     * @param field that the key has to equal
     * @throws BadRecordException when it does not
     */
    public static void requireEqual(byte[] key, String field, String value) throws BadRecordException {
        if (key == null) {
            throw new BadRecordException("the key is missing: it must be the " + field);
        }
        var text = decode(key, field);
        if (!text.equals(value)) {
            throw new BadRecordException(field + " is '" + WellFormed.shortened(value)
                    + "': it must equal the record's key '" + WellFormed.shortened(text) + "'");
        }
    }

    private static String decode(byte[] key, String what) throws BadRecordException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRecordException("the key is no UTF-8 text: it must be the " + what, e);
        }
    }
}
