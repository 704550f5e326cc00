/** Metrics in the text format of Prometheus: Bursar's own, those of Kafka Streams and its clients, and the JVM's. */
package io.bursar.service.metrics;
