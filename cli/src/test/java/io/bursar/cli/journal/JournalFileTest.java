package io.bursar.cli.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.cli.clients.CommandException;
import io.bursar.schemas.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    private static final byte[] VALUE = {0, 0, 0, 0, 7, 1, 2, 3};

    @TempDir
    private Path folder;

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        var key = "A1".getBytes(StandardCharsets.UTF_8);
        var headers = new RecordHeaders().add("bursar-type", new byte[] {65}).add("empty", null);
        return new ConsumerRecord<>(
                "bursar.journal",
                3,
                offset,
                1_700_000_000_000L + offset,
                TimestampType.CREATE_TIME,
                key.length,
                VALUE.length,
                key,
                VALUE,
                headers,
                Optional.empty());
    }

    private Path written(int entries, boolean end) throws IOException {
        var file = folder.resolve("journal.avro");
        try (var writer = new JournalFileWriter(file, "bursar.journal", id -> Reply.getClassSchema())) {
            for (int i = 0; i < entries; i++) {
                writer.write(record(i));
            }
            if (end) {
                writer.end();
            }
        }
        return file;
    }

    @Test
    void records_come_back_byte_for_byte_with_their_schema() throws IOException {
        var source = new FileSource(written(3, true));
        var read = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        source.read(read::add);

        assertThat(read).hasSize(3);
        for (int i = 0; i < 3; i++) {
            var record = record(i);
            assertThat(read.get(i).partition()).isEqualTo(3);
            assertThat(read.get(i).offset()).isEqualTo(i);
            assertThat(read.get(i).timestamp()).isEqualTo(record.timestamp());
            assertThat(read.get(i).key()).isEqualTo(record.key());
            assertThat(read.get(i).value()).isEqualTo(VALUE);
            assertThat(read.get(i).headers()).isEqualTo(record.headers());
        }
        assertThat(source.schemas().schema(7)).isEqualTo(Reply.getClassSchema());
    }

    @Test
    void a_file_without_its_end_is_refused() throws IOException {
        var source = new FileSource(written(2, false));

        assertThatThrownBy(() -> source.read(record -> {}))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("is not whole: it breaks off after 2 entries");
    }

    @Test
    void a_file_that_was_cut_and_one_of_another_kind_are_refused() throws IOException {
        var whole = Files.readAllBytes(written(50, true));
        var cut = Files.write(folder.resolve("cut.avro"), Arrays.copyOf(whole, whole.length - 40));
        var other = Files.writeString(folder.resolve("other.avro"), "a text");

        for (var file : List.of(cut, other)) {
            assertThatThrownBy(() -> new FileSource(file).read(record -> {}))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
    }
}
