package io.bursar.connect.postgres;

import io.bursar.schemas.AuditEvent;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.TokenRefresh;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/** What a record of one of the desk's topics says, and where it lies. */
record DeskRecord(TopicPartition partition, long offset, Content content) {
    /** What a record can say. */
    sealed interface Content {}

    /** That somebody asked for something. */
    record Audited(AuditEvent event) implements Content {}

    /** What a broker account is like now. */
    record Changed(BrokerAccount account) implements Content {}

    /** That a broker account is no more. */
    record Deleted(String accountId, Instant at) implements Content {}

    /** What is known of a refresh by now. */
    record Refreshed(TokenRefresh refresh) implements Content {}
}
