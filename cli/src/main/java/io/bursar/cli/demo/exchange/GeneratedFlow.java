package io.bursar.cli.demo.exchange;

import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.flow.Messages;
import io.bursar.cli.demo.flow.OrderFlow;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The demo's own order flow, generated from a seed. */
public final class GeneratedFlow implements OrderFlow {
    private final Population population;
    private final int orders;
    private final long seed;
    private final Ids ids;
    private final Messages messages;
    private final Supplier<Instant> clock;

    /**
     * @param accounts from 1 on; in addition to them there are some that have no money
     * @param orders how many to place, from 1 on
     * @param seed what happens follows from it, and from the two numbers
     * @param clock gives the time of what happens, never going back, in whole microseconds
     */
    public GeneratedFlow(int accounts, int orders, long seed, Ids ids, Supplier<Instant> clock) {
        this.population = new Population(accounts, orders);
        this.orders = orders;
        this.seed = seed;
        this.ids = ids;
        this.messages = new Messages(ids);
        this.clock = clock;
    }

    @Override
    public List<Asset> assets() {
        return Listing.assets();
    }

    @Override
    public List<Instrument> instruments() {
        return Listing.ALL.stream().map(Listing::instrument).toList();
    }

    @Override
    public String pennilessAccount() {
        return Population.pennilessId(0);
    }

    @Override
    public Iterator<Message> openings() {
        var funded = IntStream.range(0, population.size())
                .mapToObj(account -> messages.open(Population.id(account), Population.opening(account), clock.get()));
        var penniless = IntStream.range(0, population.penniless())
                .mapToObj(account -> messages.open(
                        Population.pennilessId(account), Population.pennilessOpening(account), clock.get()));
        return Stream.concat(funded, penniless).iterator();
    }

    @Override
    public Iterator<Message> fundings() {
        return IntStream.range(0, population.size())
                .boxed()
                .flatMap(account -> population.needs(account).entrySet().stream()
                        .map(need -> messages.deposit(
                                Population.id(account), need.getKey().asset(), need.getValue(), clock.get())))
                .iterator();
    }

    @Override
    public Iterator<Message> allocations() {
        return IntStream.range(0, population.size())
                .boxed()
                .flatMap(account -> population.needs(account).entrySet().stream()
                        .filter(need -> !need.getKey().strategy().equals(Population.UNALLOCATED))
                        .map(need -> messages.allocate(
                                Population.id(account),
                                new AllocateFunds(
                                        need.getKey().strategy(), need.getKey().asset(), need.getValue()),
                                clock.get())))
                .iterator();
    }

    @Override
    public Iterator<Message> trading() {
        return new Exchange(population, orders, new SplittableRandom(seed), ids, messages, clock);
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }
}
