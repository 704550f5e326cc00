/** The rules alone, without Kafka. */
package io.bursar.bench.core;
