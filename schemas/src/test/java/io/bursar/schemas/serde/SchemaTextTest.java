package io.bursar.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.JournalEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaTextTest {
    @Test
    void the_published_text_is_that_of_the_avsc_file() throws Exception {
        var file = Files.readString(Path.of("src/main/avro/account-command.avsc"));
        assertThat(SchemaText.of(AccountCommand.SCHEMA$))
                .isEqualTo(new Schema.Parser().parse(file).toString());
    }

    @Test
    void hints_for_java_are_gone_at_every_depth() {
        assertThat(JournalEntry.SCHEMA$.toString()).contains("avro.java.string");
        assertThat(SchemaText.of(JournalEntry.SCHEMA$)).doesNotContain("avro.java");
    }
}
