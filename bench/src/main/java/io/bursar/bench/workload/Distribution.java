package io.bursar.bench.workload;

import java.util.SplittableRandom;

/** How commands are shared out among accounts. */
public enum Distribution {
    /** Every account as often as any other. */
    UNIFORM,
    /** A few accounts send most commands, as traders do: the n-th is chosen in proportion to n to the power of -0.99. */
    ZIPF;

    /** The exponent of YCSB, which other benchmarks use as well. */
    public static final double EXPONENT = 0.99;

    /** Chooses among accounts 0 to {@code accounts} - 1. */
    AccountChoice among(int accounts) {
        return switch (this) {
            case UNIFORM -> random -> random.nextInt(accounts);
            case ZIPF -> new ZipfChoice(accounts, EXPONENT);
        };
    }

    /** For one thread. */
    interface AccountChoice {
        int next(SplittableRandom random);
    }
}
