/** How commands for operators talk to a system: its brokers, its schema registry, its topics. */
package io.bursar.cli.clients;
