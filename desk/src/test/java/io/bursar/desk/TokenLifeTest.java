package io.bursar.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerTokenStatus;
import io.bursar.schemas.RefreshCancelled;
import io.bursar.schemas.RefreshFailed;
import io.bursar.schemas.RefreshOutcome;
import io.bursar.schemas.RefreshPhase;
import io.bursar.schemas.RefreshTrigger;
import io.bursar.schemas.RetryAdvice;
import io.bursar.schemas.SetBrokerAccountStatus;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.TokenRevoked;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenLifeTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final Told told = new Told();

    @Test
    void a_new_account_gets_its_first_token_without_being_asked() {
        var id = told.open("U1");

        told.tick();

        assertThat(told.call().getNumber()).isEqualTo(1);
        assertThat(told.account(id).getRefresh().getTrigger()).isEqualTo(RefreshTrigger.SCHEDULED);
    }

    @Test
    void a_token_is_renewed_an_hour_before_it_ends() {
        told.openWithToken("U1", DAY);
        int before = told.calls.size();

        told.pass(Duration.ofHours(23).minusSeconds(1));
        assertThat(told.calls).hasSize(before);
        told.pass(Duration.ofSeconds(2));

        assertThat(told.calls.size()).isGreaterThan(before);
    }

    @Test
    void a_token_of_an_hour_is_renewed_in_the_middle_of_its_life_and_not_for_ever() {
        told.openWithToken("U1", Duration.ofHours(1));
        int before = told.calls.size();

        told.pass(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(told.calls).hasSize(before);
        told.pass(Duration.ofSeconds(2));

        assertThat(told.calls.size()).isGreaterThan(before);
    }

    @Test
    void a_token_of_unknown_expiry_is_renewed_when_it_is_as_old_as_the_window() {
        var id = told.openWithToken("U1", null);

        assertThat(told.account(id).getNextRefreshAt()).isEqualTo(told.now().plus(Duration.ofHours(1)));
    }

    @Test
    void a_token_of_unknown_expiry_that_a_person_brings_is_renewed_at_once() {
        var id = told.openWithToken("U1", DAY);
        told.event(id, told.token(told.account(id).getLastTokenVersion() + 1, null));

        assertThat(told.account(id).getNextRefreshAt()).isEqualTo(told.now());
    }

    @Test
    void only_the_first_worker_that_asks_may_make_an_attempt() {
        told.open("U1");
        told.tick();

        assertThat(told.start(told.call(), "w1").accepted()).isTrue();
        assertThat(told.start(told.call(), "w2").reason()).isEqualTo(DeskReason.ATTEMPT_NOT_OFFERED);
        assertThat(told.succeed(told.call(), "w1", DAY).accepted()).isTrue();
        assertThat(told.start(told.call(), "w2").reason()).isEqualTo(DeskReason.ATTEMPT_NOT_OFFERED);
    }

    @Test
    void after_errors_it_waits_one_second_then_two_and_gives_up_after_three_attempts() {
        var id = told.open("U1");
        told.tick();

        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(told.call().getAttempt()).isEqualTo(attempt);
            told.start(told.call(), "w");
            told.fail(told.call(), "w", "timeout", RetryAdvice.SOON);
            int offered = told.calls.size();
            if (attempt < 3) {
                told.pass(Duration.ofMillis(attempt * 1_000 - 200));
                assertThat(told.calls).hasSize(offered);
                told.pass(Duration.ofMillis(400));
            }
        }

        assertThat(told.refreshes.getLast())
                .returns(RefreshOutcome.FAILED, TokenRefresh::getOutcome)
                .returns("timeout", TokenRefresh::getCode)
                .returns(3, TokenRefresh::getAttempts);
        assertThat(told.account(id).getUsage().getErrorsInRow()).isEqualTo(1);
        assertThat(told.account(id).getRefresh()).isNull();
    }

    @Test
    void a_broker_that_limits_is_asked_again_when_it_says_and_otherwise_after_a_minute() {
        told.open("U1");
        told.tick();
        told.start(told.call(), "w");
        var call = told.call();
        told.event(
                call.getAccount().getId(),
                new RefreshFailed(call.getNumber(), 1, "w", "http_429", RetryAdvice.LATER, 7_000L));
        int offered = told.calls.size();
        told.pass(Duration.ofMillis(6_800));
        assertThat(told.calls).hasSize(offered);
        told.pass(Duration.ofMillis(400));
        assertThat(told.calls.size()).isGreaterThan(offered);

        told.start(told.call(), "w");
        told.fail(told.call(), "w", "http_429", RetryAdvice.LATER);
        offered = told.calls.size();
        told.pass(Duration.ofMillis(59_800));
        assertThat(told.calls).hasSize(offered);
        told.pass(Duration.ofMillis(400));
        assertThat(told.calls.size()).isGreaterThan(offered);
    }

    @Test
    void an_answer_without_a_token_is_not_asked_for_again() {
        told.open("U1");
        told.tick();
        told.start(told.call(), "w");
        told.fail(told.call(), "w", "no_token", RetryAdvice.NEVER);

        assertThat(told.refreshes.getLast().getOutcome()).isEqualTo(RefreshOutcome.FAILED);
        assertThat(told.refreshes.getLast().getAttempts()).isEqualTo(1);
    }

    @Test
    void a_success_clears_the_errors() {
        var id = told.open("U1");
        for (int i = 0; i < 9; i++) {
            told.report(id, false, "http_500");
        }
        told.tick();
        told.start(told.call(), "w");
        told.succeed(told.call(), "w", DAY);

        assertThat(told.account(id).getUsage().getErrorsInRow()).isZero();
    }

    @Test
    void an_attempt_that_no_worker_takes_is_offered_again_and_the_refresh_ends_after_five_minutes() {
        told.open("U1");
        told.tick();
        int offered = told.calls.size();
        told.pass(Duration.ofSeconds(4));
        assertThat(told.calls.size()).isGreaterThan(offered);

        told.pass(Duration.ofMinutes(5));

        assertThat(told.refreshes)
                .filteredOn(refresh -> refresh.getNumber() == 1)
                .last()
                .returns(RefreshOutcome.FAILED, TokenRefresh::getOutcome)
                .returns("no_worker", TokenRefresh::getCode);
    }

    @Test
    void the_attempt_of_a_worker_that_is_gone_ends_with_its_lease_and_the_next_one_follows() {
        var id = told.open("U1");
        told.tick();
        told.start(told.call(), "w1");

        told.pass(Duration.ofSeconds(39));
        assertThat(told.account(id).getRefresh().getPhase()).isEqualTo(RefreshPhase.STARTED);
        told.pass(Duration.ofSeconds(3));

        assertThat(told.account(id).getRefresh().getAttempt()).isEqualTo(2);
        assertThat(told.start(told.call(), "w2").accepted()).isTrue();
    }

    @Test
    void a_token_that_comes_after_its_lease_is_kept_and_ends_a_refresh_that_calls_nobody() {
        var id = told.open("U1");
        told.tick();
        var late = told.call();
        told.start(late, "w1");
        told.pass(Duration.ofSeconds(40).plusMillis(200));
        assertThat(told.account(id).getRefresh().getPhase()).isEqualTo(RefreshPhase.WAITING);

        assertThat(told.succeed(late, "w1", DAY).accepted()).isTrue();

        assertThat(told.account(id).getToken().getVersion()).isEqualTo(late.getTokenVersion());
        assertThat(told.account(id).getRefresh()).isNull();
        assertThat(told.refreshes.getLast().getOutcome()).isEqualTo(RefreshOutcome.SUCCEEDED);
    }

    @Test
    void a_token_that_comes_late_is_kept_while_the_next_attempt_is_out_whose_failure_harms_nothing() {
        var id = told.open("U1");
        told.tick();
        var late = told.call();
        told.start(late, "w1");
        told.pass(Duration.ofSeconds(43));
        told.start(told.call(), "w2");

        told.succeed(late, "w1", DAY);
        assertThat(told.account(id).getRefresh().getPhase()).isEqualTo(RefreshPhase.STARTED);
        assertThat(told.request(id, true).reason()).isEqualTo(DeskReason.REFRESH_UNDER_WAY);
        told.fail(told.call(), "w2", "invalid_grant", RetryAdvice.NEVER);

        assertThat(told.refreshes.getLast().getOutcome()).isEqualTo(RefreshOutcome.SUCCEEDED);
        assertThat(told.account(id).getToken().getVersion()).isEqualTo(late.getTokenVersion());
        assertThat(told.account(id).getUsage().getErrorsInRow()).isZero();
    }

    @Test
    void an_older_token_never_takes_the_place_of_a_newer_one() {
        var id = told.open("U1");
        told.tick();
        var late = told.call();
        told.start(late, "w1");
        told.pass(Duration.ofSeconds(43));
        told.start(told.call(), "w2");
        told.succeed(told.call(), "w2", DAY);

        assertThat(told.succeed(late, "w1", DAY).reason()).isEqualTo(DeskReason.VERSION_CONFLICT);
        assertThat(told.account(id).getToken().getVersion()).isGreaterThan(late.getTokenVersion());
    }

    @Test
    void a_token_that_was_never_offered_is_refused() {
        var id = told.open("U1");
        told.tick();
        told.start(told.call(), "w");
        var call = told.call();
        call.setTokenVersion(call.getTokenVersion() + 5);

        assertThat(told.succeed(call, "w", DAY).reason()).isEqualTo(DeskReason.VERSION_CONFLICT);
        assertThat(told.account(id).getToken()).isNull();
    }

    @Test
    void no_more_than_three_calls_to_one_broker_are_out_at_a_time() {
        for (int i = 0; i < 5; i++) {
            told.open("U" + i);
        }
        told.tick();

        assertThat(told.calls).hasSize(3);
        var first = told.calls.getFirst();
        told.start(first, "w");
        told.succeed(first, "w", DAY);
        assertThat(told.calls).hasSize(4);
    }

    @Test
    void calls_to_one_broker_are_spread_over_its_minute() {
        var limited = new Told(new BrokerLimits(3, 60));
        limited.open("U1");
        limited.open("U2");
        limited.tick();

        assertThat(limited.calls).hasSize(1);
        limited.pass(Duration.ofMillis(800));
        assertThat(limited.calls).hasSize(1);
        limited.pass(Duration.ofMillis(400));
        assertThat(limited.calls).hasSize(2);
    }

    @Test
    void a_refresh_is_refused_while_one_is_under_way_or_the_token_is_good_for_long_unless_it_is_forced() {
        var id = told.openWithToken("U1", DAY);

        assertThat(told.request(id, false).reason()).isEqualTo(DeskReason.REFRESH_NOT_DUE);
        assertThat(told.request(id, true).accepted()).isTrue();
        assertThat(told.request(id, true).reason()).isEqualTo(DeskReason.REFRESH_UNDER_WAY);
    }

    @Test
    void a_token_that_the_broker_does_not_take_any_longer_is_renewed() {
        var id = told.openWithToken("U1", DAY);

        told.report(id, false, "token_invalid");

        assertThat(told.account(id).getRefresh().getTrigger()).isEqualTo(RefreshTrigger.ERROR);
    }

    @Test
    void a_token_expires_when_nobody_renews_it_and_the_refresh_then_says_so() {
        var id = told.openWithToken("U1", Duration.ofMinutes(2));
        told.command(id, new SetBrokerAccountStatus(BrokerAccountStatus.INACTIVE, null));
        told.pass(Duration.ofMinutes(2));
        assertThat(told.account(id).getToken().getStatus()).isEqualTo(BrokerTokenStatus.EXPIRED);

        told.command(id, new SetBrokerAccountStatus(BrokerAccountStatus.ACTIVE, null));
        told.tick();

        assertThat(told.account(id).getRefresh().getTrigger()).isEqualTo(RefreshTrigger.EXPIRED);
    }

    @Test
    void a_revoked_token_is_not_renewed_by_time() {
        var id = told.openWithToken("U1", Duration.ofMinutes(2));
        assertThat(told.event(id, new TokenRevoked(null)).accepted()).isTrue();
        int before = told.calls.size();

        told.pass(Duration.ofMinutes(3));

        assertThat(told.calls).hasSize(before);
        assertThat(told.request(id, false).accepted()).isTrue();
    }

    @Test
    void a_refresh_that_waits_can_be_cancelled_and_one_that_calls_cannot() {
        var id = told.open("U1");
        told.tick();
        long number = told.call().getNumber();
        assertThat(told.event(id, new RefreshCancelled(number + 1, "x")).reason())
                .isEqualTo(DeskReason.REFRESH_NOT_FOUND);
        assertThat(told.event(id, new RefreshCancelled(number, "maintenance")).accepted())
                .isTrue();
        assertThat(told.refreshes.getLast())
                .returns(RefreshOutcome.CANCELLED, TokenRefresh::getOutcome)
                .returns("maintenance", TokenRefresh::getCode);

        told.request(id, true);
        told.start(told.call(), "w");
        assertThat(told.event(id, new RefreshCancelled(number + 1, "x")).reason())
                .isEqualTo(DeskReason.REFRESH_STARTED);
    }

    @Test
    void the_history_has_the_hashes_of_the_tokens_before_and_after() {
        var id = told.openWithToken("U1", DAY);
        told.request(id, true);
        told.start(told.call(), "w");
        told.succeed(told.call(), "w", DAY);

        var ended = told.refreshes.stream()
                .filter(refresh -> refresh.getOutcome() == RefreshOutcome.SUCCEEDED)
                .toList();
        assertThat(ended).extracting(TokenRefresh::getNumber).containsExactly(1L, 2L);
        assertThat(ended.getFirst().getOldTokenHash()).isNull();
        assertThat(ended.getLast().getOldTokenHash()).isEqualTo(ended.getFirst().getNewTokenHash());
    }
}
