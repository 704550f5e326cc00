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

/** The commands about broker accounts: what each sends, and what becomes of the answer. */
class BrokerAccountCommandsTest {
    private static final String ID = "acme:production:U-1";
    private static final String CREATE =
            "broker-accounts create --owner=desk --name=main --number=U-1 --broker=acme --environment=production";

    private static final String ACCOUNT = """
            {"id":"acme:production:U-1","revision":3,"owner":"desk","name":"main","number":"U-1","broker":"acme",
             "environment":"PRODUCTION","type":"STANDARD","permissions":[],"status":"ACTIVE","tags":[],
             "defaultTrading":true,"defaultData":false,"properties":{"clientId":"d7"},"secrets":{"clientSecret":1},
             "createdAt":"2026-03-02T12:00:00Z","updatedAt":"2026-03-02T12:00:00Z",
             "usage":{"callsOfDay":5,"errorsInRow":2},
             "token":{"usesTokens":true,"status":"VALID","version":4,"expiresAt":"2026-03-03T12:00:00Z"}}""";

    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(Map.of("BURSAR_URL", api.url(), "BURSAR_API_KEY", "secret"));

    @TempDir
    private Path temporary;

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void an_account_is_created_with_all_that_is_given_and_secrets_from_files() throws IOException {
        var clientSecret = file("hunter2\n", "rw-------");
        api.answer(201, ACCOUNT);

        assertThat(cli.execute(
                        CREATE
                                + " --type=paper --licence=TBHK --permissions=us_stock,futures --status=pending_verification"
                                + " --tags=a,b --ledger-account=alice --default-trading --no-default-data"
                                + " --property=clientId=d=7 --property=tigerId=9 --idempotency-key=c-1",
                        "--description=for the desk",
                        "--secret",
                        "clientSecret=@" + clientSecret))
                .as(cli.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("POST /api/v1/broker-accounts");
        assertThat(api.last().header("Idempotency-Key")).isEqualTo("c-1");
        ApiDocument.assertAllows(api.last());
        assertThat(api.last().json())
                .isEqualTo(json("{'owner':'desk','name':'main','number':'U-1','broker':'acme',"
                        + "'environment':'PRODUCTION','status':'PENDING_VERIFICATION','type':'PAPER','licence':'TBHK',"
                        + "'permissions':['us_stock','futures'],'description':'for the desk','tags':['a','b'],"
                        + "'ledgerAccountId':'alice','defaultTrading':true,'defaultData':false,"
                        + "'properties':{'clientId':'d=7','tigerId':'9'},'secrets':{'clientSecret':'hunter2'}}"));
        assertThat(cli.out().lines())
                .containsExactly(
                        "ID                   STATUS  OWNER  NAME  TYPE      LICENCE  DEFAULT TRADING  DEFAULT DATA"
                                + "  ERRORS IN ROW  TOKEN  EXPIRES AT",
                        "acme:production:U-1  ACTIVE  desk   main  STANDARD  -        true             false      "
                                + "               2  VALID  2026-03-03T12:00:00Z");
        assertThat(cli.out() + cli.err()).doesNotContain("hunter2");
    }

    @Test
    void a_secret_can_come_from_standard_input() {
        api.answer(201, ACCOUNT);

        assertThat(withInput("-----BEGIN\nkey\n-----END\r\n", CREATE + " --secret=privateKey=-"))
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().json().at("/secrets/privateKey").asText()).isEqualTo("-----BEGIN\nkey\n-----END");
    }

    @Test
    void a_secret_on_the_command_line_is_refused_and_not_repeated() {
        for (var given :
                new String[] {"clientSecret=hunter2", "hunter2", "=@hunter2", "clientSecret=", "clientSecret=@"}) {
            assertThat(cli.execute(CREATE + " --secret=" + given)).as(given).isEqualTo(ExitCode.USAGE);
            assertThat(cli.err())
                    .contains("it takes NAME=@FILE, or NAME=- for standard input, but never the secret itself:"
                            + " other users of this machine can read arguments")
                    .doesNotContain("hunter2");
        }
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void a_file_that_others_may_use_or_that_is_not_there_is_refused() throws IOException {
        var open = file("hunter2", "rw-r-----");

        assertThat(cli.execute(CREATE + " --secret=clientSecret=@" + open)).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err()).contains(open + " holds secrets, but others than its owner may use it");
        assertThat(cli.execute(CREATE + " --secret=clientSecret=@" + temporary.resolve("none")))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err()).contains("There is no file " + temporary.resolve("none"));
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void two_secrets_cannot_share_standard_input_and_none_is_given_twice() throws IOException {
        var secret = file("hunter2", "rw-------");

        assertThat(withInput("x", CREATE + " --secret=clientSecret=- --secret=refreshToken=-"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("only one secret can come from standard input");
        assertThat(cli.execute(CREATE + " --secret=a=@" + secret + " --secret=a=@" + secret))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("the secret a is given twice");
    }

    @Test
    void all_that_does_not_fit_is_told_a_line_each() {
        api.answer(400, """
                {"type":"about:blank","title":"Bad Request","status":400,"reason":"fields_are_invalid",
                 "detail":"broker: it must be one of tiger, which are set; and 2 more","faults":[
                 {"field":"broker","value":"ac\\u001bme","rule":"one of tiger, which are set"},
                 {"field":"secrets.clientSecret","rule":"is missing: this broker needs this secret"},
                 {"field":"number","value":"U 1","rule":"1 to 50 of A-Z a-z 0-9 . _ -"}]}""");

        assertThat(cli.execute(CREATE)).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err().lines())
                .containsExactly(
                        "Not done: what does not fit (fields_are_invalid):",
                        "broker \"ac\\u001bme\": one of tiger, which are set",
                        "secrets.clientSecret: is missing: this broker needs this secret",
                        "number \"U 1\": 1 to 50 of A-Z a-z 0-9 . _ -");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void what_is_missing_on_the_command_line_is_told_at_once() {
        assertThat(cli.execute("broker-accounts create --owner=desk")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--name", "--number", "--broker", "--environment");
    }

    @Test
    void accounts_are_changed_brought_to_a_status_and_reset() {
        assertChange(
                "PATCH /api/v1/broker-accounts/" + ID,
                "{'name':'other','permissions':[],'tags':[],'ledgerAccountId':'','defaultTrading':false,"
                        + "'properties':{'clientId':'d8'}}",
                "broker-accounts update " + ID + " --name=other --permissions= --tags= --ledger-account="
                        + " --no-default-trading --property=clientId=d8");
        assertChange(
                "PUT /api/v1/broker-accounts/" + ID + "/status",
                "{'status':'SUSPENDED','reason':'audit'}",
                "broker-accounts status " + ID + " suspended --reason=audit");
        assertChange("DELETE /api/v1/broker-accounts/" + ID + "/errors", "", "broker-accounts reset-errors " + ID);
    }

    @Test
    void an_account_is_deleted_when_the_user_agrees() {
        api.answer(204, "").answer(204, "");

        assertThat(withInput("n\n", "broker-accounts delete " + ID)).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.out()).contains("Delete broker account " + ID + " with its secrets and its token? [y/N]");
        assertThat(api.asked()).isEmpty();

        assertThat(cli.execute("broker-accounts delete " + ID + " --yes")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("DELETE /api/v1/broker-accounts/" + ID);
        assertThat(cli.err()).contains("Broker account " + ID + " is deleted.");

        assertThat(cli.execute("broker-accounts delete " + ID + " --yes --force"))
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("DELETE /api/v1/broker-accounts/" + ID + "?force=true");
        ApiDocument.assertAllows(api.last());
    }

    @Test
    void what_the_desk_refuses_and_what_is_undecided_have_exit_codes_of_their_own() {
        api.answer(409, "{\"reason\":\"broker_account_exists\",\"detail\":\"there is an account U-1 at acme\"}")
                .answer(202, "{\"accountId\":\"" + ID + "\",\"outcome\":\"undecided\"}");

        assertThat(cli.execute(CREATE)).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err().lines())
                .containsExactly("Refused: there is an account U-1 at acme (broker_account_exists).");
        assertThat(cli.execute(CREATE + " --idempotency-key=c-1")).isEqualTo(ExitCode.UNDECIDED);
        assertThat(cli.err()).contains("the same command with --idempotency-key=c-1 asks for the decision");
    }

    @Test
    void accounts_are_listed_and_shown() {
        assertQuery("/api/v1/broker-accounts", "broker-accounts list");
        assertQuery(
                "/api/v1/broker-accounts?status=ALL&owner=desk&broker=acme&environment=SANDBOX&limit=5&cursor=abc",
                "broker-accounts list --status=all --owner=desk --broker=acme --environment=sandbox --limit=5"
                        + " --cursor=abc");
        assertQuery("/api/v1/broker-accounts/" + ID, "broker-accounts show " + ID);

        api.answer(200, "{\"accounts\":[" + ACCOUNT + "],\"nextCursor\":\"more\"}");
        assertThat(cli.execute("broker-accounts list -o csv")).isEqualTo(ExitCode.DONE);
        assertThat(cli.out())
                .isEqualTo(
                        "id,status,owner,name,type,licence,defaultTrading,defaultData,usage.errorsInRow,token.status,"
                                + "token.expiresAt\r\n"
                                + ID + ",ACTIVE,desk,main,STANDARD,,true,false,2,VALID,2026-03-03T12:00:00Z\r\n");
        assertThat(cli.err()).contains("There are more: --cursor=more goes on there.");
    }

    @Test
    void an_id_may_have_94_characters_and_no_more() {
        var longest = "b".repeat(32) + ":production:" + "1".repeat(50);
        assertQuery("/api/v1/broker-accounts/" + longest, "broker-accounts show " + longest);

        assertThat(cli.execute("broker-accounts show " + longest + "1")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("ids are 1 to 94 characters of A-Z a-z 0-9 . _ : -");
    }

    private void assertChange(String line, String body, String arguments) {
        api.answer(200, ACCOUNT);
        assertThat(cli.execute(arguments + " --idempotency-key=c-1"))
                .as(cli.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo(line);
        assertThat(api.last().header("Idempotency-Key")).isEqualTo("c-1");
        ApiDocument.assertAllows(api.last());
        if (body.isEmpty()) {
            assertThat(api.last().body()).isEmpty();
        } else {
            assertThat(api.last().json()).isEqualTo(json(body));
        }
    }

    private void assertQuery(String path, String arguments) {
        api.answer(200, "{}");
        assertThat(cli.execute(arguments)).as(cli.err()).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("GET " + path);
        ApiDocument.assertAllows(api.last());
    }

    private int withInput(String input, String arguments) {
        var before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return cli.execute(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private Path file(String text, String permissions) throws IOException {
        var file = Files.writeString(temporary.resolve("secret"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
