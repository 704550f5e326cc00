package io.bursar.processors.desk;

/**
 * The names of the topics that the desk reads. Each has one partition: what one owner's accounts are to each other, and
 * how many calls a broker bears, is decided in one place.
 *
 * @param brokerAccounts commands
 * @param tokens what happens to tokens
 * @param operations what callers report
 */
public record DeskTopics(String brokerAccounts, String tokens, String operations) {}
