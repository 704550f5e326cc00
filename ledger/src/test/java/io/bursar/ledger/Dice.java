package io.bursar.ledger;

import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/** What one step of a random run is decided by; the same seed throws the same. */
public final class Dice {
    private final SplittableRandom random;

    public Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** From {@code least} to {@code most}, both included. */
    public long between(long least, long most) {
        return least >= most ? least : random.nextLong(least, most) + (random.nextBoolean() ? 1 : 0);
    }

    public <T> T oneOf(Collection<T> choices) {
        return List.copyOf(choices).get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
