package io.bursar.cli.desk;

import static io.bursar.cli.FakeApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.cli.ApiDocument;
import io.bursar.cli.Cli;
import io.bursar.cli.FakeApi;
import io.bursar.cli.api.ExitCode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about the routing of broker accounts: what each sends, and what becomes of the answer. */
class RoutingCommandsTest {
    private static final String ROUTE = """
            {"accountId":"acme:production:U-1","number":"U-1","broker":"acme","environment":"PRODUCTION",
             "type":"STANDARD","tokenExpiresAt":"2026-03-02T12:00:00Z","strategy":"LEAST_USED","tried":[]}""";

    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(Map.of("BURSAR_URL", api.url(), "BURSAR_API_KEY", "secret"));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void an_account_is_asked_for_with_all_that_is_given() {
        api.answer(200, ROUTE);

        assertThat(cli.execute("route place_order --permissions=us_stock,futures --environment=production --owner=desk"
                        + " --purpose=trading --strategy=least_used"))
                .as(cli.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("POST /api/v1/route");
        ApiDocument.assertAllows(api.last());
        assertThat(api.last().json())
                .isEqualTo(json("{'operation':'PLACE_ORDER','permissions':['us_stock','futures'],"
                        + "'environment':'PRODUCTION','owner':'desk','purpose':'TRADING','strategy':'LEAST_USED'}"));
        assertThat(cli.out().lines())
                .containsExactly(
                        "ACCOUNT ID           NUMBER  BROKER  ENVIRONMENT  TYPE      LEDGER ACCOUNT ID"
                                + "  TOKEN EXPIRES AT      STRATEGY",
                        "acme:production:U-1  U-1     acme    PRODUCTION   STANDARD  -                "
                                + "  2026-03-02T12:00:00Z  LEAST_USED");
    }

    @Test
    void what_is_not_given_is_left_out_and_json_is_the_answer_itself() {
        api.answer(200, ROUTE);

        assertThat(cli.execute("route QUOTE --output=json")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().json()).isEqualTo(json("{'operation':'QUOTE'}"));
        assertThat(json(cli.out())).isEqualTo(json(ROUTE));
    }

    @Test
    void that_no_account_can_be_used_is_a_decision_with_its_reasons() {
        api.answer(409, """
                {"type":"about:blank","title":"Conflict","status":409,"reason":"no_account",
                 "detail":"no broker account can be used for QUOTE: 2 not_active","refused":{"not_active":2}}""");

        assertThat(cli.execute("route quote")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err()).contains("no broker account can be used for QUOTE: 2 not_active (no_account)");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void a_call_is_reported_with_how_it_went() {
        api.answer(202, "{\"accountId\":\"acme:production:U-1\",\"outcome\":\"reported\"}");
        assertThat(cli.execute(
                        "operations report acme:production:U-1 quote --failure --code=timeout" + " --duration-ms=1500"))
                .as(cli.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("POST /api/v1/operations");
        ApiDocument.assertAllows(api.last());
        assertThat(api.last().json())
                .isEqualTo(json("{'accountId':'acme:production:U-1','operation':'QUOTE','success':false,"
                        + "'durationMs':1500,'code':'timeout'}"));
        assertThat(cli.out().lines()).containsExactly("ACCOUNT ID           OUTCOME", "acme:production:U-1  reported");

        api.answer(202, "{\"accountId\":\"acme:production:U-1\",\"outcome\":\"reported\"}");
        assertThat(cli.execute("operations report acme:production:U-1 quote --success"))
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().json())
                .isEqualTo(json("{'accountId':'acme:production:U-1','operation':'QUOTE','success':true}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "route",
                "route BUY",
                "route QUOTE --strategy=best",
                "operations report acme:production:U-1 QUOTE",
                "operations report acme:production:U-1 QUOTE --success --failure",
                "operations report acme:production:U-1 QUOTE --success --code=timeout"
            })
    void what_cannot_be_understood_is_not_sent(String command) {
        assertThat(cli.execute(command)).isEqualTo(ExitCode.USAGE);
        assertThat(api.asked()).isEmpty();
    }
}
