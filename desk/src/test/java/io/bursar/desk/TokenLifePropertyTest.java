package io.bursar.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.BrokerTokenStatus;
import io.bursar.schemas.RefreshCancelled;
import io.bursar.schemas.RefreshOutcome;
import io.bursar.schemas.ResetBrokerAccountErrors;
import io.bursar.schemas.RetryAdvice;
import io.bursar.schemas.SetBrokerAccountStatus;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.TokenRefreshCall;
import io.bursar.schemas.TokenRevoked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Workers that take attempts, call a broker, answer, answer late, die, or never hear of them; people that interfere. What
 * must hold whatever they do.
 */
class TokenLifePropertyTest {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final int STEPS = 400;

    /** A call to the broker that one worker makes. */
    private record Call(TokenRefreshCall call, String worker, Instant startedAt, Instant endsAt) {}

    /** What a play has seen, and the world outside of the desk. */
    private static final class Play {
        private final Random random;
        private final Told told = new Told();
        private final List<String> ids = new ArrayList<>();
        private final Map<String, Call> out = new HashMap<>();
        private final List<Call> unreported = new ArrayList<>();
        private int taken;

        Play(long seed) {
            random = new Random(seed);
            for (int i = 0; i < 4; i++) {
                ids.add(told.open("U" + i));
            }
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                var before = tokens();
                act();
                checkThatNoValidTokenIsLost(before);
                told.pass(Duration.ofMillis(random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(2_000)));
                endCalls();
            }
        }

        private void act() {
            var id = ids.get(random.nextInt(ids.size()));
            switch (random.nextInt(20)) {
                case 0 -> told.request(id, random.nextBoolean());
                case 1 ->
                    told.event(id, told.token(told.account(id).getLastTokenVersion() + random.nextInt(2), life()));
                case 2 -> told.event(id, new TokenRevoked("test"));
                case 3 -> told.event(id, new RefreshCancelled(told.account(id).getLastRefreshNumber(), "test"));
                case 4 ->
                    told.command(
                            id,
                            new SetBrokerAccountStatus(
                                    random.nextInt(3) == 0 ? BrokerAccountStatus.INACTIVE : BrokerAccountStatus.ACTIVE,
                                    null));
                case 5 -> told.command(id, new ResetBrokerAccountErrors());
                case 6 -> told.report(id, false, "token_invalid");
                case 7, 8 -> reportLate();
                default -> take();
            }
        }

        /** A worker reads an attempt, the last or an old one, and asks for it. */
        private void take() {
            if (told.calls.isEmpty()) {
                return;
            }
            var call = random.nextInt(4) == 0
                    ? told.calls.get(random.nextInt(told.calls.size()))
                    : told.calls.get(told.calls.size() - 1 - random.nextInt(Math.min(4, told.calls.size())));
            var worker = "w" + taken++;
            if (!told.start(call, worker).accepted()) {
                return;
            }
            var id = call.getAccount().getId();
            // The one thing that must never happen.
            assertThat(out).doesNotContainKey(id);
            long callMs = random.nextInt(3) == 0 ? CALL_TIMEOUT.toMillis() : random.nextInt(5_000);
            out.put(id, new Call(call, worker, told.now(), told.now().plusMillis(callMs)));
        }

        /** Calls end by themselves; whether anybody hears of it is another matter. */
        private void endCalls() {
            for (var call : List.copyOf(out.values())) {
                if (call.endsAt().isAfter(told.now())) {
                    continue;
                }
                out.remove(call.call().getAccount().getId());
                if (random.nextInt(4) == 0) {
                    unreported.add(call);
                } else {
                    report(call);
                }
            }
        }

        private void reportLate() {
            if (!unreported.isEmpty()) {
                report(unreported.remove(random.nextInt(unreported.size())));
            }
        }

        private void report(Call call) {
            var before = told.account(call.call().getAccount().getId()).getToken();
            switch (random.nextInt(4)) {
                case 0 -> told.fail(call.call(), call.worker(), "http_500", RetryAdvice.SOON);
                case 1 -> told.fail(call.call(), call.worker(), "invalid_grant", RetryAdvice.NEVER);
                default -> {
                    told.succeed(call.call(), call.worker(), life());
                    var after = told.account(call.call().getAccount().getId()).getToken();
                    boolean isNewer =
                            before == null || before.getVersion() < call.call().getTokenVersion();
                    assertThat(after.getVersion())
                            .isEqualTo(isNewer ? call.call().getTokenVersion() : before.getVersion());
                }
            }
        }

        private Duration life() {
            return random.nextInt(5) == 0 ? null : Duration.ofSeconds(20 + random.nextInt(600));
        }

        private Map<String, Long> tokens() {
            Map<String, Long> versions = new TreeMap<>();
            told.desk.accounts().forEach(account -> {
                if (account.getToken() != null && account.getToken().getStatus() == BrokerTokenStatus.VALID) {
                    versions.put(account.getId(), account.getToken().getVersion());
                }
            });
            return versions;
        }

        private void checkThatNoValidTokenIsLost(Map<String, Long> before) {
            before.forEach((id, version) -> {
                var token = told.account(id).getToken();
                assertThat(token).isNotNull();
                assertThat(token.getVersion()).isGreaterThanOrEqualTo(version);
                if (token.getVersion() == version && token.getStatus() == BrokerTokenStatus.EXPIRED) {
                    assertThat(token.getExpiresAt()).isBeforeOrEqualTo(told.now());
                }
            });
        }
    }

    @Property(tries = 60)
    void an_account_is_never_refreshed_twice_at_once_and_no_valid_token_is_lost(@ForAll long seed) {
        new Play(seed).run();
    }

    @Property(tries = 60)
    void every_refresh_ends_once_when_the_workers_are_gone(@ForAll long seed) {
        var play = new Play(seed);
        play.run();
        for (var id : play.ids) {
            play.told.command(id, new SetBrokerAccountStatus(BrokerAccountStatus.INACTIVE, null));
        }

        play.told.pass(Duration.ofMinutes(10));

        Map<String, List<RefreshOutcome>> outcomes = new TreeMap<>();
        for (TokenRefresh refresh : play.told.refreshes) {
            outcomes.computeIfAbsent(refresh.getAccountId() + "/" + refresh.getNumber(), any -> new ArrayList<>())
                    .add(refresh.getOutcome());
        }
        assertThat(outcomes).isNotEmpty();
        outcomes.forEach((refresh, seen) -> {
            assertThat(seen).as(refresh).hasSize(2);
            assertThat(seen.getFirst()).isEqualTo(RefreshOutcome.PENDING);
            assertThat(seen.getLast()).isNotEqualTo(RefreshOutcome.PENDING);
        });
    }

    @Property(tries = 40)
    void no_broker_gets_more_calls_at_once_than_it_bears(@ForAll long seed) {
        var play = new Play(seed);
        for (int step = 0; step < STEPS; step++) {
            play.act();
            play.told.pass(Duration.ofMillis(200));
            play.endCalls();
            assertThat(play.out).hasSizeLessThanOrEqualTo(3);
        }
    }
}
