package io.bursar.processors.desk;

import io.bursar.desk.DeskRules;

/**
 * What the desk's processor needs to know.
 *
 * @param topics what it reads
 * @param replyPartitions of the topic of replies
 * @param accountSchemaId of BrokerAccount, as the registry gave it
 * @param callSchemaId of TokenRefreshCall
 * @param refreshSchemaId of TokenRefresh
 * @param eventSchemaId of TokenEvent
 * @param replySchemaId of Reply
 * @param rules what is set of the life of tokens
 */
public record DeskSettings(
        DeskTopics topics,
        int replyPartitions,
        int accountSchemaId,
        int callSchemaId,
        int refreshSchemaId,
        int eventSchemaId,
        int replySchemaId,
        DeskRules rules) {}
