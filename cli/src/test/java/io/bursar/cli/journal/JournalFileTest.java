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
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    private static final byte[] VALUE = {0, 0, 0, 0, 7, 1, 2, 3};

    @TempDir
    private Path folder;

    private static JournalRecord record(long offset) {
        return new JournalRecord(
                3,
                offset,
                1_700_000_000_000L + offset,
                "A1".getBytes(StandardCharsets.UTF_8),
                List.of(new RecordHeader("bursar-type", new byte[] {65}), new RecordHeader("empty", (byte[]) null)),
                VALUE);
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
        var read = new ArrayList<JournalRecord>();
        source.read(read::add);

        assertThat(read)
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(List.of(record(0), record(1), record(2)));
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
