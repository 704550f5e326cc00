package io.bursar.bench.workload;

/** What was sent, by what has to become of it. */
public record Sent(long accepted, long rejected, long settled, long repeated) {
    public static final Sent NOTHING = new Sent(0, 0, 0, 0);

    /** All commands. */
    public long commands() {
        return accepted + rejected + settled + repeated;
    }

    /** What came since that. */
    public Sent since(Sent earlier) {
        return new Sent(
                accepted - earlier.accepted,
                rejected - earlier.rejected,
                settled - earlier.settled,
                repeated - earlier.repeated);
    }
}
