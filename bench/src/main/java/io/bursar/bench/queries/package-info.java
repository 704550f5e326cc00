/** How many queries Bursar answers while it decides commands. */
package io.bursar.bench.queries;
