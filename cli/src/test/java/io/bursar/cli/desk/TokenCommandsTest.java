package io.bursar.cli.desk;

import static io.bursar.cli.FakeApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.cli.ApiDocument;
import io.bursar.cli.Cli;
import io.bursar.cli.FakeApi;
import io.bursar.cli.api.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about tokens: what each sends, and what becomes of the answer. */
class TokenCommandsTest {
    private static final String ID = "acme:production:U-1";
    private static final String TOKEN = "/api/v1/broker-accounts/" + ID + "/token";

    private static final String STATE = """
            {"usesTokens":true,"status":"VALID","version":4,"issuedAt":"2026-03-02T12:00:00Z",
             "expiresAt":"2026-03-03T12:00:00Z","sha256":"ab","nextRefreshAt":"2026-03-03T11:00:00Z"}""";

    private static final String UNDER_WAY = """
            {"usesTokens":true,"status":"VALID","version":4,"refresh":{"number":7,"trigger":"MANUAL",
             "requestedAt":"2026-03-02T12:00:00Z","attempt":1,"phase":"OFFERED"}}""";

    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(Map.of("BURSAR_URL", api.url(), "BURSAR_API_KEY", "secret"));

    @TempDir
    private Path temporary;

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void the_state_of_a_token_is_shown() {
        api.answer(200, STATE);

        assertThat(cli.execute("tokens show " + ID)).as(cli.err()).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("GET " + TOKEN);
        ApiDocument.assertAllows(api.last());
        assertThat(cli.out().lines())
                .containsExactly(
                        "USES TOKENS  STATUS  VERSION  ISSUED AT             EXPIRES AT            NEXT REFRESH AT     "
                                + "  REFRESH  PHASE  ATTEMPT  LAST CODE",
                        "true         VALID         4  2026-03-02T12:00:00Z  2026-03-03T12:00:00Z  2026-03-03T11:00:00Z"
                                + "        -  -            -  -");
    }

    @Test
    void a_token_is_brought_from_a_file_and_from_standard_input_and_never_shown() throws IOException {
        var file = Files.writeString(temporary.resolve("token"), "access-hunter2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        api.answer(200, STATE);
        var before = System.in;
        System.setIn(new ByteArrayInputStream("refresh-hunter2".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(cli.execute(
                            "tokens issue " + ID + " --refresh-token=- --issued-at=2026-03-02T12:00:00Z"
                                    + " --expires-at=2026-03-03T12:00:00Z --idempotency-key=c-1",
                            "--access-token",
                            "@" + file))
                    .as(cli.err())
                    .isEqualTo(ExitCode.DONE);
        } finally {
            System.setIn(before);
        }
        assertThat(api.last().line()).isEqualTo("PUT " + TOKEN);
        assertThat(api.last().header("Idempotency-Key")).isEqualTo("c-1");
        ApiDocument.assertAllows(api.last());
        assertThat(api.last().json())
                .isEqualTo(json("{'accessToken':'access-hunter2','refreshToken':'refresh-hunter2',"
                        + "'issuedAt':'2026-03-02T12:00:00Z','expiresAt':'2026-03-03T12:00:00Z'}"));
        assertThat(cli.out() + cli.err()).doesNotContain("hunter2");
    }

    @Test
    void a_token_on_the_command_line_is_refused_and_not_repeated() {
        assertThat(cli.execute("tokens issue " + ID + " --access-token=hunter2"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err())
                .contains("it takes @FILE, or - for standard input, but never the secret itself")
                .doesNotContain("hunter2");
        assertThat(cli.execute("tokens issue " + ID)).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--access-token");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void a_token_is_revoked_and_a_refresh_cancelled() {
        assertChange("DELETE " + TOKEN, "tokens revoke " + ID);
        assertChange("DELETE " + TOKEN + "/refreshes/7", "tokens cancel " + ID + " 7");
    }

    @Test
    void what_the_broker_says_of_a_token_is_the_exit_code() {
        assertThat(validated("VALID")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("POST " + TOKEN + "/validation");
        ApiDocument.assertAllows(api.last());
        assertThat(cli.out()).contains("ACCOUNT ID", "VERDICT", "VALID");
        assertThat(validated("INVALID")).isEqualTo(ExitCode.FAILURE);
        assertThat(validated("UNKNOWN")).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void a_refresh_that_was_begun_is_no_open_question() {
        api.answer(202, UNDER_WAY).answer(202, "{\"accountId\":\"" + ID + "\",\"outcome\":\"undecided\"}");

        assertThat(cli.execute("tokens refresh " + ID + " --force --idempotency-key=c-1"))
                .as(cli.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("POST " + TOKEN + "/refreshes");
        assertThat(api.last().header("Idempotency-Key")).isEqualTo("c-1");
        assertThat(api.last().json()).isEqualTo(json("{'force':true}"));
        ApiDocument.assertAllows(api.last());
        assertThat(cli.out().lines())
                .containsExactly(
                        "NUMBER  TRIGGER  REQUESTED AT          PHASE    ENDED AT  OUTCOME  CODE  ATTEMPTS",
                        "     7  MANUAL   2026-03-02T12:00:00Z  OFFERED  -         -        -            -");

        assertThat(cli.execute("tokens refresh " + ID + " --idempotency-key=c-2"))
                .isEqualTo(ExitCode.UNDECIDED);
        assertThat(api.last().json()).isEqualTo(json("{}"));
        assertThat(cli.err()).contains("the same command with --idempotency-key=c-2 asks for the decision");
    }

    @Test
    void a_refresh_is_waited_for_although_the_api_is_away_meanwhile() {
        api.answer(202, UNDER_WAY)
                .answer(200, history(refresh(7, "PENDING")))
                .answer(503, "{\"reason\":\"partition_not_ready\"}")
                .answer(200, history(refresh(8, "FAILED"), refresh(7, "SUCCEEDED"), refresh(6, "FAILED")));

        assertThat(cli.execute("tokens refresh " + ID + " --wait"))
                .as(cli.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("GET " + TOKEN + "/refreshes");
        assertThat(cli.out().lines())
                .containsExactly(
                        "NUMBER  TRIGGER  REQUESTED AT          PHASE  ENDED AT              OUTCOME    CODE  ATTEMPTS",
                        "     7  MANUAL   2026-03-02T12:00:00Z  -      2026-03-02T12:00:01Z  SUCCEEDED  -            2");
    }

    @Test
    void how_a_refresh_ends_is_the_exit_code() {
        assertThat(waited(history(refresh(7, "FAILED")))).isEqualTo(ExitCode.FAILURE);
        assertThat(waited(history(refresh(7, "CANCELLED")))).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.out()).contains("CANCELLED");
    }

    @Test
    void a_refresh_that_has_ended_before_the_answer_is_the_newest() {
        api.answer(202, STATE).answer(200, history(refresh(7, "SUCCEEDED"), refresh(6, "FAILED")));

        assertThat(cli.execute("tokens refresh " + ID + " --wait")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void a_refresh_that_does_not_end_in_time_is_undecided() {
        api.answer(202, UNDER_WAY);
        for (int i = 0; i < 4; i++) {
            api.answer(200, history(refresh(7, "PENDING")));
        }

        assertThat(cli.execute("tokens refresh " + ID + " --wait --timeout=1")).isEqualTo(ExitCode.UNDECIDED);
        assertThat(cli.err())
                .contains("The refresh has not ended within 1 s; it goes on, and `bursar tokens history " + ID);
        assertThat(cli.execute("tokens refresh " + ID + " --wait --timeout=0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_refresh_that_is_refused_is_not_waited_for() {
        api.answer(409, "{\"reason\":\"refresh_not_due\",\"detail\":\"the token is due at noon\"}");

        assertThat(cli.execute("tokens refresh " + ID + " --wait")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err().lines()).containsExactly("Refused: the token is due at noon (refresh_not_due).");
    }

    @Test
    void tokens_of_many_accounts_are_refreshed() {
        api.answer(202, """
                {"begun":1,"accounts":[{"accountId":"acme:production:U-1"},
                 {"accountId":"acme:production:U-2","reason":"refresh_not_due","detail":"due at noon"}]}""");

        assertThat(cli.execute("tokens refresh-all --owner=desk --broker=acme --environment=production --force"))
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("POST /api/v1/token-refreshes");
        assertThat(api.last().json())
                .isEqualTo(json("{'owner':'desk','broker':'acme','environment':'PRODUCTION','force':true}"));
        ApiDocument.assertAllows(api.last());
        assertThat(cli.out().lines())
                .containsExactly(
                        "ACCOUNT ID           REASON           DETAIL",
                        "acme:production:U-1  -                -",
                        "acme:production:U-2  refresh_not_due  due at noon");
        assertThat(cli.err().lines()).containsExactly("1 refreshes were begun, of 2 accounts.");
    }

    @Test
    void history_and_statistics_are_shown() {
        api.answer(200, history(refresh(7, "SUCCEEDED"))).answer(200, """
                {"accountId":"a","days":30,"since":"2026-03-02T12:00:00Z","complete":true,"total":4,"successful":2,
                 "failed":1,"cancelled":1,"pending":0,"successRate":"0.6667","meanDurationMs":120,
                 "byTrigger":{"MANUAL":4}}""");

        assertThat(cli.execute("tokens history " + ID + " --limit=5")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("GET " + TOKEN + "/refreshes?limit=5");
        ApiDocument.assertAllows(api.last());
        assertThat(cli.out()).contains("SUCCEEDED");

        assertThat(cli.execute("tokens statistics " + ID + " --days=30 -o csv")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("GET " + TOKEN + "/statistics?days=30");
        ApiDocument.assertAllows(api.last());
        assertThat(cli.out())
                .isEqualTo(
                        "days,since,complete,total,successful,failed,cancelled,pending,successRate,meanDurationMs\r\n"
                                + "30,2026-03-02T12:00:00Z,true,4,2,1,1,0,0.6667,120\r\n");
    }

    private void assertChange(String line, String arguments) {
        api.answer(200, STATE);
        assertThat(cli.execute(arguments + " --idempotency-key=c-1"))
                .as(cli.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo(line);
        assertThat(api.last().header("Idempotency-Key")).isEqualTo("c-1");
        assertThat(api.last().body()).isEmpty();
        ApiDocument.assertAllows(api.last());
    }

    private int validated(String verdict) {
        api.answer(200, "{\"accountId\":\"%s\",\"verdict\":\"%s\",\"token\":%s}".formatted(ID, verdict, STATE));
        return cli.execute("tokens validate " + ID);
    }

    private int waited(String history) {
        api.answer(202, UNDER_WAY).answer(200, history);
        return cli.execute("tokens refresh " + ID + " --wait");
    }

    private static String history(String... refreshes) {
        return "{\"accountId\":\"%s\",\"refreshes\":[%s]}".formatted(ID, String.join(",", refreshes));
    }

    private static String refresh(int number, String outcome) {
        var end = outcome.equals("PENDING") ? "" : ",\"endedAt\":\"2026-03-02T12:00:01Z\",\"durationMs\":1000";
        return "{\"number\":%d,\"trigger\":\"MANUAL\",\"requestedAt\":\"2026-03-02T12:00:00Z\",\"outcome\":\"%s\",\"attempts\":2%s}"
                .formatted(number, outcome, end);
    }
}
