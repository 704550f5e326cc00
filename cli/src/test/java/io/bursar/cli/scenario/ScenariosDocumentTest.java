package io.bursar.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/scenarios.md} has all that the parser knows, and no example that it does not understand. */
class ScenariosDocumentTest {
    private static final String DOCUMENT = read();

    @ParameterizedTest
    @EnumSource
    void every_line_is_in_a_table_with_what_can_follow_it_and_an_example(Verb verb) {
        var row = row(verb);

        assertThat(verb.clauses()).allSatisfy(clause -> assertThat(row).contains(clause.form()));
        assertThat(code(row.substring(row.lastIndexOf(" | "))))
                .anySatisfy(example -> assertThat(example).containsPattern("^(alice )?" + verb.word() + "\\b"))
                .allSatisfy(example -> assertThat(steps(example)).hasSize(verb == Verb.AT ? 1 : 2));
    }

    @ParameterizedTest
    @EnumSource
    void every_clause_is_there_as_it_is_written(Clause clause) {
        assertThat(DOCUMENT).contains(clause.form());
    }

    @ParameterizedTest
    @EnumSource
    void every_fact_that_can_be_stated_is_there(Subject subject) {
        assertThat(names(subject)).allSatisfy(name -> assertThat(DOCUMENT).contains("`" + name + "`"));
    }

    @ParameterizedTest
    @EnumSource
    void every_result_is_there(Result.Kind kind) {
        assertThat(DOCUMENT).contains("`" + kind.text() + (kind.hasReason() ? " REASON`" : "`"));
    }

    @ParameterizedTest
    @MethodSource
    void every_status_and_every_key_is_there(Collection<String> words) {
        assertThat(words).allSatisfy(word -> assertThat(DOCUMENT).contains("`" + word + "`"));
    }

    static Stream<Collection<String>> every_status_and_every_key_is_there() {
        return Stream.of(
                ExpectationParser.ORDER_STATUSES,
                ExpectationParser.ACCOUNT_STATUSES,
                ScenarioParser.FIELDS,
                ScenarioParser.INSTRUMENT_FIELDS,
                List.of("result", "buyer", "seller", "entries", "postings"));
    }

    @Test
    void every_kind_of_entry_is_there() {
        var bodies = JournalEntry.getClassSchema().getField("body").schema().getTypes();

        assertThat(bodies)
                .extracting(Schema::getName)
                .allSatisfy(kind -> assertThat(DOCUMENT).containsPattern("`" + kind + "[ `]"));
    }

    @Test
    void whole_scenarios_in_it_are_understood() {
        var scenarios = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(DOCUMENT)
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(scenarios)
                .hasSize(3)
                .allSatisfy(yaml -> assertThat(scenario(yaml)).isNotEmpty());
    }

    private static List<String> names(Subject subject) {
        return subject.names().stream()
                .filter(name -> !name.equals(Subject.STATUS))
                .toList();
    }

    /** The row whose first cell has the form of the line. */
    private static String row(Verb verb) {
        return DOCUMENT.lines()
                .filter(line -> line.startsWith("| "))
                .filter(line -> code(line.substring(0, line.indexOf(" | "))).contains(verb.form()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row for: " + verb.form()));
    }

    private static List<String> code(String text) {
        return Pattern.compile("`([^`]+)`")
                .matcher(text)
                .results()
                .map(span -> span.group(1))
                .toList();
    }

    /** Those of a scenario with this line and an order that it may speak of. */
    private static List<Step> steps(String example) {
        var accounts = example.contains("alice") && example.contains("bob") ? "accounts: [alice, bob]\n" : "";
        var before = accounts.isEmpty() ? "buy o1 10 ACME-USD @ 20.00" : "alice open";
        return scenario("scenario: an example\n%ssteps:\n  - %s\n  - %s\n".formatted(accounts, before, example));
    }

    private static List<Step> scenario(String yaml) {
        return ScenarioParser.parse("example.yaml", yaml).steps();
    }

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "scenarios.md")).replace("\\|", "|");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
