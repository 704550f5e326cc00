/** Sends commands to the ledger through its topics and waits for what it answers. */
package io.bursar.topology.commands;
