package io.bursar.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Index.atIndex;

import io.bursar.schemas.Deposit;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioParserTest {
    @Test
    void amounts_are_read_as_they_are_written_and_never_rounded() {
        var scenario = parse("deposit 92233720368547758.07 USD", "deposit 0.00000001 BTC");

        assertThat(deposit(scenario.steps().get(0)).getAmount()).isEqualTo(Long.MAX_VALUE);
        assertThat(deposit(scenario.steps().get(1)).getAmount()).isEqualTo(1);
    }

    @Test
    void every_field_of_an_order_can_be_given() {
        var step = parse("buy o1 5 ACME-USD @ 20.00 for 300.00 USD at market expires +1d strategy alpha reduce only")
                .steps()
                .getFirst();

        assertThat(body(step))
                .isEqualTo(new PlaceOrder(
                        "o1",
                        "ACME-USD",
                        Side.BUY,
                        OrderType.MARKET,
                        50_000L,
                        2_000L,
                        30_000L,
                        Scenario.START.plus(Duration.ofDays(1)),
                        "alpha",
                        true));
    }

    @Test
    void a_fill_takes_side_and_instrument_from_its_order_even_when_that_comes_later() {
        var scenario = parse("fill e1 of o1 4 @ 19.00", "sell o1 10 ACME-USD @ 19.00");

        var fill = ((Message.ToFills) ((Step.Send) scenario.steps().getFirst()).message()).fill();
        assertThat(fill.getSide()).isEqualTo(Side.SELL);
        assertThat(fill.getInstrument()).isEqualTo("ACME-USD");
    }

    @Test
    void a_moved_time_counts_for_what_follows() {
        var scenario = parse("deposit 1 USD", "at: +7d+1us", "deposit 1 USD", "deposit 1 USD occurred +6d");

        assertThat(scenario.length()).isEqualTo(Duration.ofDays(7).plusNanos(1_000));
        assertThat(scenario.steps())
                .extracting(step -> Duration.between(
                        Scenario.START, ((Step.Send) step).message().occurredAt()))
                .containsExactly(Duration.ZERO, Duration.ofDays(7).plusNanos(1_000), Duration.ofDays(6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deposti 1 USD            | word "deposti" is neither an account of this scenario (A) nor a command
            deposit 1.001 USD        | amount "1.001" must have at most 2 decimals here, and fit in 64 bits
            deposit 92233720368547758.08 USD | amount "92233720368547758.08" must have at most 2 decimals here, and fit
            deposit ten USD          | amount "ten" must be a decimal number
            deposit 1 GBP            | asset "GBP" is not an asset of this scenario
            deposit 1                | line "deposit 1" ends where an asset is missing
            deposit 1 USD quickly    | word "quickly" is not understood here; what may follow is: cost AMOUNT
            deposit 1 USD as d1 as d2 | clause "as COMMAND-ID" is given twice
            deposit 1 USD occurred 7 | occurred "7" must be a time since the beginning
            buy o1 1 ACME-GBP @ 1    | instrument "ACME-GBP" is not an instrument of this scenario
            buy o1 1 ACME-USD for 1 EUR | amount "1 EUR" must be in USD, in which ACME-USD is paid
            buy o/1 1 ACME-USD @ 1   | order "o/1" must be 1 to 64 characters of A-Z a-z 0-9 . _ : -
            fill e1 of o9 1 @ 1      | order "o9" is not placed in this scenario, so the fill must say buy or sell
            fill e1 of o9 buy 1 @ 1  | order "o9" is not placed in this scenario, so the line must name an instrument
            cancel o1 by nobody      | by "nobody" must be user, admin, venue-rejected or venue-cancelled
            open taker fee 0.1       | taker fee "0.1" must be a percentage such as 0.1%
            extend o1                | line "extend o1" must say until when
            trade t1 1 ACME-USD @ 1 buyer B/o1 seller A/o2 | party "B/o1" must be ACCOUNT/ORDER with an account of
            timer                    | line "timer" must state what the timer journals
            balance USD              | line "balance USD" states nothing
            'deposit 1 USD: acepted' | result "acepted" is not known; there are: accepted, rejected
            'deposit 1 USD: rejected insufficient' | result "rejected insufficient" must name a reason code
            'deposit 1 USD: rejected insufficient_funds, needed 1' | refusal "needed 1" states nothing that is known
            'balance USD: totl 1'    | balance "totl 1" states nothing that is known; there are: total, reserved
            'balance USD: total all' | total "all" must be a number, with or without its asset
            'order o1: ACTIV'        | order "ACTIV" states nothing that is known
            'at: 7'                  | at "7" must be a time since the beginning
            'at: +999999999999d'     | at "+999999999999d" must be shorter
            'order o1: placedAt +999999999999d' | time "+999999999999d" must be shorter
            limits open orders 9999999999 | open orders "9999999999" must fit in 32 bits
            'trial: zero'            | line "trial" ends where "balance" is missing; it is written: trial balance ASSET
            'trial balanced: zero'   | word "balanced" stands where "balance" is expected; it is written: trial balance
            'A trial balance USD: TRANSIT 0' | word "trial" must not follow an account: it is of none or names them
            'deposit 1 USD: {rsult: accepted}' | field "rsult" is not known; an expectation has: result, entries
            """)
    void what_a_line_says_wrongly_is_told_with_file_line_field_value_and_rule(String line, String message) {
        assertThatThrownBy(() -> parse("open", line))
                .isInstanceOf(ScenarioException.class)
                .message()
                .startsWith("case.yaml:4: " + message);
    }

    @Test
    void all_lines_that_are_wrong_are_told_at_once() {
        assertThatThrownBy(() -> parse("deposit 1", "open", "withdraw 1"))
                .isInstanceOfSatisfying(
                        ScenarioException.class,
                        e -> assertThat(e.faults())
                                .hasSize(2)
                                .satisfies(fault -> assertThat(fault).startsWith("case.yaml:3:"), atIndex(0))
                                .satisfies(fault -> assertThat(fault).startsWith("case.yaml:5:"), atIndex(1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'scenario: x\\nstep: []'                    | case.yaml:2: field "step" is not known; a scenario has: about
            'steps: []'                                 | case.yaml:1: field "scenario" is missing
            'scenario: x'                               | case.yaml:1: field "steps" is missing
            'scenario: x\\nscenario: y\\nsteps: []'     | case.yaml:2: "scenario" is given twice
            'scenario: x\\nclock: now\\nsteps: []'      | case.yaml:2: clock "now" must be any or exact
            'scenario: x\\naccounts: [open]\\nsteps: []' | case.yaml:2: account "open" must not be the name of a command
            'scenario: x\\naccounts: [A, A]\\nsteps: []' | case.yaml:2: account "A" is given twice
            'scenario: x\\nassets: {USD: 19}\\nsteps: []' | case.yaml:2: scale "19" must be a whole number from 0 to 18
            'scenario: x\\nassets: {USD: {scal: 2}}\\nsteps: []' | case.yaml:2: field "scal" of USD is not known
            'scenario: x\\ninstruments: {A-B: {baseAsset: BTC}}\\nsteps: []' | case.yaml:2: field "quoteAsset" of A-B is
            'scenario: x\\nsteps: [&a open, *a]'        | case.yaml:2: aliases (*a) are not allowed: write it out
            'scenario: [x'                              | case.yaml:1: this is not YAML
            ''                                          | case.yaml:1: the file is empty
            'scenario: x\\nsteps: [[open]]'             | case.yaml:2: a step must be a table of names and values
            'scenario: x\\nsteps: [{open: accepted, close: accepted}]' | case.yaml:2: a step must be one line
            """)
    void what_the_file_says_wrongly_is_told_with_its_line(String yaml, String message) {
        assertThatThrownBy(() -> ScenarioParser.parse("case.yaml", yaml.replace("\\n", "\n")))
                .isInstanceOf(ScenarioException.class)
                .message()
                .startsWith(message);
    }

    @Test
    void time_does_not_go_back() {
        assertThatThrownBy(() -> parse("at: +2h", "at: +1h"))
                .hasMessage("case.yaml:4: at \"+1h\" must not go back from +2h; a command of an earlier time says:"
                        + " occurred +1h");
    }

    @Test
    void with_several_accounts_each_line_names_its_own() {
        var yaml = "scenario: x\naccounts: [alice, bob]\nsteps:\n  - alice open\n  - deposit 1 USD\n";

        assertThatThrownBy(() -> ScenarioParser.parse("case.yaml", yaml))
                .hasMessage("case.yaml:5: word \"deposit\" must follow an account, because the scenario has several");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+7d+1us", "-1s", "+1h+30m", "+5m", "+1ms", "+30d-1us"})
    void times_mean_what_they_say(String text) {
        assertThat(duration(Offsets.text(duration(text)))).isEqualTo(duration(text));
    }

    @Test
    void a_day_is_24_hours_and_parts_are_added_up() {
        assertThat(duration("+1d-1h+1us")).isEqualTo(Duration.ofHours(23).plusNanos(1_000));
        assertThat(Offsets.text(Duration.ofHours(25).negated())).isEqualTo("-1d-1h");
        assertThat(Offsets.text(Duration.ZERO)).isEqualTo("+0s");
    }

    @Test
    void numbers_are_equal_whatever_their_decimals_but_not_across_assets() {
        assertThat(Value.parse("100").matches(Value.parse("100.00 USD"))).isTrue();
        assertThat(Value.parse("100.00 USD").matches(Value.parse("100 USD"))).isTrue();
        assertThat(Value.parse("100 EUR").matches(Value.parse("100 USD"))).isFalse();
        assertThat(Value.parse("100.01").matches(Value.parse("100 USD"))).isFalse();
        assertThat(Value.parse("0.1%").matches(Value.parse("0.1"))).isFalse();
    }

    private static Duration duration(String text) {
        return Offsets.parse("time", text);
    }

    private static Scenario parse(String... lines) {
        var yaml = new StringBuilder("scenario: a case\nsteps:\n");
        List.of(lines).forEach(line -> yaml.append("  - ").append(line).append('\n'));
        return ScenarioParser.parse("case.yaml", yaml.toString());
    }

    private static Deposit deposit(Step step) {
        return (Deposit) ((Message.ToBalanceUpdates) ((Step.Send) step).message())
                .update()
                .getBody();
    }

    private static Object body(Step step) {
        return ((Message.ToOrders) ((Step.Send) step).message()).command().getBody();
    }
}
