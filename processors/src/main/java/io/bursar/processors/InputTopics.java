package io.bursar.processors;

/**
 * The names of the topics that commands come from, and how many partitions the account-keyed ones have.
 *
 * @param accounts keyed by account
 * @param balanceUpdates keyed by account
 * @param orders keyed by account
 * @param fills keyed by account
 * @param transfers keyed by account
 * @param trades keyed by instrument
 * @param accountPartitions of each topic keyed by account
 * @param tradePartitions of {@code trades}
 */
public record InputTopics(
        String accounts,
        String balanceUpdates,
        String orders,
        String fills,
        String transfers,
        String trades,
        int accountPartitions,
        int tradePartitions) {}
