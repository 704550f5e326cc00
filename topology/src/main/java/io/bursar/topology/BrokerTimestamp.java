package io.bursar.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The timestamp that the broker gave a record. Where a topic was made without {@code LogAppendTime} a producer may have
 * written a negative one, on which Streams would stop; it counts as 1970, and the command is decided as from then.
 */
final class BrokerTimestamp implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp());
    }
}
