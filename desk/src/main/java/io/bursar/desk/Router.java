package io.bursar.desk;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.OperationCounts;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.RoutingCount;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Chooses accounts, and counts how often it has given each. Others do so too: the desk adds up what all of them publish, so
 * an account has been given as often as is published, less what is published of this router, and as often as this router
 * knows of itself. Thread-safe.
 */
public final class Router {
    /** What is not published for a day is forgotten by the desk, and would be counted twice when it comes again. */
    private static final Duration PUBLISHED_AGAIN = Duration.ofHours(12);

    private final String id;
    private final Map<String, Map<Operation, Given>> given = new HashMap<>();
    private final Map<Operation, Instant> lastTurns = new EnumMap<>(Operation.class);

    /** What this router has given of one account for one operation. */
    private static final class Given {
        private long times;
        private Instant lastTurn;
        private OperationReport published;

        /** {@link Instant#MIN} when it never was. */
        Instant publishedAt() {
            return published == null ? Instant.MIN : published.getOccurredAt();
        }

        boolean isUnpublished(Instant now) {
            if (published == null || publishedAt().plus(PUBLISHED_AGAIN).isBefore(now)) {
                return true;
            }
            var count = (RoutingCount) published.getBody();
            return count.getRouted() != times || !Objects.equals(count.getRotatedAt(), lastTurn);
        }
    }

    private record Ranked<V, K>(V value, K rank) {}

    /** @param id which no other router has, nor this one after a restart */
    public Router(String id) {
        this.id = id;
    }

    /** As it stands in what is published. */
    public String id() {
        return id;
    }

    /**
     * Finds the accounts that a request can be given, and their order. With ROUND_ROBIN the first of them has had its turn
     * by that, whether it is given in the end or not: whoever asks meanwhile gets another one.
     *
     * @param accounts as they are published; those of other owners do not count
     * @param now in microseconds
     * @param chance what RANDOM goes by
     */
    public synchronized Route route(
            Collection<BrokerAccount> accounts, RouteRequest request, Instant now, RandomGenerator chance) {
        var refused = new EnumMap<RouteRefusal, Integer>(RouteRefusal.class);
        var suitable = new ArrayList<BrokerAccount>();
        for (var account : accounts) {
            if (request.owner() == null || request.owner().equals(account.getOwner())) {
                RouteRules.refusal(account, request)
                        .ifPresentOrElse(
                                refusal -> refused.merge(refusal, 1, Integer::sum), () -> suitable.add(account));
            }
        }
        var operation = request.operation();
        var strategy = request.strategy() == null ? RoutingStrategy.ROUND_ROBIN : request.strategy();
        var ordered = switch (strategy) {
            case ROUND_ROBIN -> ordered(suitable, account -> turn(account, operation));
            case RANDOM -> shuffled(suitable, chance);
            case LEAST_USED -> ordered(suitable, this::given);
            case FASTEST_RESPONSE ->
                ordered(
                        suitable,
                        account -> Usage.meanMicros(account.getUsage()).orElse(Long.MAX_VALUE));
        };
        var route = new Route(operation, strategy, defaultsFirst(ordered, request), refused);
        if (strategy == RoutingStrategy.ROUND_ROBIN && !route.candidates().isEmpty()) {
            suitable.forEach(account -> noteTurn(operation, turn(account, operation)));
            takeTurn(route.candidates().getFirst().account(), operation, now);
        }
        return route;
    }

    private static <K extends Comparable<K>> List<BrokerAccount> ordered(
            List<BrokerAccount> accounts, Function<BrokerAccount, K> rank) {
        return accounts.stream()
                .map(account -> new Ranked<>(account, rank.apply(account)))
                .sorted(Comparator.comparing((Ranked<BrokerAccount, K> ranked) -> ranked.rank())
                        .thenComparing(ranked -> ranked.value().getId()))
                .map(Ranked::value)
                .toList();
    }

    private static List<BrokerAccount> shuffled(List<BrokerAccount> accounts, RandomGenerator chance) {
        var shuffled = new ArrayList<>(accounts);
        Collections.shuffle(shuffled, chance);
        return shuffled;
    }

    private static List<Route.Candidate> defaultsFirst(List<BrokerAccount> ordered, RouteRequest request) {
        boolean hasDefaults = request.purpose() != null && request.strategy() == null;
        return ordered.stream()
                .map(account -> new Route.Candidate(
                        account, hasDefaults && request.purpose().isDefault(account)))
                .sorted(Comparator.comparing(Route.Candidate::isDefault).reversed())
                .toList();
    }

    /** Counts a candidate as given; {@code now} as for {@link #route}. */
    public synchronized void give(Route route, Route.Candidate candidate, Instant now) {
        var account = candidate.account();
        var first = route.candidates().getFirst().account();
        if (route.strategy() == RoutingStrategy.ROUND_ROBIN && !first.getId().equals(account.getId())) {
            takeTurn(account, route.operation(), now);
        }
        own(account.getId(), route.operation()).times++;
    }

    /** How often all routers have given the account for an operation, as far as it is known here. */
    public synchronized long given(BrokerAccount account, Operation operation) {
        long others = account.getUsage().getOperations().stream()
                .filter(counts -> counts.getOperation().equals(operation.name()))
                .mapToLong(this::givenByOthers)
                .sum();
        var own = ownOf(account).get(operation);
        return others + (own == null ? 0 : own.times);
    }

    private long given(BrokerAccount account) {
        long all = 0;
        for (var counts : account.getUsage().getOperations()) {
            all += givenByOthers(counts);
        }
        for (var own : ownOf(account).values()) {
            all += own.times;
        }
        return all;
    }

    private long givenByOthers(OperationCounts counts) {
        for (var share : counts.getRouters()) {
            if (share.getRouter().equals(id)) {
                return counts.getRouted() - share.getRouted();
            }
        }
        return counts.getRouted();
    }

    /** When the account was last given in turn; {@link Instant#MIN} when it never was. */
    private Instant turn(BrokerAccount account, Operation operation) {
        var own = ownOf(account).get(operation);
        var turn = own == null || own.lastTurn == null ? Instant.MIN : own.lastTurn;
        for (var counts : account.getUsage().getOperations()) {
            var published = counts.getRotatedAt();
            if (published != null
                    && published.isAfter(turn)
                    && counts.getOperation().equals(operation.name())) {
                turn = published;
            }
        }
        return turn;
    }

    /** After all turns that are known, also where another instance's clock or an earlier time of this one is ahead. */
    private void takeTurn(BrokerAccount account, Operation operation, Instant now) {
        var last = lastTurns.getOrDefault(operation, Instant.MIN);
        var turn = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
        own(account.getId(), operation).lastTurn = turn;
        noteTurn(operation, turn);
    }

    private void noteTurn(Operation operation, Instant turn) {
        lastTurns.merge(operation, turn, (one, other) -> one.isAfter(other) ? one : other);
    }

    private Map<Operation, Given> ownOf(BrokerAccount account) {
        return given.getOrDefault(account.getId(), Map.of());
    }

    private Given own(String accountId, Operation operation) {
        return given.computeIfAbsent(accountId, any -> new EnumMap<>(Operation.class))
                .computeIfAbsent(operation, any -> new Given());
    }

    /**
     * What the desk has not been told, and what it would forget: first what it has heard of the longest ago.
     *
     * @param now as for {@link #route}
     */
    public synchronized List<OperationReport> unpublished(Instant now) {
        var ranked = new ArrayList<Ranked<OperationReport, Instant>>();
        given.forEach((accountId, operations) -> operations.forEach((operation, own) -> {
            if (own.isUnpublished(now)) {
                var count = new RoutingCount(id, operation.name(), own.times, own.lastTurn);
                ranked.add(new Ranked<>(new OperationReport(accountId, now, count), own.publishedAt()));
            }
        }));
        ranked.sort(Comparator.comparing(Ranked::rank));
        return ranked.stream().map(Ranked::value).toList();
    }

    /** Takes note that a report of {@link #unpublished} was published. What is not noted comes again. */
    public synchronized void published(OperationReport report) {
        var count = (RoutingCount) report.getBody();
        var own = given.getOrDefault(report.getAccountId(), Map.of()).get(Operation.valueOf(count.getOperation()));
        if (own != null) {
            own.published = report;
        }
    }

    /** Forgets accounts that are no longer, so that one that is made anew under the same id begins at nothing. */
    public synchronized void forgetUnless(Predicate<String> exists) {
        given.keySet().removeIf(exists.negate());
    }

    /** Whether it has given any account that it has not forgotten. */
    public synchronized boolean hasCounts() {
        return !given.isEmpty();
    }
}
