package io.bursar.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.cli.scenario.Message;
import io.bursar.cli.scenario.Scenario;
import io.bursar.cli.scenario.ScenarioParser;
import io.bursar.cli.scenario.ScenarioReport;
import io.bursar.cli.scenario.ScenarioReport.Difference;
import io.bursar.cli.scenario.ScenarioRunner;
import io.bursar.cli.scenario.Stage;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Balance;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Posting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runner must not let anything pass that is not as stated: a scenario that cannot fail proves nothing. */
class ScenarioRunnerTest {
    private static final String BEGINNING = """
            scenario: a case
            assets:
              DARK: {scale: 2, listed: false}
            steps:
              - open taker fee 0.1%
              - deposit 1000.00 USD as d1
              - buy o1 10 ACME-USD @ 20.00
              - fill e1 of o1 4 @ 19.00 fee 0.08
              - fill w1 of o9 buy 1 ACME-USD @ 20.00: suspended unknown_order
              - buy o2 1 ACME-USD @ 20.00
              - cancel o2
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deposit 1.00 DARK                                  | result | accepted | rejected asset_not_found
            deposit 1.00 USD: rejected account_not_found       | result | rejected account_not_found | accepted
            deposit 1000.00 USD as d1                          | result | accepted | repeat of accepted
            deposit 1.00 USD: repeat                           | result | repeat | accepted
            deposit 1.00 USD: repeat of accepted               | result | repeat of accepted | accepted
            deposit 1000.00 USD as d1: repeat of rejected command_id_reused | result | repeat of rejected command_id_reused | repeat of accepted
            withdraw 5000.00 USD: rejected command_too_old     | result | rejected command_too_old | rejected insufficient_funds, required 5000.00 USD, available 803.80 USD
            withdraw 5000.00 USD: rejected insufficient_funds, required 5000.01 USD | required | required 5000.01 USD | required 5000.00 USD
            withdraw 5000.00 USD: rejected insufficient_funds, required 5000 EUR | required | required 5000 EUR | required 5000.00 USD
            withdraw 5000.00 USD: rejected insufficient_funds, limit 5 | limit | limit 5 | nothing of this name
            fill e2 of o1 1 @ 20.00: suspended overfill        | result | suspended overfill | settled, notional 20.00 USD, realizedPnl 0.00 USD
            fill e2 of o1 1 @ 20.00: settled, late             | late   | late | nothing of this name
            fill e1 of o2 1 @ 20.00: settled                   | result | settled, not late | settled, late, notional 20.00 USD, realizedPnl 0.00 USD
            fill e2 of o1 1 @ 20.00: settled, notional 20.01   | notional | notional 20.01 | notional 20.00 USD
            fill e2 of o1 1 @ 20.00: {postings: []}            | postings | [] | [AVAILABLE +0.02 USD, AVAILABLE +1.0000 ACME, RESERVED -20.02 USD, VENUE +20.00 USD, VENUE -1.0000 ACME]
            cancel o1: {entries: []}                           | entries | [] | [OrderCancelled o1]
            cancel o1: {entries: [OrderCancelled o1, OrderExpired o2]} | entries | [OrderCancelled o1, OrderExpired o2] | [OrderCancelled o1]
            balance USD: total 923.92, reserved 120.13         | reserved | reserved 120.13 | reserved 120.12 USD
            balance USD: available 0                           | available | available 0 | available 803.80 USD
            order o1: ACTIVE                                   | status | ACTIVE | PARTIALLY_FILLED
            order o1: held 120.12 EUR                          | held   | held 120.12 EUR | held 120.12 USD
            order o1: expiresAt +7d+1us                        | expiresAt | expiresAt +7d+1us | expiresAt +7d
            order o8: CANCELLED                                | status | CANCELLED | none
            position ACME-USD: quantity 4, costBasis 76.01     | costBasis | costBasis 76.01 | costBasis 76.00 USD
            position ACME-USD: feesPaid 0.08 EUR               | feesPaid | feesPaid 0.08 EUR | feesPaid 0.08 USD
            position BTC-USD: quantity 0                       | quantity | quantity 0 | nothing of this name
            account: sequence 8                                | sequence | sequence 8 | sequence 7
            suspended fills: []                                | suspended fills | [] | [w1 of o9 unknown_order]
            trial balance USD: VENUE 76.01                     | VENUE  | VENUE 76.01 | VENUE 76.00 USD
            timer: [OrderExpired o1]                           | entries | [OrderExpired o1] | []
            settle e7 of o1                                    | suspended fill | e7 of o1 | no such fill was ever suspended
            """)
    void a_statement_that_is_not_so_fails_with_what_was_expected_and_what_was_found(
            String line, String what, String expected, String found) {
        var report = run(BEGINNING + "  - " + line + "\n", new CoreStage());

        assertThat(report.passed()).isFalse();
        assertThat(report.steps().getLast().differences()).contains(new Difference(what, expected, found));
    }

    @Test
    void a_failed_step_is_told_with_file_and_line_and_the_others_are_played() {
        var report = run(BEGINNING + "  - balance USD: total 1\n  - balance USD: total 923.92\n", new CoreStage());

        assertThat(report.describeFailures())
                .containsExactly(
                        "case.yaml:12: balance USD",
                        "    total",
                        "        expected  total 1",
                        "        found     total 923.92 USD");
        assertThat(report.steps()).hasSize(9);
    }

    @Test
    void a_second_entry_that_nobody_stated_fails() {
        var yaml = BEGINNING + "  - at: +7d+1us\n  - deposit 1.00 USD\n";

        assertThat(run(yaml, new CoreStage()).steps().getLast().differences())
                .containsExactly(new Difference("entries", "[FundsDeposited]", "[OrderExpired o1, FundsDeposited]"));
    }

    @Test
    void postings_that_do_not_add_up_to_zero_fail_without_being_stated() {
        var stage = new TamperingStage(entry -> {
            var postings = new ArrayList<>(entry.getPostings());
            if (!postings.isEmpty()) {
                postings.add(new Posting(LedgerAccount.FEES, "", "USD", 2, 1L));
            }
            return with(entry, postings, entry.getBalances());
        });

        assertThat(run(BEGINNING, stage).describeFailures())
                .contains("    postings of FundsDeposited", "    trial balance USD");
    }

    @Test
    void a_reservation_that_no_order_holds_fails_without_being_stated() {
        var stage = new TamperingStage(entry -> {
            var balances = new ArrayList<>(entry.getBalances());
            balances.replaceAll(balance -> new Balance(
                    balance.getStrategy(),
                    balance.getAsset(),
                    balance.getScale(),
                    balance.getTotal(),
                    balance.getReserved() + 1));
            return with(entry, entry.getPostings(), balances);
        });

        assertThat(run(BEGINNING, stage).describeFailures()).contains("    account A, USD");
    }

    @Test
    void an_entry_that_is_missing_in_the_journal_fails_without_being_stated() {
        var stage = new TamperingStage(entry -> entry.getSequence() == 2 ? null : entry);

        assertThat(run(BEGINNING, stage).describeFailures()).contains("    the journal");
    }

    @Test
    void an_answer_that_is_not_what_the_journal_says_fails() {
        var stage = new TamperingStage(UnaryOperator.identity()) {
            @Override
            Told answer(Told told) {
                return new Told(told.accepted(), told.reason(), told.sequence() + 1, told.repeated());
            }
        };

        assertThat(run(BEGINNING, stage).describeFailures()).contains("    answer");
    }

    @Test
    void a_scenario_for_an_exact_clock_is_not_played_where_there_is_none() {
        var stage = new TamperingStage(UnaryOperator.identity()) {
            @Override
            public boolean setsTheClock() {
                return false;
            }
        };

        var report = run("scenario: a case\nclock: exact\nsteps: [open]\n", stage);

        assertThat(report.passed()).isFalse();
        assertThat(report.failed()).isFalse();
        assertThat(report.notPlayable()).contains("clock: exact");
    }

    private static JournalEntry with(JournalEntry entry, List<Posting> postings, List<Balance> balances) {
        return new JournalEntry(
                entry.getAccountId(),
                entry.getSequence(),
                entry.getOccurredAt(),
                entry.getCommandId(),
                entry.getSource(),
                entry.getContentHash(),
                entry.getBody(),
                postings,
                balances,
                entry.getPosition(),
                entry.getOrder(),
                entry.getLot(),
                entry.getPreviousHash(),
                entry.getHash());
    }

    private static ScenarioReport run(String yaml, Stage stage) {
        return ScenarioRunner.run(ScenarioParser.parse("case.yaml", yaml), stage);
    }

    /** The core, with a journal that somebody has changed. */
    private static class TamperingStage implements Stage {
        private final UnaryOperator<JournalEntry> change;
        private final CoreStage core = new CoreStage();

        /** @param change makes another entry, or null of one that is lost */
        TamperingStage(UnaryOperator<JournalEntry> change) {
            this.change = change;
        }

        Told answer(Told told) {
            return told;
        }

        @Override
        public String name() {
            return "tampering";
        }

        @Override
        public boolean setsTheClock() {
            return true;
        }

        @Override
        public Play begin(Scenario scenario) {
            var play = core.begin(scenario);
            return new Play() {
                @Override
                public void list(Asset asset) {
                    play.list(asset);
                }

                @Override
                public void list(Instrument instrument) {
                    play.list(instrument);
                }

                @Override
                public Observed send(Message message, Instant receivedAt) {
                    return changed(play.send(message, receivedAt));
                }

                @Override
                public Observed notice(Instant now) {
                    return changed(play.notice(now));
                }

                @Override
                public List<Difference> audit() {
                    return play.audit();
                }

                @Override
                public void close() {
                    play.close();
                }
            };
        }

        @Override
        public void close() {
            core.close();
        }

        private Observed changed(Observed observed) {
            var entries = new ArrayList<JournalEntry>();
            for (var entry : observed.entries()) {
                var changed = change.apply(entry);
                if (changed != null) {
                    entries.add(changed);
                }
            }
            return new Observed(entries, observed.told().map(this::answer));
        }
    }
}
