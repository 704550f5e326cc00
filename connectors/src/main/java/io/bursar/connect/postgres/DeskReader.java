package io.bursar.connect.postgres;

import io.bursar.connect.BatchReader;
import io.bursar.connect.SinkSettings;
import io.bursar.connect.postgres.DeskRecord.Audited;
import io.bursar.connect.postgres.DeskRecord.Changed;
import io.bursar.connect.postgres.DeskRecord.Content;
import io.bursar.connect.postgres.DeskRecord.Deleted;
import io.bursar.connect.postgres.DeskRecord.Refreshed;
import io.bursar.schemas.AuditEvent;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.SchemaRegistry;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Reads the records of the desk's topics. For one thread only. */
final class DeskReader extends BatchReader<DeskRecord> {
    private final DeskSinkConfig config;
    private final RecordDecoder<AuditEvent> events;
    private final RecordDecoder<BrokerAccount> accounts;
    private final RecordDecoder<TokenRefresh> refreshes;

    /** @param registry stays the caller's, who closes it */
    DeskReader(DeskSinkConfig config, SchemaRegistry registry, SinkTaskContext context) {
        super(context);
        this.config = config;
        this.events = new RecordDecoder<>(AuditEvent.class, registry);
        this.accounts = new RecordDecoder<>(BrokerAccount.class, registry);
        this.refreshes = new RecordDecoder<>(TokenRefresh.class, registry);
    }

    @Override
    protected DeskRecord read(SinkRecord record) {
        return new DeskRecord(
                new TopicPartition(record.topic(), record.kafkaPartition()), record.kafkaOffset(), content(record));
    }

    private Content content(SinkRecord record) {
        var value = SinkSettings.bytes(record.value());
        return switch (config.inputOf(record.topic())) {
            case AUDIT -> new Audited(events.decode(value));
            case BROKER_ACCOUNTS ->
                value == null
                        ? new Deleted(key(record), Instant.ofEpochMilli(record.timestamp()))
                        : new Changed(accounts.decode(value));
            case TOKEN_HISTORY -> new Refreshed(refreshes.decode(value));
        };
    }

    private static String key(SinkRecord record) {
        if (record.key() instanceof String key) {
            return key;
        }
        throw new IllegalArgumentException("The key of a deletion is not the text that it is in the topic: set "
                + DeskSinkConfig.KEY_CONVERTER + "=" + DeskSinkConfig.TEXT);
    }

    @Override
    protected String lacking(SinkRecord record) {
        return config.inputOf(record.topic()).lacking;
    }

    @Override
    protected String whenLeftOut() {
        return "the tables go without it";
    }
}
