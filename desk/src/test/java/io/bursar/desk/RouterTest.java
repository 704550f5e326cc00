package io.bursar.desk;

import static io.bursar.desk.Told.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerAccountType;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.CreateBrokerAccount;
import io.bursar.schemas.DeleteBrokerAccount;
import io.bursar.schemas.OperationOutcome;
import io.bursar.schemas.OperationReport;
import io.bursar.schemas.RoutingCount;
import io.bursar.schemas.SetBrokerAccountStatus;
import io.bursar.schemas.TokenRevoked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouterTest {
    private static final Duration LIFE = Duration.ofHours(8);

    private final Told told = new Told();
    private final Router router = new Router("router-1");
    private final Random chance = new Random(1);

    @Test
    void accounts_take_turns_operation_by_operation() {
        open("A", "B", "C");

        assertThat(numbers(6, RouteRequest.of(Operation.QUOTE))).containsExactly("A", "B", "C", "A", "B", "C");
        assertThat(numbers(2, RouteRequest.of(Operation.POSITIONS))).containsExactly("A", "B");
        assertThat(numbers(2, RouteRequest.of(Operation.QUOTE))).containsExactly("A", "B");
    }

    @Test
    void turns_go_on_after_a_restart_and_where_another_instance_stopped() {
        open("A", "B", "C");
        numbers(2, RouteRequest.of(Operation.QUOTE));
        publish(router);

        assertThat(numberOf(give(new Router("router-2"), RouteRequest.of(Operation.QUOTE))))
                .isEqualTo("C");
    }

    @Test
    void turns_go_on_although_another_instance_has_a_clock_that_is_ahead() {
        open("A", "B", "C");
        var ahead = T0.plus(Duration.ofHours(1));
        told.take(told.desk.decide(
                new OperationReport(id("A"), told.now(), new RoutingCount("other", "QUOTE", 1L, ahead)), told.now()));

        assertThat(numbers(6, RouteRequest.of(Operation.QUOTE))).containsExactly("B", "C", "A", "B", "C", "A");
    }

    @Test
    void an_account_that_was_asked_for_and_not_given_has_had_its_turn() {
        open("A", "B");
        route(RouteRequest.of(Operation.QUOTE));

        assertThat(numbers(2, RouteRequest.of(Operation.QUOTE))).containsExactly("B", "A");
    }

    @Test
    void a_candidate_that_is_given_in_place_of_the_first_has_had_its_turn_as_well() {
        open("A", "B", "C");
        var route = route(RouteRequest.of(Operation.QUOTE));
        router.give(route, route.candidates().get(1), told.now());

        assertThat(numbers(1, RouteRequest.of(Operation.QUOTE))).containsExactly("C");
    }

    @Test
    void the_least_used_is_the_one_that_all_routers_together_have_given_least() {
        open("A", "B");
        told.take(told.desk.decide(
                new OperationReport(id("A"), told.now(), new RoutingCount("other", "ORDERS", 3L, null)), told.now()));
        var request = by(RoutingStrategy.LEAST_USED);

        assertThat(numbers(5, request)).containsExactly("B", "B", "B", "A", "B");
    }

    @Test
    void the_fastest_is_the_one_with_the_shortest_mean_of_the_times_that_are_kept() {
        open("A", "B", "C");
        for (int call = 0; call < 100; call++) {
            told.take(reported("B", 900_000));
        }
        for (int call = 0; call < 100; call++) {
            told.take(reported("B", 20_000));
        }
        told.take(reported("C", 30_000));

        var route = route(by(RoutingStrategy.FASTEST_RESPONSE));
        assertThat(route.candidates()).extracting(RouterTest::numberOf).containsExactly("B", "C", "A");
    }

    @Test
    void at_random_every_account_comes_first_now_and_then() {
        open("A", "B", "C");

        assertThat(numbers(100, by(RoutingStrategy.RANDOM))).contains("A", "B", "C");
    }

    @Test
    void defaults_come_first_for_their_purpose_unless_a_strategy_is_named() {
        open("A", "B");
        told.open("C", creation -> creation.setDefaultTrading(true));
        told.open("D", creation -> creation.setDefaultData(true));

        var trading = asked(RoutingPurpose.TRADING, null);
        assertThat(numbers(3, trading)).containsExactly("C", "C", "C");
        assertThat(route(trading).candidates())
                .extracting(Route.Candidate::isDefault)
                .containsExactly(true, false, false, false);
        assertThat(numbers(1, asked(RoutingPurpose.DATA, null))).containsExactly("D");
        assertThat(route(asked(null, null)).candidates()).noneMatch(Route.Candidate::isDefault);
        assertThat(numberOf(route(asked(RoutingPurpose.TRADING, RoutingStrategy.LEAST_USED))
                        .candidates()
                        .getFirst()))
                .isEqualTo("A");
    }

    @Test
    void defaults_of_several_owners_take_turns() {
        open("A");
        told.open("B", creation -> creation.setOwner("desk-2").setDefaultData(true));
        told.open("C", creation -> creation.setOwner("desk-3").setDefaultData(true));

        assertThat(numbers(4, asked(RoutingPurpose.DATA, null))).containsExactly("B", "C", "B", "C");
    }

    @Test
    void accounts_of_other_owners_do_not_count() {
        open("A");
        told.open("B", creation -> creation.setOwner("desk-2"));
        var request = new RouteRequest(Operation.QUOTE, List.of(), null, "desk-2", null, null);

        assertThat(numbers(2, request)).containsExactly("B", "B");
        assertThat(route(request).refused()).isEmpty();
    }

    @Test
    void an_account_without_a_valid_token_stays_a_candidate_and_one_with_a_revoked_token_does_not() {
        told.openWithToken("A", LIFE);
        told.openWithToken("B", LIFE);
        told.open("C");
        told.event(id("B"), new TokenRevoked("test"));

        var route = route(RouteRequest.of(Operation.QUOTE));
        assertThat(route.candidates()).extracting(RouterTest::numberOf).containsExactly("A", "C");
        assertThat(route.refused()).isEqualTo(Map.of(RouteRefusal.TOKEN_NOT_VALID, 1));
        assertThat(RouteRules.refusal(told.account(id("C")), Operation.Group.DATA, told.now()))
                .contains(RouteRefusal.TOKEN_NOT_VALID);
        assertThat(RouteRules.refusal(told.account(id("A")), Operation.Group.DATA, told.now()))
                .isEmpty();
        assertThat(RouteRules.hasValidToken(told.account(id("A")), told.now().plus(LIFE)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = BrokerAccountStatus.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ACTIVE"})
    void only_active_accounts_are_used(BrokerAccountStatus status) {
        open("A");
        told.command(id("A"), new SetBrokerAccountStatus(status, null));

        assertRefused(RouteRequest.of(Operation.QUOTE), RouteRefusal.NOT_ACTIVE);
    }

    @Test
    void all_permissions_that_are_asked_for_are_needed() {
        told.open("A", creation -> creation.setPermissions(List.of("us_stock", "us_option")));

        assertCandidate(permitted("us_stock", "us_option"));
        assertRefused(permitted("us_stock", "hk_stock"), RouteRefusal.PERMISSION_MISSING);
    }

    @Test
    void the_environment_counts_where_it_is_asked_for() {
        told.open("A", creation -> creation.setEnvironment(BrokerEnvironment.SANDBOX));

        assertCandidate(in(BrokerEnvironment.SANDBOX));
        assertCandidate(in(null));
        assertRefused(in(BrokerEnvironment.PRODUCTION), RouteRefusal.ENVIRONMENT_DIFFERS);
    }

    @Test
    void trading_takes_production_or_paper_and_data_takes_any() {
        Consumer<CreateBrokerAccount.Builder> sandbox =
                creation -> creation.setEnvironment(BrokerEnvironment.SANDBOX).setType(BrokerAccountType.STANDARD);
        var standard = told.open("A", sandbox);
        assertRefused(RouteRequest.of(Operation.PLACE_ORDER), RouteRefusal.NOT_FOR_TRADING);
        assertCandidate(RouteRequest.of(Operation.QUOTE));
        assertCandidate(RouteRequest.of(Operation.ORDERS));

        told.command(standard, new DeleteBrokerAccount());
        told.open("B", sandbox.andThen(creation -> creation.setType(BrokerAccountType.PAPER)));
        assertCandidate(RouteRequest.of(Operation.PLACE_ORDER));
    }

    @Test
    void errors_in_a_row_end_trading_at_five_and_everything_at_ten() {
        open("A");
        for (int error = 0; error < 4; error++) {
            told.report(id("A"), false, "timeout");
        }
        assertCandidate(RouteRequest.of(Operation.CANCEL_ORDER));

        told.report(id("A"), false, "timeout");
        assertRefused(RouteRequest.of(Operation.CANCEL_ORDER), RouteRefusal.TOO_MANY_ERRORS);
        assertCandidate(RouteRequest.of(Operation.TRANSACTIONS));

        // The desk suspends an account then; where a person has lifted that, the errors are still there.
        for (int error = 0; error < 5; error++) {
            told.report(id("A"), false, "timeout");
        }
        told.command(id("A"), new SetBrokerAccountStatus(BrokerAccountStatus.ACTIVE, null));
        assertRefused(RouteRequest.of(Operation.QUOTE), RouteRefusal.TOO_MANY_ERRORS);

        told.report(id("A"), true, null);
        assertCandidate(RouteRequest.of(Operation.CANCEL_ORDER));
    }

    @Test
    void only_what_has_changed_is_published_and_what_would_be_forgotten() {
        open("A", "B");
        numbers(1, RouteRequest.of(Operation.QUOTE));

        var reports = router.unpublished(told.now());
        assertThat(reports).hasSize(1);
        assertThat(router.unpublished(told.now())).as("until it is published").isEqualTo(reports);
        publish(router);
        assertThat(router.unpublished(told.now())).isEmpty();
        assertThat(router.unpublished(told.now().plus(Duration.ofHours(13)))).hasSize(1);

        numbers(2, RouteRequest.of(Operation.QUOTE));
        assertThat(router.unpublished(told.now())).hasSize(2);
    }

    @Test
    void what_was_published_the_longest_ago_is_published_first() {
        open("A", "B", "C");
        numbers(2, RouteRequest.of(Operation.QUOTE));
        router.unpublished(told.now()).stream()
                .filter(report -> report.getAccountId().equals(id("B")))
                .forEach(router::published);
        var later = told.now().plusSeconds(1);
        router.unpublished(later).stream()
                .filter(report -> report.getAccountId().equals(id("A")))
                .forEach(router::published);

        numbers(4, RouteRequest.of(Operation.QUOTE));

        assertThat(router.unpublished(later))
                .extracting(report -> report.getAccountId())
                .containsExactly(id("C"), id("B"), id("A"));
    }

    @Test
    void what_is_given_counts_once_before_and_after_it_is_published() {
        open("A");
        numbers(3, RouteRequest.of(Operation.QUOTE));

        assertThat(router.given(told.account(id("A")), Operation.QUOTE)).isEqualTo(3);
        publish(router);
        assertThat(router.given(told.account(id("A")), Operation.QUOTE)).isEqualTo(3);
        assertThat(new Router("other").given(told.account(id("A")), Operation.QUOTE))
                .isEqualTo(3);
        assertThat(router.given(told.account(id("A")), Operation.ORDERS)).isZero();
    }

    @Test
    void counts_of_a_router_that_publishes_twice_a_day_are_never_counted_twice() {
        open("A");
        numbers(3, RouteRequest.of(Operation.QUOTE));
        publish(router);
        for (int time = 1; time <= 5; time++) {
            publishAt(router, told.now().plus(Duration.ofHours(13L * time)));
        }

        assertThat(told.account(id("A")).getUsage().getOperations().getFirst().getRouted())
                .isEqualTo(3);
    }

    @Test
    void an_account_that_is_made_anew_begins_at_nothing() {
        open("A", "B");
        numbers(2, RouteRequest.of(Operation.QUOTE));
        router.forgetUnless(id("B")::equals);

        assertThat(router.given(told.account(id("A")), Operation.QUOTE)).isZero();
        assertThat(router.given(told.account(id("B")), Operation.QUOTE)).isEqualTo(1);
        assertThat(router.unpublished(told.now()))
                .extracting(OperationReport::getAccountId)
                .containsExactly(id("B"));
    }

    private void open(String... numbers) {
        for (var number : numbers) {
            told.open(number);
        }
    }

    private static String id(String number) {
        return "acme:production:" + number;
    }

    private static RouteRequest by(RoutingStrategy strategy) {
        return asked(null, strategy);
    }

    private static RouteRequest asked(RoutingPurpose purpose, RoutingStrategy strategy) {
        return new RouteRequest(Operation.QUOTE, List.of(), null, null, purpose, strategy);
    }

    private static RouteRequest permitted(String... permissions) {
        return new RouteRequest(Operation.QUOTE, List.of(permissions), null, null, null, null);
    }

    private static RouteRequest in(BrokerEnvironment environment) {
        return new RouteRequest(Operation.QUOTE, List.of(), environment, null, null, null);
    }

    private Route route(RouteRequest request) {
        return router.route(told.desk.accounts(), request, told.now(), chance);
    }

    private Route.Candidate give(Router by, RouteRequest request) {
        var route = by.route(told.desk.accounts(), request, told.now(), chance);
        by.give(route, route.candidates().getFirst(), told.now());
        return route.candidates().getFirst();
    }

    private List<String> numbers(int times, RouteRequest request) {
        var numbers = new ArrayList<String>();
        for (int time = 0; time < times; time++) {
            numbers.add(numberOf(give(router, request)));
        }
        return numbers;
    }

    private static String numberOf(Route.Candidate candidate) {
        return candidate.account().getNumber();
    }

    private void publish(Router of) {
        publishAt(of, told.now());
    }

    private void publishAt(Router of, Instant at) {
        of.unpublished(at).forEach(report -> {
            told.take(told.desk.decide(report, at));
            of.published(report);
        });
    }

    private DeskDecision reported(String number, long micros) {
        var outcome = OperationOutcome.newBuilder()
                .setOperation("QUOTE")
                .setSuccess(true)
                .setDurationMicros(micros)
                .build();
        return told.desk.decide(new OperationReport(id(number), told.now(), outcome), told.now());
    }

    private void assertCandidate(RouteRequest request) {
        assertThat(route(request).candidates()).hasSize(1);
        assertThat(route(request).refused()).isEmpty();
    }

    private void assertRefused(RouteRequest request, RouteRefusal refusal) {
        assertThat(route(request).candidates()).isEmpty();
        assertThat(route(request).refused()).isEqualTo(Map.of(refusal, 1));
    }
}
