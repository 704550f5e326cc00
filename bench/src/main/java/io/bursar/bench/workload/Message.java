package io.bursar.bench.workload;

import org.apache.avro.specific.SpecificRecord;

/** A record to be sent, with its account as the key. */
public record Message(String topic, String account, SpecificRecord value) {}
