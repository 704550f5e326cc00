package io.bursar.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerAccountType;
import io.bursar.schemas.BrokerAccountUsage;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.BrokerToken;
import io.bursar.schemas.BrokerTokenStatus;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.TokenOrigin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RouterPropertyTest {
    private static final List<String> PERMISSIONS = List.of("us_stock", "us_option", "hk_stock");

    @Property
    void in_turn_every_account_is_given_once_before_any_is_given_twice(
            @ForAll @IntRange(min = 1, max = 20) int accounts,
            @ForAll @IntRange(min = 1, max = 100) int rounds,
            @ForAll long seed) {
        var told = desk(accounts);
        var router = new Router("one");
        var random = new Random(seed);
        var clock = Told.T0;
        for (int round = 0; round < rounds; round++) {
            var seen = new ArrayList<String>();
            for (int turn = 0; turn < accounts; turn++) {
                // Time may stand still, go on or be set back, and what was published may have come back or not.
                clock = clock.plusMillis(random.nextInt(20) - 10);
                var route = router.route(told.desk.accounts(), RouteRequest.of(Operation.QUOTE), clock, random);
                router.give(route, route.candidates().getFirst(), clock);
                seen.add(route.candidates().getFirst().account().getId());
                if (random.nextInt(3) == 0) {
                    publish(router, told);
                }
            }
            assertThat(seen).doesNotHaveDuplicates();
        }
    }

    @Property
    void by_least_use_no_account_is_given_twice_more_than_another(
            @ForAll @IntRange(min = 1, max = 20) int accounts,
            @ForAll @IntRange(min = 1, max = 200) int requests,
            @ForAll long seed) {
        var told = desk(accounts);
        var router = new Router("one");
        var random = new Random(seed);
        var given = new HashMap<String, Integer>();
        told.desk.accounts().forEach(account -> given.put(account.getId(), 0));
        for (int request = 0; request < requests; request++) {
            var asked = new RouteRequest(
                    any(Operation.values(), random), List.of(), null, null, null, RoutingStrategy.LEAST_USED);
            given.merge(give(router, told, asked, random), 1, Integer::sum);
            if (random.nextInt(3) == 0) {
                publish(router, told);
            }
            assertThat(Collections.max(given.values()) - Collections.min(given.values()))
                    .isLessThanOrEqualTo(1);
        }
    }

    @Property
    void no_account_is_a_candidate_that_breaks_a_rule_and_all_others_are(@ForAll long seed) {
        var random = new Random(seed);
        var accounts = IntStream.range(0, random.nextInt(30))
                .mapToObj(number -> anyAccount(number, random))
                .toList();
        var operation = any(Operation.values(), random);
        var request = new RouteRequest(
                operation,
                anyPermissions(random),
                random.nextBoolean() ? null : any(BrokerEnvironment.values(), random),
                random.nextBoolean() ? null : "desk-" + random.nextInt(2),
                random.nextBoolean() ? null : any(RoutingPurpose.values(), random),
                random.nextBoolean() ? null : any(RoutingStrategy.values(), random));

        var route = new Router("one").route(accounts, request, Told.T0, random);

        var expected = accounts.stream()
                .filter(account -> request.owner() == null || account.getOwner().equals(request.owner()))
                .toList();
        assertThat(route.candidates())
                .extracting(candidate -> candidate.account().getId())
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .filter(account -> keepsAllRules(account, request))
                        .map(BrokerAccount::getId)
                        .toList());
        int refused =
                route.refused().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(route.candidates().size() + refused).isEqualTo(expected.size());
        boolean hasDefaults = request.purpose() != null && request.strategy() == null;
        assertThat(route.candidates().stream().map(Route.Candidate::isDefault).toList())
                .isSortedAccordingTo(Collections.reverseOrder())
                .allMatch(isDefault -> hasDefaults || !isDefault);
    }

    private static boolean keepsAllRules(BrokerAccount account, RouteRequest request) {
        boolean isTrading = switch (request.operation()) {
            case PLACE_ORDER, MODIFY_ORDER, CANCEL_ORDER -> true;
            default -> false;
        };
        boolean isForTrading = account.getEnvironment() == BrokerEnvironment.PRODUCTION
                || account.getType() == BrokerAccountType.PAPER;
        var token = account.getToken() == null ? null : account.getToken().getStatus();
        boolean canLogIn = !account.getSecrets().isEmpty();
        boolean canHaveToken = token == BrokerTokenStatus.VALID || (token != BrokerTokenStatus.REVOKED && canLogIn);
        return account.getStatus() == BrokerAccountStatus.ACTIVE
                && account.getPermissions().containsAll(request.permissions())
                && (request.environment() == null || request.environment() == account.getEnvironment())
                && (!isTrading || isForTrading)
                && account.getUsage().getErrorsInRow() < (isTrading ? 5 : 10)
                && (!account.getUsesTokens() || canHaveToken);
    }

    @Property
    void counts_of_several_routers_add_up_in_whatever_order_and_however_often_they_come(
            @ForAll @IntRange(min = 1, max = 5) int accounts, @ForAll long seed) {
        var random = new Random(seed);
        var told = desk(accounts);
        var routers = List.of(new Router("one"), new Router("two"), new Router("three"));
        var given = new HashMap<String, Long>();
        var onTheWay = new ArrayList<OperationReport>();
        for (int step = 0; step < 100; step++) {
            var router = routers.get(random.nextInt(routers.size()));
            if (random.nextInt(3) > 0) {
                given.merge(give(router, told, RouteRequest.of(Operation.QUOTE), random), 1L, Long::sum);
            } else {
                router.unpublished(told.now()).forEach(report -> {
                    onTheWay.add(report);
                    // Whether the router hears that it was written or not.
                    if (random.nextBoolean()) {
                        router.published(report);
                    }
                });
            }
            if (!onTheWay.isEmpty() && random.nextBoolean()) {
                // In any order, and as often as it is drawn.
                told.take(told.desk.decide(onTheWay.get(random.nextInt(onTheWay.size())), told.now()));
            }
        }
        routers.forEach(router -> onTheWay.addAll(router.unpublished(told.now())));
        Collections.shuffle(onTheWay, random);
        onTheWay.forEach(report -> told.take(told.desk.decide(report, told.now())));

        for (var account : told.desk.accounts()) {
            long expected = given.getOrDefault(account.getId(), 0L);
            assertThat(routed(account)).isEqualTo(expected);
            assertThat(routers).allMatch(router -> router.given(account, Operation.QUOTE) == expected);
        }
    }

    private static long routed(BrokerAccount account) {
        return account.getUsage().getOperations().stream()
                .mapToLong(counts -> counts.getRouted())
                .sum();
    }

    private static Told desk(int accounts) {
        var told = new Told();
        for (int number = 0; number < accounts; number++) {
            told.open("U" + number);
        }
        return told;
    }

    /** The id of the account that was given. */
    private static String give(Router router, Told told, RouteRequest request, Random random) {
        var route = router.route(told.desk.accounts(), request, told.now(), random);
        router.give(route, route.candidates().getFirst(), told.now());
        return route.candidates().getFirst().account().getId();
    }

    private static void publish(Router router, Told told) {
        router.unpublished(told.now()).forEach(report -> {
            told.take(told.desk.decide(report, told.now()));
            router.published(report);
        });
    }

    private static BrokerAccount anyAccount(int number, Random random) {
        return BrokerAccount.newBuilder()
                .setId("acme:production:U" + number)
                .setRevision(1)
                .setOwner("desk-" + random.nextInt(2))
                .setName("any")
                .setNumber("U" + number)
                .setBroker("acme")
                .setEnvironment(any(BrokerEnvironment.values(), random))
                .setType(any(BrokerAccountType.values(), random))
                .setPermissions(anyPermissions(random))
                .setStatus(
                        random.nextInt(3) > 0 ? BrokerAccountStatus.ACTIVE : any(BrokerAccountStatus.values(), random))
                .setDefaultTrading(random.nextBoolean())
                .setDefaultData(random.nextBoolean())
                .setUsesTokens(random.nextBoolean())
                .setSecrets(random.nextInt(3) == 0 ? List.of() : List.of(Told.secret("clientSecret", 1)))
                .setToken(random.nextBoolean() ? null : anyToken(random))
                .setCreatedAt(Told.T0)
                .setUpdatedAt(Told.T0)
                .setUsage(BrokerAccountUsage.newBuilder()
                        .setErrorsInRow(random.nextInt(12))
                        .build())
                .build();
    }

    private static BrokerToken anyToken(Random random) {
        return BrokerToken.newBuilder()
                .setVersion(1)
                .setAccess(Told.secret("accessToken", 1))
                .setHash("hash")
                .setIssuedAt(Told.T0)
                .setStatus(any(BrokerTokenStatus.values(), random))
                .setIssuedBy(TokenOrigin.REFRESH)
                .build();
    }

    private static List<String> anyPermissions(Random random) {
        return PERMISSIONS.stream().filter(permission -> random.nextInt(3) > 0).toList();
    }

    private static <T> T any(T[] values, Random random) {
        return Arrays.asList(values).get(random.nextInt(values.length));
    }
}
