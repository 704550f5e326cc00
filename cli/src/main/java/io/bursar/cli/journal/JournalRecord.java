package io.bursar.cli.journal;

import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * A record of a journal, byte for byte.
 *
 * @param partition of the topic it was read from, and {@code offset} where it lay there
 * @param timestampMs milliseconds since 1970
 * @param value the entry in the wire format
 */
record JournalRecord(int partition, long offset, long timestampMs, byte[] key, List<Header> headers, byte[] value) {}
