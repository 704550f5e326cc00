/** How many commands a second Bursar decides, and how many records the same machine could move at all. */
package io.bursar.bench.throughput;
