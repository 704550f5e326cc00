/** What clients send. */
package io.bursar.bench.workload;
