package io.bursar.bench.throughput;

import io.bursar.bench.figures.Figure;
import java.util.List;

/**
 * Backlogs with one distribution of accounts.
 *
 * @param commandsPerSecond that Bursar decided
 * @param limitPerSecond records that the same machine moved without deciding anything
 * @param ratioToLimit of the two in each round
 * @param journalBytes mean size of an entry's value, uncompressed
 * @param suspendedFills that came before their orders and were settled with them
 */
public record Series(
        Figure commandsPerSecond,
        Figure limitPerSecond,
        Figure ratioToLimit,
        Figure journalBytes,
        Figure suspendedFills) {
    static Series of(List<Round> rounds) {
        return new Series(
                Figure.of(rounds, Round::bursarPerSecond),
                Figure.of(rounds, Round::limitPerSecond),
                Figure.of(rounds, Round::ratio),
                Figure.of(rounds, Round::journalBytes),
                Figure.of(rounds, Round::suspended));
    }
}
