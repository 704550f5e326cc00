package io.bursar.stack;

import org.apache.avro.specific.SpecificRecord;

/** What a client sends: a value, and the topic and key that it goes with. */
public record Message(String topic, String key, SpecificRecord value) {}
