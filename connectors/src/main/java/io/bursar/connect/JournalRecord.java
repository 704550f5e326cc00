package io.bursar.connect;

import io.bursar.schemas.JournalEntry;

/** A journal entry, and where it lies in the journal's topic. */
public record JournalRecord(int partition, long offset, JournalEntry entry) {}
