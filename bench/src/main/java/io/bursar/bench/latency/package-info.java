/** How long a client waits for a decision. */
package io.bursar.bench.latency;
