package io.bursar.connect;

import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Reads the entries of a batch of the journal. For one thread only. */
public final class EntryReader extends BatchReader<JournalRecord> {
    private final JournalDecoder decoder;

    /** @param decoder stays the caller's, who closes it */
    public EntryReader(JournalDecoder decoder, SinkTaskContext context) {
        super(context);
        this.decoder = decoder;
    }

    @Override
    protected JournalRecord read(SinkRecord record) {
        return new JournalRecord(
                record.kafkaPartition(), record.kafkaOffset(), decoder.decode(SinkSettings.bytes(record.value())));
    }

    @Override
    protected String lacking(SinkRecord record) {
        return "no journal entry";
    }

    @Override
    protected String whenLeftOut() {
        return "the task stops at the next entry of the account";
    }
}
