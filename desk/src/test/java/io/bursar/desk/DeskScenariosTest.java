package io.bursar.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.bursar.schemas.BrokerAccount;
import io.bursar.schemas.BrokerAccountStatus;
import io.bursar.schemas.RefreshFailed;
import io.bursar.schemas.RefreshOutcome;
import io.bursar.schemas.ResetBrokerAccountErrors;
import io.bursar.schemas.RetryAdvice;
import io.bursar.schemas.SetBrokerAccountStatus;
import io.bursar.schemas.TokenRefresh;
import io.bursar.schemas.TokenRevoked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays the scenarios in {@code src/test/resources/scenarios}: what users are told of tokens, step by step. */
class DeskScenariosTest {
    private static final Path TOKENS = Path.of("src/test/resources/scenarios/tokens.yaml");
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

    @TestFactory
    Stream<DynamicTest> tokens_live_as_the_scenarios_say() throws IOException {
        var scenarios = new YAMLMapper().readTree(TOKENS.toFile());
        assertThat(scenarios).isNotEmpty();
        return StreamSupport.stream(scenarios.spliterator(), false)
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.get("scenario").textValue(), () -> new Play().run(scenario.get("steps"))));
    }

    /** One scenario, about one account. */
    private static final class Play {
        private final Told told = new Told();
        private String id;

        void run(JsonNode steps) {
            for (var step : steps) {
                var verb = step.fieldNames().next();
                run(verb, step.get(verb), step);
            }
        }

        private void run(String verb, JsonNode given, JsonNode step) {
            switch (verb) {
                case "open" -> {
                    id = told.open(given.textValue());
                    told.tick();
                }
                case "pass" -> told.pass(duration(given.textValue()));
                case "repeat" -> {
                    for (int i = 0; i < given.intValue(); i++) {
                        run(step.get("steps"));
                    }
                }
                case "attempt" -> {
                    accepted(told.start(told.call(), by(given)));
                    end(given);
                }
                case "start" -> answered(told.start(told.call(), by(given)), given);
                case "succeed" -> end(given);
                case "request" -> answered(told.request(id, given.get("force").booleanValue()), given);
                case "reset" -> accepted(told.command(id, new ResetBrokerAccountErrors()));
                case "status" ->
                    accepted(told.command(
                            id, new SetBrokerAccountStatus(BrokerAccountStatus.valueOf(given.textValue()), null)));
                case "revoke" -> accepted(told.event(id, new TokenRevoked(null)));
                case "report" ->
                    accepted(told.report(id, false, given.get("code").textValue()));
                case "bring" ->
                    accepted(told.event(
                            id,
                            told.token(
                                    account().getLastTokenVersion() + 1,
                                    duration(given.get("lives").textValue()))));
                case "expect" -> expect(given);
                default -> throw new IllegalArgumentException("no step is called " + verb);
            }
        }

        private void end(JsonNode given) {
            var call = told.call();
            if (given.has("gives")) {
                accepted(told.succeed(
                        call, by(given), duration(given.get("gives").textValue())));
                return;
            }
            var after = given.has("after")
                    ? duration(given.get("after").textValue()).toMillis()
                    : null;
            accepted(told.event(
                    id,
                    new RefreshFailed(
                            call.getNumber(),
                            call.getAttempt(),
                            by(given),
                            given.get("fails").textValue(),
                            RetryAdvice.valueOf(given.get("retry").textValue()),
                            after)));
        }

        private void expect(JsonNode given) {
            given.properties()
                    .forEach(field -> assertThat(found(field.getKey()))
                            .as(field.getKey())
                            .isEqualTo(
                                    field.getValue().isArray()
                                            ? texts(field.getValue())
                                            : field.getValue().asText()));
        }

        private Object found(String what) {
            var token = account().getToken();
            var refresh = account().getRefresh();
            return switch (what) {
                case "token" -> token == null ? "none" : token.getStatus().name();
                case "tokensGiven" -> Long.toString(succeeded());
                case "refresh" -> refresh == null ? "none" : refresh.getPhase().name();
                case "attempt" -> refresh == null ? "none" : Integer.toString(refresh.getAttempt());
                case "trigger" ->
                    refresh == null ? "none" : refresh.getTrigger().name();
                case "status" -> account().getStatus().name();
                case "errors" -> Integer.toString(account().getUsage().getErrorsInRow());
                case "dueIn" -> dueIn();
                case "refreshes" ->
                    ended().map(refreshed -> refreshed.getOutcome().name()).toList();
                case "code" -> ended().findFirst().orElseThrow().getCode();
                default -> throw new IllegalArgumentException("nothing is called " + what);
            };
        }

        /** How many tokens the broker has given. */
        private long succeeded() {
            return ended().filter(refresh -> refresh.getOutcome() == RefreshOutcome.SUCCEEDED)
                    .count();
        }

        /** The newest first. */
        private Stream<TokenRefresh> ended() {
            return told.refreshes.stream()
                    .filter(refresh -> refresh.getOutcome() != RefreshOutcome.PENDING)
                    .sorted(Comparator.comparingLong(TokenRefresh::getNumber).reversed());
        }

        private String dueIn() {
            var due = account().getNextRefreshAt();
            if (due == null) {
                return "never";
            }
            var left = Duration.between(told.now(), due);
            if (left.toSeconds() % 3_600 == 0 && !left.isZero()) {
                return left.toHours() + "h";
            }
            return left.toSeconds() % 60 == 0 && !left.isZero() ? left.toMinutes() + "m" : left.toSeconds() + "s";
        }

        private BrokerAccount account() {
            return told.account(id);
        }
    }

    private static String by(JsonNode given) {
        return given.get("by").textValue();
    }

    private static void accepted(DeskAnswer answer) {
        assertThat(answer.reason()).as(answer.detail()).isNull();
    }

    private static void answered(DeskAnswer answer, JsonNode given) {
        if (given.has("refused")) {
            assertThat(answer.accepted()).isFalse();
            assertThat(answer.reason().code()).isEqualTo(given.get("refused").textValue());
        } else {
            accepted(answer);
        }
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    private static Duration duration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no duration such as 200ms, 5s, 10m or 23h");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
