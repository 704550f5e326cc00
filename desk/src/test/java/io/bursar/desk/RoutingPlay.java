package io.bursar.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerEnvironment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The requests for accounts in a scenario, and the instances that answer them, each with a router of its own. A step is
 * played at the instance that {@code at} names, or at the one that is called {@code one}.
 */
final class RoutingPlay {
    private final Told told;
    private final Map<String, Router> routers = new TreeMap<>();
    private final Random chance = new Random(1);
    private int started;

    /**
     * What an instance says to one request.
     *
     * @param given the account's number; without an account how many cannot be used for which reason
     * @param by what chose it; null without an account
     * @param tried what came first, and why it was not given
     */
    private record Answer(String given, String by, Map<String, String> tried) {}

    RoutingPlay(Told told) {
        this.told = told;
    }

    /** The router of the instance that a step names. */
    Router router(Step step) {
        return routers.computeIfAbsent(step.text("at", "one"), name -> new Router(name + "-" + ++started));
    }

    /** Kills an instance; the next request to it starts it again, with nothing but what the desk knows. */
    void restart(String instance) {
        assertThat(routers.remove(instance)).as("the instance " + instance).isNotNull();
    }

    /** Has chance go on from a beginning that is always the same for a number. */
    void begin(int seed) {
        chance.setSeed(seed);
    }

    /** Tells the desk what all instances have given. */
    void publish() {
        for (var router : routers.values()) {
            router.unpublished(told.now()).forEach(report -> {
                told.take(told.desk.decide(report, told.now()));
                router.published(report);
            });
        }
    }

    /**
     * Plays a step {@code route}: as many requests as accounts are expected, or one that none is expected for.
     *
     * @param player of the steps that are to happen while the first token is waited for
     */
    void ask(Step step, Consumer<List<Step>> player) {
        var request = request(step);
        var meanwhile = new ArrayDeque<>(step.steps("meanwhile"));
        var answers = new ArrayList<Answer>();
        for (int time = 0; time < requests(step); time++) {
            answers.add(answer(router(step), request, meanwhile, player));
        }
        assertThat(meanwhile).as("steps, with no token to wait for").isEmpty();
        check(step, answers);
    }

    private static RouteRequest request(Step step) {
        return new RouteRequest(
                Operation.valueOf(step.text("operation")),
                step.has("permissions") ? step.texts("permissions") : List.of(),
                step.symbol("environment", BrokerEnvironment.class).orElse(null),
                step.text("owner", null),
                step.symbol("purpose", RoutingPurpose.class).orElse(null),
                step.symbol("strategy", RoutingStrategy.class).orElse(null));
    }

    private static int requests(Step step) {
        if (step.has("refused")) {
            return 1;
        }
        return step.isMap("gives")
                ? step.counts("gives").values().stream()
                        .mapToInt(Integer::intValue)
                        .sum()
                : step.texts("gives").size();
    }

    /** Goes through the candidates as an instance does, which waits until their tokens are valid. */
    private Answer answer(Router router, RouteRequest request, Queue<Step> meanwhile, Consumer<List<Step>> player) {
        var route = router.route(told.desk.accounts(), request, told.now(), chance);
        var tried = new TreeMap<String, String>();
        var refused = new TreeMap<String, Integer>();
        route.refused().forEach((refusal, count) -> refused.put(refusal.code(), count));
        for (var candidate : route.candidates()) {
            var id = candidate.account().getId();
            while (!meanwhile.isEmpty() && !hasValidToken(told.account(id))) {
                player.accept(List.of(meanwhile.remove()));
            }
            var refusal = refusal(told.account(id), request);
            if (refusal.isEmpty()) {
                router.give(route, candidate, told.now());
                var by = candidate.isDefault() ? "DEFAULT" : route.strategy().name();
                return new Answer(candidate.account().getNumber(), by, tried);
            }
            tried.put(candidate.account().getNumber(), refusal.get().code());
            refused.merge(refusal.get().code(), 1, Integer::sum);
        }
        return new Answer(refused.toString(), null, tried);
    }

    private boolean hasValidToken(BrokerAccount account) {
        return RouteRules.hasValidToken(account, told.now());
    }

    private Optional<RouteRefusal> refusal(BrokerAccount account, RouteRequest request) {
        return hasValidToken(account)
                ? RouteRules.refusal(account, request)
                : Optional.of(RouteRefusal.TOKEN_NOT_VALID);
    }

    private static void check(Step step, List<Answer> answers) {
        var given = answers.stream().map(Answer::given).toList();
        if (step.has("refused")) {
            assertThat(given)
                    .as(step.toString())
                    .containsExactly(step.counts("refused").toString());
        } else if (step.isMap("gives")) {
            assertThat(frequencies(given)).as(step.toString()).isEqualTo(step.counts("gives"));
        } else {
            assertThat(given).as(step.toString()).isEqualTo(step.texts("gives"));
        }
        var tried = step.map("tried");
        assertThat(answers)
                .as(step.toString())
                .allSatisfy(answer -> assertThat(answer.tried()).isEqualTo(tried));
        if (step.has("by")) {
            var by = step.text("by");
            assertThat(answers).as(step.toString()).extracting(Answer::by).containsOnly(by);
        }
    }

    private static Map<String, Integer> frequencies(List<String> given) {
        return given.stream().collect(Collectors.toMap(number -> number, number -> 1, Integer::sum));
    }
}
