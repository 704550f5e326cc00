/** Broker accounts, their tokens, and the vault that keeps their secrets: what {@code bursar} does about them. */
package io.bursar.cli.desk;
