package io.bursar.bench.core;

/** What {@link CoreBench} found, by kind of command. */
public record Core(Decision place, Decision fill, Decision cancel, Decision rejection) {}
