/**
 * The rules of accounts at brokers and exchanges. Like the ledger's: what is decided follows from what is stored, from the
 * message and from the time that the caller gives, and from nothing else.
 */
package io.bursar.desk;
