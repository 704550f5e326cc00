package io.bursar.cli;

import static io.bursar.cli.FakeApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.bursar.cli.api.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands out of a file: which requests they go in, what becomes of the answers, and where a failure lets go on. */
class BatchCommandTest {
    private static final int MOST_IN_A_REQUEST = 1_000;
    private static final int MOST_BYTES_OF_A_REQUEST = 1 << 20;

    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(Map.of("BURSAR_URL", api.url(), "BURSAR_API_KEY", "secret"));

    @TempDir
    private Path temporary;

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void lines_are_sent_in_one_request_and_each_answer_is_written_with_its_number() throws IOException {
        api.answer(200, """
                [{"status":201,"idempotencyKey":"d-1","replayed":true,
                  "body":{"accountId":"alice","commandId":"d-1","sequence":7,"outcome":"accepted"}},
                 {"status":422,"idempotencyKey":"w-1",
                  "body":{"accountId":"alice","reason":"insufficient_funds","detail":"required 9.00, available 8.00",
                   "sequence":8}},
                 {"status":400,"body":{"reason":"field_missing","detail":"side is missing"}}]""");
        var file = file("""
                {"method":"POST","path":"/accounts/alice/deposits","idempotencyKey":"d-1","body":{"asset":"USD","amount":"1.10"}}

                {"method":"POST","path":"/accounts/alice/withdrawals","idempotencyKey":"w-1","body":{"asset":"USD","amount":"9"}}
                {"method":"POST","path":"/accounts/alice/orders","body":{"orderId":"o-1","instrument":"BTC-USD"}}
                """);

        assertThat(cli.execute("batch " + file)).as(cli.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(api.last().line()).isEqualTo("POST /api/v1/batch");
        assertThat(api.last().header("Content-Type")).isEqualTo("application/json");
        ApiDocument.assertAllows(api.last());
        assertThat(api.last().json())
                .isEqualTo(json("[{'method':'POST','path':'/accounts/alice/deposits','idempotencyKey':'d-1',"
                        + "'body':{'asset':'USD','amount':'1.10'}},"
                        + "{'method':'POST','path':'/accounts/alice/withdrawals','idempotencyKey':'w-1',"
                        + "'body':{'asset':'USD','amount':'9'}},"
                        + "{'method':'POST','path':'/accounts/alice/orders',"
                        + "'body':{'orderId':'o-1','instrument':'BTC-USD'}}]"));
        assertThat(cli.out().lines())
                .containsExactly(
                        "NUMBER  STATUS  IDEMPOTENCY KEY  REPLAYED  ACCOUNT ID  SEQUENCE  OUTCOME   REASON  DETAIL",
                        "     1     201  d-1              true      alice              7  accepted  -       -",
                        "     2     422  w-1              -         alice              8  -         insufficient_funds"
                                + "  required 9.00, available 8.00",
                        "     3     400  -                -         -                  -  -         field_missing     "
                                + "  side is missing");
        assertThat(cli.err().lines()).containsExactly("1 commands accepted, 2 refused.");
    }

    @Test
    void answers_come_as_lines_of_json_or_csv() throws IOException {
        var answer = "[{\"status\":201,\"idempotencyKey\":\"c-1\",\"body\":{\"accountId\":\"a\",\"sequence\":3,"
                + "\"outcome\":\"accepted\"}}]";
        api.answer(200, answer).answer(200, answer);
        var file = file(command(1));

        assertThat(cli.execute("batch " + file + " -o json")).isEqualTo(ExitCode.DONE);
        assertThat(cli.out().lines())
                .containsExactly("{\"number\":1,\"status\":201,\"idempotencyKey\":\"c-1\",\"body\":"
                        + "{\"accountId\":\"a\",\"sequence\":3,\"outcome\":\"accepted\"}}");
        assertThat(cli.execute("batch " + file + " -o csv")).isEqualTo(ExitCode.DONE);
        assertThat(cli.out())
                .isEqualTo("number,status,idempotencyKey,replayed,body.accountId,body.sequence,body.outcome,"
                        + "body.reason,body.detail\r\n1,201,c-1,,a,3,accepted,,\r\n");
    }

    @Test
    void an_array_goes_in_requests_of_a_thousand_and_begins_where_it_is_told_to() throws IOException {
        answerAll();
        answerAll();
        var file = file(commands(1, 2_500).collect(Collectors.joining(",\n", "[", "]")));

        assertThat(cli.execute("batch " + file + " --from=1400 -o csv"))
                .as(cli.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(api.asked()).extracting(asked -> asked.json().size()).containsExactly(MOST_IN_A_REQUEST, 101);
        assertThat(keyOfFirst(0)).isEqualTo("c-1400");
        assertThat(keyOfFirst(1)).isEqualTo("c-2400");
        assertThat(cli.out().lines())
                .hasSize(1 + 1_101)
                .contains("1400,201,c-1400,,,,accepted,,", "2500,201,c-2500,,,,accepted,,");
        assertThat(cli.err()).contains("1,101 commands accepted, 0 refused.");
    }

    @Test
    void a_request_is_no_larger_than_the_api_takes_it() throws IOException {
        answerAll();
        answerAll();
        var reason = "é".repeat(2_000);
        var large = IntStream.rangeClosed(1, 300)
                .mapToObj(number ->
                        "{\"method\":\"POST\",\"path\":\"/accounts/a/adjustments\",\"idempotencyKey\":\"c-%d\","
                                        .formatted(number)
                                + "\"body\":{\"reason\":\"" + reason + "\"}}")
                .collect(Collectors.joining("\n"));

        assertThat(cli.execute("batch " + file(large))).as(cli.err()).isEqualTo(ExitCode.DONE);
        assertThat(api.asked())
                .hasSize(2)
                .allSatisfy(asked -> assertThat(asked.body().getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(MOST_BYTES_OF_A_REQUEST));
    }

    @Test
    void standard_input_is_sent_as_a_file_is() {
        answerAll();

        assertThat(executeWith(new ByteArrayInputStream(command(1).getBytes(StandardCharsets.UTF_8))))
                .as(cli.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(api.last().json()).hasSize(1);
    }

    @Test
    @Timeout(30)
    void what_is_read_is_sent_before_the_rest_is_there() throws IOException {
        var rest = new PipedOutputStream();
        try (var input = new PipedInputStream(rest, MOST_BYTES_OF_A_REQUEST)) {
            rest.write((commands(1, MOST_IN_A_REQUEST).collect(Collectors.joining("\n")) + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            api.answer(exchange -> {
                try (rest) {
                    rest.write(command(MOST_IN_A_REQUEST + 1).getBytes(StandardCharsets.UTF_8));
                }
                accept(exchange);
            });
            answerAll();

            assertThat(executeWith(input)).as(cli.err()).isEqualTo(ExitCode.DONE);
        }
        assertThat(api.asked()).extracting(asked -> asked.json().size()).containsExactly(MOST_IN_A_REQUEST, 1);
    }

    @Test
    void what_is_not_decided_stops_it_behind_its_request() throws IOException {
        api.answer(exchange -> {
            var answers = accepted(api.last().json())
                    .replace("201,\"idempotencyKey\":\"c-998\"", "202,\"idempotencyKey\":\"c-998\"")
                    .replace("201,\"idempotencyKey\":\"c-999\"", "503,\"idempotencyKey\":\"c-999\"");
            FakeApi.give(exchange, 200, answers);
        });
        var file = file(commands(1, 1_500).collect(Collectors.joining("\n")));

        assertThat(cli.execute("batch " + file)).isEqualTo(ExitCode.UNDECIDED);
        assertThat(api.asked()).hasSize(1);
        assertThat(cli.out()).contains("  998     202  c-998", "  1000     201  c-1000");
        assertThat(cli.err().lines())
                .containsExactly(
                        "998 commands accepted, 0 refused.",
                        "Command 998, in line 998, is the first that is not decided, and nothing behind command 1000 was"
                                + " sent. --from=998 goes on there. What is decided by then gets its first answer again.");
    }

    @Test
    void a_request_without_an_answer_is_undecided_and_names_its_first_command() throws IOException {
        answerAll();
        api.answer(exchange -> {
            // The connection ends without an answer.
        });
        var file = file(commands(1, 1_500).collect(Collectors.joining("\n")));

        assertThat(cli.execute("batch " + file)).isEqualTo(ExitCode.UNDECIDED);
        assertThat(cli.err())
                .contains(
                        "the same command asks for the decision and is decided once only. --from=1001 goes on there.");
    }

    @Test
    void a_request_that_is_refused_as_a_whole_names_its_first_command() throws IOException {
        answerAll();
        api.answer(401, "{\"reason\":\"key_expired\",\"detail\":\"the key has expired\"}");
        var file = file(commands(1, 1_500).collect(Collectors.joining("\n")));

        assertThat(cli.execute("batch " + file)).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(cli.err()).contains("Not allowed: the key has expired (key_expired). --from=1001 goes on there.");
    }

    @Test
    void a_command_that_could_be_done_twice_is_not_sent_nor_what_follows_it() throws IOException {
        answerAll();
        var file = file(command(1) + "\n\n" + command(2) + "\n"
                + "{\"method\":\"POST\",\"path\":\"/accounts/a/deposits\",\"body\":{\"asset\":\"USD\",\"amount\":\"1\"}}\n"
                + command(4));

        assertThat(cli.execute("batch " + file)).isEqualTo(ExitCode.USAGE);
        assertThat(api.last().json()).hasSize(2);
        assertThat(cli.err().lines())
                .containsExactly(
                        "2 commands accepted, 0 refused.",
                        "Command 3, in line 4, has no idempotencyKey, nor an orderId or executionId in its body: if it were"
                                + " sent again, it would be done again. Nothing from command 3 on was sent; once the file"
                                + " is mended, --from=3 goes on there.");
    }

    @Test
    void a_file_that_breaks_off_or_is_no_json_is_sent_as_far_as_it_goes() throws IOException {
        answerAll();
        var broken = file("[" + command(1) + ",\n" + command(2).substring(0, 20));
        assertThat(cli.execute("batch " + broken)).isEqualTo(ExitCode.USAGE);
        assertThat(api.last().json()).hasSize(1);
        assertThat(cli.err())
                .contains("Command 2 of " + broken + " cannot be read: in line 2, column ")
                .contains("Nothing from command 2 on was sent; once the file is mended, --from=2 goes on there.");

        int sent = api.asked().size();
        assertUnusable("{\"method\":\"POST\",\"method\":\"PUT\"}", "Duplicate field 'method'");
        assertUnusable("17", "Command 1, in line 1, is no JSON object.");
        assertUnusable("nonsense", "Command 1 of ", "its JSON does not go on");
        assertUnusable("[]", "has 0 commands: there is nothing to send from 1 on.");
        assertUnusable("", "has 0 commands: there is nothing to send from 1 on.");
        assertThat(api.asked()).hasSize(sent);
    }

    @Test
    void what_follows_an_array_is_told() throws IOException {
        answerAll();

        assertThat(cli.execute("batch " + file("[" + command(1) + "]\n" + command(2))))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("goes on behind its array, in line 2. Nothing from command 2 on was sent");
    }

    @Test
    void a_number_or_a_file_that_there_is_not_sends_nothing() throws IOException {
        assertThat(cli.execute("batch " + file(command(1)) + " --from=2")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("has 1 commands: there is nothing to send from 2 on.");
        assertThat(cli.execute("batch " + file(command(1)) + " --from=0")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--from is '0', but must be the number of a command, from 1 on");
        assertThat(cli.execute("batch " + temporary.resolve("none"))).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err().lines()).containsExactly("There is no file " + temporary.resolve("none") + ".");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void an_answer_that_is_none_to_the_commands_ends_it() throws IOException {
        api.answer(200, "[]");

        assertThat(cli.execute("batch " + file(command(1)))).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err())
                .contains("The API was sent 1 commands, and its answer is none to so many; --from=1 goes on there.");
    }

    private int executeWith(InputStream standardInput) {
        var before = System.in;
        System.setIn(standardInput);
        try {
            return cli.execute("batch -");
        } finally {
            System.setIn(before);
        }
    }

    private void assertUnusable(String text, String... sentences) throws IOException {
        assertThat(cli.execute("batch " + file(text))).as(text).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains(sentences);
    }

    /** Accepts all commands of the next request. */
    private void answerAll() {
        api.answer(this::accept);
    }

    private void accept(HttpExchange exchange) throws IOException {
        FakeApi.give(exchange, 200, accepted(api.last().json()));
    }

    private static String accepted(JsonNode commands) {
        var answers = new StringBuilder("[");
        commands.forEach(command -> answers.append(answers.length() == 1 ? "" : ",")
                .append("{\"status\":201,\"idempotencyKey\":\"%s\",\"body\":{\"outcome\":\"accepted\"}}"
                        .formatted(command.path("idempotencyKey").asText())));
        return answers.append("]").toString();
    }

    private String keyOfFirst(int request) {
        return api.asked().get(request).json().path(0).path("idempotencyKey").asText();
    }

    private static Stream<String> commands(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(BatchCommandTest::command);
    }

    private static String command(int number) {
        return "{\"method\":\"POST\",\"path\":\"/accounts/a/deposits\",\"idempotencyKey\":\"c-%d\",".formatted(number)
                + "\"body\":{\"asset\":\"USD\",\"amount\":\"1\"}}";
    }

    private Path file(String text) throws IOException {
        return Files.writeString(temporary.resolve("commands"), text);
    }
}
