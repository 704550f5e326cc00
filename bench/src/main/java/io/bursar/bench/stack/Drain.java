package io.bursar.bench.stack;

import java.time.Duration;

/**
 * A backlog that was worked off.
 *
 * @param records after the first third of the backlog: in that, clients connect and caches fill
 * @param seconds that these took
 */
public record Drain(long records, double seconds) {
    private static final int UNMEASURED_PART = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration STANDSTILL = Duration.ofSeconds(60);
    private static final double NANOS_PER_SECOND = 1e9;

    public double perSecond() {
        return records / seconds;
    }

    /**
     * Watches a group from the first to the last record of a backlog.
     *
     * @param from how many records had been committed before
     * @param to how many will have been in the end
     * @param owner is asked at every look whether it still runs
     */
    public static Drain watch(GroupProgress group, long from, long to, Runnable owner) throws InterruptedException {
        double begin = from + (to - from) / (double) UNMEASURED_PART;
        var last = new Look(System.nanoTime(), from);
        long movedAt = last.nanos;
        double beganAt = 0;
        while (last.records < to) {
            Thread.sleep(BETWEEN_LOOKS);
            owner.run();
            var look = new Look(System.nanoTime(), Math.max(from, group.committed()));
            if (last.records < begin && look.records >= begin) {
                beganAt = last.timeOf(begin, look);
            }
            if (look.records > last.records) {
                movedAt = look.nanos;
            } else if (look.nanos - movedAt > STANDSTILL.toNanos()) {
                throw new BenchException("%,d of %,d records were processed, then nothing for %d s"
                        .formatted(look.records - from, to - from, STANDSTILL.toSeconds()));
            }
            last = look;
        }
        return new Drain(Math.round(to - begin), (movedAt - beganAt) / NANOS_PER_SECOND);
    }

    private record Look(long nanos, long records) {
        /** When that many had been committed, as if they came evenly between two looks. */
        double timeOf(double count, Look next) {
            return nanos + (next.nanos - nanos) * (count - records) / (next.records - records);
        }
    }
}
