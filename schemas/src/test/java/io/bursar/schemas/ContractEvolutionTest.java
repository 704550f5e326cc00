package io.bursar.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bursar.schemas.serde.SchemaText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records written with the schemas in {@code src/test/resources/released} must stay readable. Until the first release
 * those are the schemas of the development so far, and an incompatible change may refresh them; from then on, only a
 * release does: {@code mvn -pl schemas test -Dtest=ContractEvolutionTest -Dreleased.refresh=true}.
 */
class ContractEvolutionTest {
    private static final Path RELEASED = Path.of("src/test/resources/released");

    static Stream<Schema> contracts() {
        return Stream.of(
                Asset.SCHEMA$,
                Instrument.SCHEMA$,
                AccountCommand.SCHEMA$,
                BalanceUpdate.SCHEMA$,
                OrderCommand.SCHEMA$,
                Fill.SCHEMA$,
                Trade.SCHEMA$,
                TransferMessage.SCHEMA$,
                JournalEntry.SCHEMA$,
                Reply.SCHEMA$,
                ApiKey.SCHEMA$,
                ApiKeyUse.SCHEMA$,
                AuditEvent.SCHEMA$,
                BrokerAccountCommand.SCHEMA$,
                BrokerAccount.SCHEMA$,
                TokenEvent.SCHEMA$,
                TokenRefreshCall.SCHEMA$,
                TokenRefresh.SCHEMA$,
                OperationReport.SCHEMA$);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void records_of_the_released_schema_can_still_be_read(Schema current) throws IOException {
        var file = RELEASED.resolve(current.getName() + ".avsc");
        if (Boolean.getBoolean("released.refresh")) {
            Files.createDirectories(RELEASED);
            Files.writeString(
                    file, new ObjectMapper().readTree(SchemaText.of(current)).toPrettyString() + "\n");
        }
        var released = new Schema.Parser().parse(Files.readString(file));
        var answer = SchemaCompatibility.checkReaderWriterCompatibility(current, released);
        assertThat(answer.getResult().getIncompatibilities()).isEmpty();
        assertThat(answer.getType()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(released.getFullName()).isEqualTo(current.getFullName());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void a_new_field_without_default_would_be_noticed(Schema current) {
        var withoutDefault = SchemaText.of(current)
                .replaceFirst("\"fields\":\\[", "\"fields\":[{\"name\":\"added\",\"type\":\"long\"},");
        var answer =
                SchemaCompatibility.checkReaderWriterCompatibility(new Schema.Parser().parse(withoutDefault), current);
        assertThat(answer.getType()).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
    }

    @Test
    void every_journal_entry_ends_with_its_hashes() {
        var fields = JournalEntry.SCHEMA$.getFields();
        assertThat(fields.subList(fields.size() - 2, fields.size()))
                .extracting(Schema.Field::name)
                .containsExactly("previousHash", "hash");
    }
}
