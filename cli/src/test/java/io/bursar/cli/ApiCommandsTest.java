package io.bursar.cli;

import static io.bursar.cli.FakeApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.cli.api.ExitCode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands that go through the HTTP API: what each sends, and what becomes of the answer. */
class ApiCommandsTest {
    private static final String ACCEPTED = """
            {"accountId":"alice","commandId":"c-1","sequence":7,"outcome":"accepted"}""";

    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(Map.of("BURSAR_URL", api.url(), "BURSAR_API_KEY", "secret"));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void accounts_are_opened_changed_and_brought_from_one_status_to_another() {
        assertChange(
                "POST /api/v1/accounts",
                "{'accountId':'alice','owner':'Alice','name':'main','costMethod':'FIFO','takerFeeRate':1500,"
                        + "'marketPermissions':['NYSE','LSE']}",
                "accounts open alice --owner=Alice --name=main --cost-method=fifo --taker-fee-rate=1500"
                        + " --market-permissions=NYSE,LSE");
        assertChange(
                "PATCH /api/v1/accounts/alice",
                "{'name':'other','marketPermissions':[]}",
                "accounts update alice --name=other --market-permissions=");
        assertChange(
                "PUT /api/v1/accounts/alice/status",
                "{'status':'SUSPENDED','reason':'audit'}",
                "accounts suspend alice --reason=audit");
        assertChange("PUT /api/v1/accounts/alice/status", "{'status':'OPEN'}", "accounts resume alice");
        assertChange("PUT /api/v1/accounts/alice/status", "{'status':'CLOSED'}", "accounts close alice");
    }

    @Test
    void money_moves_in_out_and_within_with_every_digit_as_it_was_given() {
        assertChange(
                "POST /api/v1/accounts/alice/deposits",
                "{'asset':'BTC','amount':'0.10','instrument':'BTC-USD','costBasis':'6500.00'}",
                "deposit alice BTC 0.10 --instrument=BTC-USD --cost-basis=6500.00");
        assertChange(
                "POST /api/v1/accounts/alice/withdrawals", "{'asset':'USD','amount':'10'}", "withdraw alice USD 10");
        assertChange(
                "POST /api/v1/accounts/alice/adjustments",
                "{'asset':'USD','amount':'-5.50','reason':'typo'}",
                "adjust alice USD -5.50 --reason=typo");
        assertChange(
                "POST /api/v1/accounts/alice/transfers",
                "{'toAccountId':'bob','asset':'USD','amount':'1'}",
                "transfer alice USD 1 --to=bob");
        assertChange(
                "POST /api/v1/accounts/alice/allocations",
                "{'strategy':'grid','asset':'USD','amount':'-1'}",
                "allocate alice USD -1 --strategy=grid");
    }

    @Test
    void orders_are_placed_amended_extended_and_cancelled() {
        assertChange(
                "POST /api/v1/accounts/alice/orders",
                "{'orderId':'c-1','instrument':'BTC-USD','side':'BUY','type':'LIMIT','quantity':'0.1',"
                        + "'limitPrice':'35000','expiresAt':'2026-03-02T12:00:00Z','strategy':'grid'}",
                "orders place alice --instrument=BTC-USD --side=buy --type=limit --quantity=0.1 --limit-price=35000"
                        + " --expires-at=2026-03-02T12:00:00Z --strategy=grid");
        assertChange(
                "POST /api/v1/accounts/alice/orders",
                "{'orderId':'c-1','instrument':'BTC-USD','side':'BUY','type':'MARKET','notional':'100'}",
                "orders place alice --instrument=BTC-USD --side=BUY --type=MARKET --notional=100");
        assertChange(
                "POST /api/v1/accounts/alice/orders",
                "{'orderId':'c-1','instrument':'BTC-USD','side':'SELL','type':'MARKET','quantity':'1','reduceOnly':true}",
                "orders place alice --instrument=BTC-USD --side=SELL --type=MARKET --quantity=1 --reduce-only");
        assertChange(
                "PUT /api/v1/accounts/alice/orders/o-1",
                "{'quantity':'0.2','limitPrice':'34000'}",
                "orders amend alice o-1 --quantity=0.2 --limit-price=34000");
        assertChange(
                "POST /api/v1/accounts/alice/orders/o-1/extension",
                "{'expiresAt':'2026-03-02T12:00:00Z'}",
                "orders extend alice o-1 --expires-at=2026-03-02T12:00:00Z");
        assertChange(
                "DELETE /api/v1/accounts/alice/orders/o-1?cause=ADMIN&reason=not%20wanted%20%26%20old",
                "", "orders cancel alice o-1 --cause=admin", "--reason=not wanted & old");
    }

    @Test
    void limits_and_quotas_are_set_as_a_whole() {
        var options = " --max-open-orders=5 --max-orders-per-day=50 --max-notional-per-day=USD=1000"
                + " --max-notional-per-day=EUR=900 --max-order-notional=USD=100 --max-position=BTC-USD=0.5";
        var body = "{'maxOpenOrders':5,'maxOrdersPerDay':50,"
                + "'maxNotionalPerDay':[{'asset':'USD','amount':'1000'},{'asset':'EUR','amount':'900'}],"
                + "'maxOrderNotional':[{'asset':'USD','amount':'100'}],"
                + "'maxPosition':[{'instrument':'BTC-USD','quantity':'0.5'}]}";

        assertChange("PUT /api/v1/accounts/alice/limits", body, "limits set alice" + options);
        assertChange("PUT /api/v1/accounts/alice/quotas/grid", body, "quotas set alice grid" + options);
        assertChange("PUT /api/v1/accounts/alice/limits", "{}", "limits set alice");
    }

    @Test
    void a_fill_is_reported_and_its_suspension_is_no_failure() {
        api.answer(201, """
                {"accountId":"alice","orderId":"o-1","executionId":"e-1","sequence":8,"outcome":"suspended",
                 "rejection":{"reason":"unknown_order","detail":"no order o-1"}}""");

        assertThat(cli.execute("fills report alice --execution-id=e-1 --order-id=o-1 --instrument=BTC-USD --side=buy"
                        + " --quantity=0.1 --price=34000 --fee=-0.5 --fee-asset=USD --liquidity=maker --final --kind=bust"
                        + " --venue=X --trade-id=t-1 --occurred-at=2026-03-02T12:00:00Z"))
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("POST /api/v1/accounts/alice/fills");
        ApiDocument.assertAllows(api.last());
        assertThat(api.last().json())
                .isEqualTo(json(
                        "{'executionId':'e-1','orderId':'o-1','instrument':'BTC-USD','side':'BUY','quantity':'0.1',"
                                + "'price':'34000','fee':'-0.5','feeAsset':'USD','liquidity':'MAKER','final':true,"
                                + "'kind':'BUST','venue':'X','tradeId':'t-1','occurredAt':'2026-03-02T12:00:00Z'}"));
        assertThat(cli.out().lines())
                .containsExactly(
                        "ACCOUNT ID  ORDER ID  EXECUTION ID  SEQUENCE  OUTCOME    REASON         DETAIL",
                        "alice       o-1       e-1                  8  suspended  unknown_order  no order o-1");
    }

    @Test
    void assets_and_instruments_are_published() {
        api.answer(200, "{\"id\":\"USD\",\"known\":true}").answer(202, "{\"id\":\"BTC-USD\",\"known\":false}");

        assertThat(cli.execute("assets set USD --scale=2")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("PUT /api/v1/assets/USD");
        ApiDocument.assertAllows(api.last());
        assertThat(api.last().json()).isEqualTo(json("{'scale':2}"));
        assertThat(cli.out().lines()).containsExactly("ID   KNOWN", "USD  true");

        assertThat(cli.execute("instruments set BTC-USD --base=BTC --quote=USD --price-scale=2 --tick-size=0.05"
                        + " --lot-size=0.001 --market=X"))
                .isEqualTo(ExitCode.UNDECIDED);
        assertThat(api.last().line()).isEqualTo("PUT /api/v1/instruments/BTC-USD");
        ApiDocument.assertAllows(api.last());
        assertThat(api.last().json())
                .isEqualTo(json("{'baseAsset':'BTC','quoteAsset':'USD','priceScale':2,'tickSize':'0.05',"
                        + "'lotSize':'0.001','market':'X'}"));
        assertThat(cli.err()).contains("It is published, but the instance did not know it in time");
    }

    @Test
    void every_query_asks_for_what_it_shows() {
        assertQuery("/api/v1/accounts", "accounts list");
        assertQuery("/api/v1/accounts?limit=5&cursor=abc", "accounts list --limit=5 --cursor=abc");
        assertQuery("/api/v1/accounts/alice", "accounts show alice");
        assertQuery("/api/v1/accounts/alice/balances", "balances alice");
        assertQuery("/api/v1/accounts/alice/balances?as-of-sequence=9", "balances alice --as-of-sequence=9");
        assertQuery(
                "/api/v1/accounts/alice/balances?as-of=2026-03-02T12:00:00Z",
                "balances alice --as-of=2026-03-02T12:00:00Z");
        assertQuery(
                "/api/v1/accounts/alice/positions?prices=BTC-USD:65000%2CAAPL-USD:230",
                "positions alice --price=BTC-USD=65000 --price=AAPL-USD=230");
        assertQuery("/api/v1/accounts/a:b/orders?status=all&limit=3", "orders list a:b --status=all --limit=3");
        assertQuery("/api/v1/accounts/alice/orders/o-1", "orders show alice o-1");
        assertQuery("/api/v1/accounts/alice/limits", "limits show alice");
        assertQuery("/api/v1/accounts/alice/quotas?limit=2", "quotas list alice --limit=2");
        assertQuery("/api/v1/accounts/alice/transfers", "transfers list alice");
        assertQuery("/api/v1/accounts/alice/positions/BTC-USD/lots", "lots alice BTC-USD");
        assertQuery(
                "/api/v1/accounts/alice/positions/BTC-USD/lots?strategy=s1&cursor=x",
                "lots alice BTC-USD --strategy=s1 --cursor=x");
        assertQuery("/api/v1/accounts/alice/trades", "trades list alice");
        assertQuery("/api/v1/accounts/alice/trades?limit=3&cursor=x", "trades list alice --limit=3 --cursor=x");
        assertQuery("/api/v1/accounts/alice/journal?from-sequence=5&limit=2", "journal show alice --from=5 --limit=2");
        assertQuery("/api/v1/assets", "assets list");
        assertQuery("/api/v1/instruments?cursor=x%3D", "instruments list --cursor=x=");
        assertQuery("/api/v1/keys", "keys list");
        assertQuery("/api/v1/keys/abc", "keys show abc");
        assertQuery("/api/v1/audit", "audit list");
        assertQuery(
                "/api/v1/audit?hours=48&kind=security_&severity=WARNING&result=REFUSED&key-id=abc"
                        + "&broker-account=acme:production:U1&limit=5&cursor=x",
                "audit list --hours=48 --kind=security_ --severity=warning --result=refused --key-id=abc"
                        + " --broker-account=acme:production:U1 --limit=5 --cursor=x");
    }

    @Test
    void a_table_has_aligned_columns_and_a_sign_for_what_is_absent() {
        api.answer(200, """
                {"accountId":"alice","sequence":3,"balances":[
                 {"strategy":"","asset":"USD","total":"1000.00","reserved":"0.00","available":"1000.00"},
                 {"strategy":"grid","asset":"BTC","total":"0.1","reserved":"0.05","available":"0.05"}]}""");

        assertThat(cli.execute("balances alice")).isEqualTo(ExitCode.DONE);
        assertThat(cli.out().lines())
                .containsExactly(
                        "STRATEGY  ASSET    TOTAL  RESERVED  AVAILABLE",
                        "-         USD    1000.00      0.00    1000.00",
                        "grid      BTC        0.1      0.05       0.05");
    }

    @Test
    void csv_has_a_header_and_json_is_what_the_api_answers() {
        var answer = """
                {"accounts":[{"accountId":"a","status":"OPEN","owner":"Smith, \\"Jo\\"","name":"n"}],"nextCursor":"more"}""";
        api.answer(200, answer).answer(200, answer);

        assertThat(cli.execute("accounts list --output=csv")).isEqualTo(ExitCode.DONE);
        assertThat(cli.out())
                .isEqualTo("accountId,status,owner,name,takerFeeRate,openOrders,suspendedFills,sequence\r\n"
                        + "a,OPEN,\"Smith, \"\"Jo\"\"\",n,,,,\r\n");
        assertThat(cli.err()).contains("There are more: --cursor=more goes on there.");

        assertThat(cli.execute("accounts list -o json")).isEqualTo(ExitCode.DONE);
        assertThat(json(cli.out())).isEqualTo(json(answer));
    }

    @Test
    void quotas_are_listed_with_what_counts_towards_them() {
        api.answer(200, """
                {"accountId":"alice","sequence":9,"quotas":[
                 {"strategy":"s1","maxOrdersPerDay":10,"maxNotionalPerDay":[{"asset":"USD","amount":"500.00"}],
                  "maxOrderNotional":[],"maxPosition":[],
                  "used":{"openOrders":2,"day":"2026-03-02","orders":3,"notional":[{"asset":"USD","amount":"90.00"}],
                          "buying":[]}}]}""");

        assertThat(cli.execute("quotas list alice")).as(cli.err()).isEqualTo(ExitCode.DONE);
        assertThat(cli.out().lines())
                .containsExactly(
                        "STRATEGY  OPEN ORDERS  MAX OPEN ORDERS  DAY         ORDERS  MAX ORDERS PER DAY  NOTIONAL"
                                + "   MAX NOTIONAL PER DAY  MAX ORDER NOTIONAL  BUYING  MAX POSITION",
                        "s1                  2                -  2026-03-02       3                  10  USD 90.00"
                                + "  USD 500.00            -                   -       -");
    }

    @Test
    void trades_are_listed_with_what_they_cost_and_brought() {
        var answer = """
                {"accountId":"alice","sequence":9,"nextCursor":"more","trades":[
                 {"sequence":8,"occurredAt":"2026-03-02T12:00:00Z","kind":"NEW","strategy":"","orderId":"o-1",
                  "executionId":"e-1","instrument":"BTC-USD","side":"SELL","quantity":"0.1","price":"35000.00",
                  "notional":"3500.00","quoteAsset":"USD","fee":"3.50","feeAsset":"USD","realizedPnl":"12.00",
                  "liquidity":"TAKER","late":false}]}""";
        api.answer(200, answer).answer(200, answer);

        assertThat(cli.execute("trades list alice")).as(cli.err()).isEqualTo(ExitCode.DONE);
        assertThat(cli.out().lines())
                .containsExactly(
                        "SEQUENCE  OCCURRED AT           KIND  INSTRUMENT  SIDE  QUANTITY     PRICE  NOTIONAL"
                                + "  QUOTE ASSET   FEE  FEE ASSET  REALIZED PNL  ORDER ID  EXECUTION ID  STRATEGY",
                        "       8  2026-03-02T12:00:00Z  NEW   BTC-USD     SELL       0.1  35000.00   3500.00"
                                + "  USD          3.50  USD               12.00  o-1       e-1           -");
        assertThat(cli.err()).contains("There are more: --cursor=more goes on there.");

        assertThat(cli.execute("trades list alice -o csv")).isEqualTo(ExitCode.DONE);
        assertThat(cli.out())
                .isEqualTo(
                        "sequence,occurredAt,kind,instrument,side,quantity,price,notional,quoteAsset,fee,feeAsset,"
                                + "realizedPnl,orderId,executionId,strategy\r\n"
                                + "8,2026-03-02T12:00:00Z,NEW,BTC-USD,SELL,0.1,35000.00,3500.00,USD,3.50,USD,12.00,o-1,e-1,\r\n");
    }

    @Test
    void a_risk_check_has_the_exit_code_that_the_order_would_have() {
        api.answer(200, "{\"accountId\":\"alice\",\"accepted\":true}").answer(200, """
                {"accountId":"alice","accepted":false,"rejection":{"reason":"insufficient_funds","required":"3500.00",
                 "available":"20.00","asset":"USD","detail":"required 3500.00 USD, available 20.00"}}""");
        var check = "risk check alice --instrument=BTC-USD --side=buy --type=limit --quantity=0.1 --limit-price=35000"
                + " --strategy=grid";

        assertThat(cli.execute(check)).as(cli.err()).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("POST /api/v1/risk/check");
        assertThat(api.last().header("Idempotency-Key")).isEmpty();
        assertThat(api.last().json())
                .isEqualTo(json("{'accountId':'alice','instrument':'BTC-USD','side':'BUY','type':'LIMIT',"
                        + "'quantity':'0.1','limitPrice':'35000','strategy':'grid'}"));
        ApiDocument.assertAllows(api.last());
        assertThat(cli.out().lines())
                .containsExactly("ACCOUNT ID  ACCEPTED  REASON  DETAIL", "alice       true      -       -");

        assertThat(cli.execute(check)).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.out().lines())
                .containsExactly(
                        "ACCOUNT ID  ACCEPTED  REASON              DETAIL",
                        "alice       false     insufficient_funds  required 3500.00 USD, available 20.00");
    }

    @Test
    void a_key_is_shown_without_what_is_secret_of_it() {
        api.answer(200, """
                {"id":"abc","name":"desk","status":"ACTIVE","scopes":["trade:read","trade:write"],
                 "createdAt":"2026-03-02T12:00:00Z"}""").answer(404, """
                {"reason":"key_not_found","detail":"there is no key abd"}""");

        assertThat(cli.execute("keys show abc")).as(cli.err()).isEqualTo(ExitCode.DONE);
        assertThat(cli.out()).contains("abc", "desk", "ACTIVE", "trade:read, trade:write");
        assertThat(cli.execute("keys show abd")).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err().lines()).containsExactly("Not done: there is no key abd (key_not_found).");
    }

    @Test
    void a_command_is_sent_with_the_id_that_was_given_or_one_that_was_made_up() {
        api.answer(201, ACCEPTED)
                .answer(201, ACCEPTED, "Idempotency-Replayed", "true")
                .answer(201, ACCEPTED);

        assertThat(cli.execute("deposit alice USD 1 --idempotency-key=c-1")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().header("Idempotency-Key")).isEqualTo("c-1");
        assertThat(api.last().header("Authorization")).isEqualTo("Bearer secret");
        assertThat(api.last().header("Content-Type")).isEqualTo("application/json");
        assertThat(cli.out().lines())
                .containsExactly(
                        "ACCOUNT ID  COMMAND ID  SEQUENCE  OUTCOME", "alice       c-1                7  accepted");
        assertThat(cli.err()).isEmpty();

        assertThat(cli.execute("deposit alice USD 1 --idempotency-key=c-1")).isEqualTo(ExitCode.DONE);
        assertThat(cli.err()).contains("This was decided before; nothing was done again.");

        assertThat(cli.execute("deposit alice USD 1")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().header("Idempotency-Key")).matches("[0-9a-f-]{36}");
        assertThat(cli.execute("deposit alice USD 1 --idempotency-key=not/an/id"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void an_order_without_an_id_gets_the_one_that_its_command_has() {
        api.answer(201, ACCEPTED);

        assertThat(cli.execute("orders place alice --instrument=BTC-USD --side=BUY --type=MARKET --notional=1"))
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().json().path("orderId").asText())
                .isNotEmpty()
                .isEqualTo(api.last().header("Idempotency-Key"));
    }

    @Test
    void a_refusal_is_one_sentence_with_reason_and_numbers() {
        api.answer(422, """
                {"type":"about:blank","title":"x","status":422,"reason":"insufficient_funds",
                 "detail":"insufficient funds: required 100.00 USD, available 20.00",
                 "accountId":"alice","commandId":"c-1","sequence":9,"required":"100.00","available":"20.00","asset":"USD"}""", "Content-Type", "application/problem+json");

        assertThat(cli.execute("withdraw alice USD 100")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err().lines())
                .containsExactly(
                        "Refused: insufficient funds: required 100.00 USD, available 20.00 (insufficient_funds), by entry 9.");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void each_kind_of_problem_has_its_exit_code() {
        assertThat(executeAnswered(400, "parameter_invalid", "limit is 'x'")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err().lines()).containsExactly("Not done: limit is 'x' (parameter_invalid).");
        assertThat(executeAnswered(401, "key_unknown", "no such key")).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(cli.err().lines()).containsExactly("Not allowed: no such key (key_unknown).");
        assertThat(executeAnswered(403, "scope_missing", "x")).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(executeAnswered(404, "account_not_found", "x")).isEqualTo(ExitCode.FAILURE);
        assertThat(executeAnswered(409, "command_id_reused", "x")).isEqualTo(ExitCode.REFUSED);
        assertThat(executeAnswered(429, "too_many", "x")).isEqualTo(ExitCode.FAILURE);
        assertThat(executeAnswered(503, "partition_not_ready", "x")).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void without_a_key_a_refusal_says_where_one_could_be() {
        cli.environment(Map.of("BURSAR_URL", api.url()));

        assertThat(executeAnswered(401, "key_missing", "a key is needed")).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(cli.err().lines())
                .containsExactly("Not allowed: a key is needed (key_missing). No key was given: BURSAR_API_KEY or a"
                        + " profile has it.");
        assertThat(api.last().header("Authorization")).isEmpty();
    }

    @Test
    void a_command_without_a_decision_yet_says_how_to_ask_for_it() {
        api.answer(202, "{}", "Location", "/api/v1/accounts/alice/commands/c-1")
                .answer(500, "{}")
                .answer(exchange -> {
                    // The connection ends without an answer.
                });

        for (int i = 0; i < 3; i++) {
            assertThat(cli.execute("deposit alice USD 1 --idempotency-key=c-1")).isEqualTo(ExitCode.UNDECIDED);
            assertThat(cli.err().lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "the same command with --idempotency-key=c-1 asks for the decision and is decided once only");
        }
    }

    @Test
    void a_fill_without_an_answer_is_reported_again_under_its_own_id() {
        api.answer(202, "{}");

        assertThat(cli.execute("fills report alice --execution-id=e-1 --order-id=o-1 --instrument=BTC-USD --side=BUY"
                        + " --quantity=1 --price=1"))
                .isEqualTo(ExitCode.UNDECIDED);
        assertThat(cli.err()).contains("the same command asks for the decision and is decided once only");
        assertThat(api.last().header("Idempotency-Key")).isEmpty();
    }

    @Test
    void an_api_that_nobody_serves_is_one_sentence_and_leaves_nothing_undecided() {
        var url = api.url();
        api.close();

        assertThat(cli.execute("deposit alice USD 1")).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err().lines()).containsExactly("No answer from " + url + ": nobody accepts connections there.");
    }

    @Test
    void what_is_no_api_of_bursar_is_told() {
        api.answer(200, "<html>").answer(502, "<html>");

        assertThat(cli.execute("balances alice")).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err()).contains("was answered with something other than JSON: is Bursar's API at " + api.url());
        assertThat(cli.execute("balances alice")).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err()).contains("GET /api/v1/accounts/alice/balances was answered with 502 by " + api.url());
    }

    @Test
    void a_command_is_followed_to_the_instance_that_has_the_account() {
        try (var owner = new FakeApi()) {
            owner.answer(201, ACCEPTED);
            api.answer(307, "", "Location", owner.url() + "/api/v1/accounts/alice/deposits");

            assertThat(cli.execute("deposit alice USD 1 --idempotency-key=c-1")).isEqualTo(ExitCode.DONE);
            assertThat(owner.last().line()).isEqualTo("POST /api/v1/accounts/alice/deposits");
            assertThat(owner.last().header("Authorization")).isEqualTo("Bearer secret");
            assertThat(owner.last().header("Idempotency-Key")).isEqualTo("c-1");
            assertThat(owner.last().body()).isEqualTo(api.last().body());
        }
    }

    @Test
    void names_of_others_cannot_steer_the_terminal() {
        api.answer(200, "{\"accountId\":\"a\",\"name\":\"x\\u001b[2Jy\\r\\u202ez\"}");

        cli.execute("accounts show a");
        assertThat(cli.out()).contains("x\\u001b[2Jy\\u000d\\u202ez");
    }

    @Test
    void a_new_key_is_alone_on_standard_output() {
        var created = """
                {"key":"bk_abc_secret","id":"abc","name":"desk","scopes":["trade:read","trade:write"]}""";
        api.answer(201, created).answer(201, created).answer(201, created);

        assertThat(cli.execute("keys create desk --scope=trade:read,trade:write --account=alice --account=bob"
                        + " --expires-at=2027-01-01T00:00:00Z --allow-ip=10.1.0.0/16 --requests-per-second=10"))
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("POST /api/v1/keys");
        assertThat(api.last().json())
                .isEqualTo(json("{'name':'desk','scopes':['trade:read','trade:write'],'accounts':['alice','bob'],"
                        + "'expiresAt':'2027-01-01T00:00:00Z','allowedIps':['10.1.0.0/16'],'requestsPerSecond':10}"));
        assertThat(cli.out().lines()).containsExactly("bk_abc_secret");
        assertThat(cli.err().lines()).containsExactly("Key abc was made for desk. It is not told again.");

        assertThat(cli.execute("keys create desk --scope=trade:read -o json")).isEqualTo(ExitCode.DONE);
        assertThat(json(cli.out())).isEqualTo(json(created));

        assertThat(cli.execute("keys rotate abc --overlap=60")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("POST /api/v1/keys/abc/rotation");
        assertThat(api.last().json()).isEqualTo(json("{'overlapSeconds':60}"));
        assertThat(cli.out().lines()).containsExactly("bk_abc_secret");
    }

    @Test
    void a_key_is_revoked() {
        api.answer(200, "{\"id\":\"abc\",\"status\":\"REVOKED\"}").answer(204, "");

        assertThat(cli.execute("keys revoke abc")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("DELETE /api/v1/keys/abc");
        assertThat(cli.out()).contains("REVOKED");
        assertThat(cli.execute("keys revoke abc")).isEqualTo(ExitCode.DONE);
        assertThat(cli.err()).contains("Key abc is revoked.");
    }

    @Test
    void health_is_that_of_both_checks() {
        var live = "{\"status\":\"live\",\"streams\":\"RUNNING\",\"waitingForRegistry\":[]}";
        api.answer(200, live).answer(200, "{\"status\":\"ready\",\"streams\":\"RUNNING\",\"waitingForRegistry\":[]}");
        assertThat(cli.execute("health")).isEqualTo(ExitCode.DONE);
        assertThat(api.asked())
                .extracting(FakeApi.Asked::line)
                .containsExactly("GET /health/live", "GET /health/ready");

        api.answer(200, live)
                .answer(503, "{\"status\":\"not_ready\",\"streams\":\"REBALANCING\",\"waitingForRegistry\":[\"0_1\"]}");
        assertThat(cli.execute("health")).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.out().lines())
                .containsExactly(
                        "CHECK  HTTP STATUS  STATUS     STREAMS      WAITING FOR REGISTRY",
                        "live           200  live       RUNNING      -",
                        "ready          503  not_ready  REBALANCING  0_1");
    }

    /** @param body empty for none */
    private void assertChange(String line, String body, String arguments, String... more) {
        api.answer(200, ACCEPTED);
        assertThat(cli.execute(arguments + " --idempotency-key=c-1", more))
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
        assertThat(api.last().body()).isEmpty();
        assertThat(api.last().header("Idempotency-Key")).isEmpty();
    }

    private int executeAnswered(int status, String reason, String detail) {
        api.answer(status, "{\"reason\":\"%s\",\"detail\":\"%s\"}".formatted(reason, detail));
        return cli.execute("balances alice");
    }
}
