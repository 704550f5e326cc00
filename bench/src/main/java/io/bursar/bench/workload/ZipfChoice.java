package io.bursar.bench.workload;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Accounts by Zipf's law. Which account is the busiest is drawn, so that busy ones do not stand side by side. */
final class ZipfChoice implements Distribution.AccountChoice {
    private static final long SEED = 1;

    /** The share of the accounts up to this rank. */
    private final double[] shares;

    private final int[] accountOfRank;

    ZipfChoice(int accounts, double exponent) {
        shares = new double[accounts];
        double sum = 0;
        for (int rank = 0; rank < accounts; rank++) {
            sum += Math.pow(rank + 1.0, -exponent);
            shares[rank] = sum;
        }
        for (int rank = 0; rank < accounts; rank++) {
            shares[rank] /= sum;
        }
        accountOfRank = shuffled(accounts);
    }

    @Override
    public int next(SplittableRandom random) {
        int found = Arrays.binarySearch(shares, random.nextDouble());
        return accountOfRank[Math.min(found < 0 ? -found - 1 : found, shares.length - 1)];
    }

    /** The part of all commands that the account at this rank gets, 0 being the busiest. */
    double share(int rank) {
        return rank == 0 ? shares[0] : shares[rank] - shares[rank - 1];
    }

    private static int[] shuffled(int count) {
        var random = new SplittableRandom(SEED);
        var numbers = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = i;
        }
        return numbers;
    }
}
