package io.bursar.processors;

import io.bursar.ledger.LedgerRules;

/**
 * What the processors need to know.
 *
 * @param topics where commands come from
 * @param replyPartitions of the topic of replies
 * @param journalSchemaId of JournalEntry, as the registry gave it
 * @param replySchemaId of Reply
 * @param fillSchemaId of Fill
 * @param transferSchemaId of TransferMessage
 * @param rules the ledger's periods
 * @param expiryClock which clock notices deadlines
 */
public record LedgerSettings(
        InputTopics topics,
        int replyPartitions,
        int journalSchemaId,
        int replySchemaId,
        int fillSchemaId,
        int transferSchemaId,
        LedgerRules rules,
        ExpiryClock expiryClock) {}
