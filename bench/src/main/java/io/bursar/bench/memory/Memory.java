package io.bursar.bench.memory;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What {@link MemoryBench} found of one process of Bursar. One figure each: they do not vary as times do.
 *
 * @param accounts that were opened and funded with one asset
 * @param openOrders that were then placed, and stayed open
 */
public record Memory(int accounts, int openOrders, State empty, State withAccounts, State withOrders) {
    /** Of the folder of the stores. */
    @JsonProperty
    public double diskBytesPerAccount() {
        return (withAccounts.diskBytes() - empty.diskBytes()) / (double) accounts;
    }

    /** On the broker, compressed, superseded versions included, for what opens and funds it. */
    @JsonProperty
    public double changelogBytesPerAccount() {
        return (withAccounts.changelogBytes() - empty.changelogBytes()) / (double) accounts;
    }

    @JsonProperty
    public double diskBytesPerOpenOrder() {
        return (withOrders.diskBytes() - withAccounts.diskBytes()) / (double) openOrders;
    }

    /** With the new version of its account. */
    @JsonProperty
    public double changelogBytesPerOpenOrder() {
        return (withOrders.changelogBytes() - withAccounts.changelogBytes()) / (double) openOrders;
    }

    /**
     * The process at one moment.
     *
     * @param heapUsedBytes after a collection where the JDK lets us ask for one
     * @param rocksDbBytes of all stores, in native memory: block cache and memtables, which share one bound
     * @param residentBytes of the whole process; 0 where the system does not tell
     * @param diskBytes of the folder of the stores
     * @param changelogBytes of the stores' changelog on the broker
     */
    public record State(
            long heapUsedBytes, long rocksDbBytes, long residentBytes, long diskBytes, long changelogBytes) {}
}
