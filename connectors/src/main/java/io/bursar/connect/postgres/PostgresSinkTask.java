package io.bursar.connect.postgres;

import io.bursar.connect.EntryReader;
import io.bursar.connect.JournalDecoder;
import io.bursar.connect.JournalRecord;
import java.util.Map;

/** Writes the entries of the partitions of the journal that the worker gives it. For the worker's one thread. */
public final class PostgresSinkTask extends TablesSinkTask<JournalRecord> {
    private JournalDecoder decoder;

    /** For the worker, which finds the class by its name. */
    public PostgresSinkTask() {
        // Nothing to do before start.
    }

    @Override
    public void start(Map<String, String> props) {
        var config = new PostgresSinkConfig(props);
        var settings = config.database();
        decoder = JournalDecoder.of(config.originals());
        begin(
                config.retryFor(),
                settings,
                new EntryReader(decoder, context),
                database -> new JournalTables(database, settings.schema(), config.topic()));
    }

    @Override
    public void stop() {
        super.stop();
        if (decoder != null) {
            decoder.close();
        }
    }
}
