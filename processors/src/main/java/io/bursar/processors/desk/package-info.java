/** The desk on Kafka Streams: one task that knows all broker accounts, and the copy of them that every instance has. */
package io.bursar.processors.desk;
