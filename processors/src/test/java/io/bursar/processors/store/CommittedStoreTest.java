package io.bursar.processors.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommittedStoreTest {
    private static final TopicPartition CHANGELOG = new TopicPartition("app-ledger-changelog", 3);
    private static final Path ROWS = Path.of("committed", "ledger");

    /** Rows under keys that begin with "d" are indexed under "i", their time and their key. */
    private static final DueIndex INDEX = new DueIndex() {
        @Override
        public boolean isIndexed(Bytes key) {
            return key.get()[0] == 'd';
        }

        @Override
        public Bytes keyOf(Bytes key, long dueMicros) {
            return key(indexKey(text(key), dueMicros));
        }
    };

    @TempDir
    Path folder;

    private CommittedStore store;
    private StoreContext context;
    private int copies;

    @BeforeEach
    void open() {
        open(folder.resolve("task"), true);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void open(Path task, boolean transactions) {
        open(task, transactions, 0);
    }

    private void open(Path task, boolean transactions, int inMemory) {
        store = new CommittedStore("ledger", INDEX, inMemory);
        context = new StoreContext(task, transactions);
        store.init(context, store);
    }

    @Test
    void what_a_transaction_writes_is_seen_by_its_own_thread_and_by_others_once_it_is_committed() {
        put("a", "1");
        assertThat(seen()).containsExactly("a=1");
        assertThat(seenByOthers()).isEmpty();

        commitTransaction(7);
        assertThat(seenByOthers()).containsExactly("a=1");

        put("a", "2");
        put("b", "3");
        store.delete(key("a"));
        assertThat(seen()).containsExactly("b=3");
        assertThat(seenByOthers()).containsExactly("a=1");
    }

    @Test
    void what_is_aborted_is_never_seen_and_its_offset_is_not_kept() {
        put("a", "1");
        commitTransaction(7);
        put("a", "2");
        put("b", "2");
        Transaction.ofThisThread().aborted();
        // As Kafka Streams may do when it suspends the task.
        store.commit(Map.of(CHANGELOG, 9L));

        assertThat(seen()).containsExactly("a=1");
        assertThat(seenByOthers()).containsExactly("a=1");
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(7);
        reopen();
        assertThat(seen()).containsExactly("a=1");
        store.commit(Map.of(CHANGELOG, 9L));
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(9);
    }

    @Test
    void what_a_failed_commit_leaves_is_never_seen_and_its_offset_is_not_kept() {
        put("a", "1");
        commitTransaction(7);
        put("a", "2");
        put("b", "2");
        // Without a transactional.id it can neither commit nor abort.
        try (var producer = new StoreProducer(Map.of("bootstrap.servers", "127.0.0.1:1"))) {
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(IllegalStateException.class);
            assertThat(seenByOthers()).containsExactly("a=1");
            // As Kafka Streams does when it then suspends the task.
            store.commit(Map.of(CHANGELOG, 9L));
            assertThat(store.committedOffset(CHANGELOG)).isEqualTo(7);

            assertThatThrownBy(producer::abortTransaction).isInstanceOf(IllegalStateException.class);
            assertThat(seen())
                    .as("by the thread itself, though the abort failed")
                    .containsExactly("a=1");
        }
        reopen();
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(7);
        assertThat(seen()).containsExactly("a=1");

        put("b", "3");
        commitTransaction(11);
        assertThat(seenByOthers()).containsExactly("a=1", "b=3");
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(11);
    }

    @Test
    void rows_that_cannot_be_written_fail_the_next_call_and_come_back_from_the_changelog() throws IOException {
        var other = new CommittedStore("ledger", INDEX);
        other.init(new StoreContext(folder.resolve("other"), true), other);
        try {
            fillMemtable();
            put("a", "1");
            commitTransaction(7);
            // RocksDB begins another log with the next write, and finds no folder for it.
            var task = folder.resolve("task");
            var away = folder.resolve("away");
            Files.move(task, away);
            put("a", "2");
            put("b", "2");
            other.put(key("a"), bytes("2"));
            commitTransaction(9);

            assertThat(seenByOthers(other)).as("of the same transaction").containsExactly("a=2");
            var calls = List.<ThrowingCallable>of(
                    () -> store.get(key("a")),
                    store::all,
                    () -> put("c", "3"),
                    () -> store.commit(Map.of(CHANGELOG, 9L)),
                    store::close);
            assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(ProcessorStateException.class));

            Files.move(away, task);
            open();
            assertThat(store.committedOffset(CHANGELOG)).isEqualTo(7);
            assertThat(rows(store.range(key("a"), key("b")))).containsExactly("a=1");
            context.restoring().restoreAll(List.of(record("a", bytes("2")), record("b", bytes("2"))));
            store.commit(Map.of(CHANGELOG, 9L));
            assertThat(rows(store.range(key("a"), key("b")))).containsExactly("a=2", "b=2");
            assertThat(store.committedOffset(CHANGELOG)).isEqualTo(9);
        } finally {
            other.close();
        }
    }

    private void fillMemtable() {
        var megabyte = new byte[1 << 20];
        for (int i = 0; i <= 32; i++) {
            store.put(key("large" + i), megabyte);
        }
    }

    @Test
    void a_store_closed_within_a_transaction_takes_no_part_in_its_commit() {
        put("a", "1");
        store.close();
        Transaction.ofThisThread().committed(Map.of(CHANGELOG, 7L));

        open(folder.resolve("task"), true);
        assertThat(seen()).isEmpty();
        assertThat(store.committedOffset(CHANGELOG)).isNull();
    }

    @Test
    void an_offset_is_kept_with_the_rows_it_stands_for_and_not_before() {
        assertThat(store.committedOffset(CHANGELOG)).isNull();
        store.commit(Map.of(CHANGELOG, -4L));
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(-4);
        put("a", "1");
        store.commit(Map.of(CHANGELOG, 5L));
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(-4);
        commitTransaction(5);
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(5);
        store.commit(Map.of(CHANGELOG, 6L));
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(6);
    }

    @Test
    void without_offsets_all_are_forgotten_and_rows_of_a_transaction_stay_unseen() {
        put("a", "1");
        commitTransaction(5);
        put("a", "2");
        store.commit(Map.of());

        assertThat(store.committedOffset(CHANGELOG)).isNull();
        assertThat(seenByOthers()).containsExactly("a=1");
        Map<TopicPartition, Long> unknown = new LinkedHashMap<>();
        unknown.put(CHANGELOG, null);
        commitTransaction(6);
        store.commit(unknown);
        assertThat(store.committedOffset(CHANGELOG)).isNull();
    }

    @Test
    void forgotten_offsets_stay_forgotten_when_the_store_is_closed_within_a_transaction() {
        store.close();
        open(folder.resolve("task"), true, 100);
        put("a", "1");
        commitTransaction(5);
        put("a", "2");
        commitTransaction(6);
        put("a", "3");
        store.commit(Map.of());
        reopen();

        assertThat(store.committedOffset(CHANGELOG)).isNull();
        assertThat(seen()).containsExactly("a=2");
        put("a", "3");
        commitTransaction(8);
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(8);
    }

    @Test
    void another_thread_must_not_write_into_the_transaction() {
        put("a", "1");

        assertThatThrownBy(() -> CompletableFuture.runAsync(() -> put("b", "1")).join())
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void two_stores_of_a_thread_are_committed_and_aborted_together() {
        var other = new CommittedStore("ledger", INDEX);
        other.init(new StoreContext(folder.resolve("other"), true), other);
        try {
            put("a", "1");
            other.put(key("a"), bytes("2"));
            commitTransaction(3);

            assertThat(seenByOthers()).containsExactly("a=1");
            assertThat(seenByOthers(other)).containsExactly("a=2");

            put("a", "3");
            other.put(key("a"), bytes("4"));
            Transaction.ofThisThread().aborted();
            assertThat(seen()).containsExactly("a=1");
            assertThat(rows(other.all())).containsExactly("a=2");
        } finally {
            other.close();
        }
    }

    @Test
    void an_index_row_follows_its_row_from_time_to_time() {
        putDue("d1", 20, DueTime.NEVER);
        putDue("d2", 10, DueTime.NEVER);
        assertThat(keys(store.range(key("i"), key("j")))).containsExactly("i010d2", "i020d1");
        commitTransaction(1);
        putDue("d1", 5, 20);
        assertThat(keys(store.range(key("i"), key("j")))).containsExactly("i005d1", "i010d2");
        putDue("d2", DueTime.NEVER, 10);
        commitTransaction(2);

        assertThat(keys(store.range(key("i"), key("j")))).containsExactly("i005d1");
    }

    @Test
    void restoring_makes_rows_and_index_though_older_records_are_gone() {
        context.restoring()
                .restoreAll(List.of(
                        record("a", bytes("1")),
                        record("d1", due(5, 5)),
                        record("d2", due(7, DueTime.NEVER)),
                        record("d2", due(DueTime.NEVER, 7)),
                        record("b", bytes("2")),
                        record("b", null)));
        store.commit(Map.of(CHANGELOG, 11L));

        assertThat(keys(store.all())).containsExactly("a", "d1", "d2", "i005d1");
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(11);
        assertThat(keysOf(crashed())).containsExactly("a", "d1", "d2", "i005d1");
    }

    @Test
    void rows_may_be_written_while_they_are_gone_through() {
        for (int i = 0; i < 10; i++) {
            put("k" + i, "1");
        }
        commitTransaction(1);
        var deleted = new ArrayList<String>();
        try (var rows = store.all()) {
            while (rows.hasNext()) {
                var row = rows.next().key;
                store.put(row, null);
                deleted.add(text(row));
            }
        }

        assertThat(deleted).hasSize(10);
        assertThat(seen()).isEmpty();
    }

    @Test
    void closing_ends_scans_and_later_calls_fail() {
        put("a", "1");
        commitTransaction(1);
        var scan = CompletableFuture.supplyAsync(store::all).join();
        store.close();

        assertThatThrownBy(scan::hasNext).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(() -> store.get(key("a"))).isInstanceOf(InvalidStateStoreException.class);
        assertThat(store.isOpen()).isFalse();
        scan.close();
        store.close();
    }

    @Test
    void without_transactions_rows_are_written_whenever_the_task_is_committed() {
        store.close();
        open(folder.resolve("driver"), false);
        put("a", "1");
        assertThat(seenByOthers()).isEmpty();
        store.commit(Map.of(CHANGELOG, 1L));

        assertThat(seenByOthers()).containsExactly("a=1");
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(1);
    }

    @Test
    void committed_rows_stay_in_memory_until_there_are_many_or_the_store_is_closed() throws IOException {
        store.close();
        open(folder.resolve("task"), true, 100);
        put("a", "1");
        commitTransaction(5);
        assertThat(store.committedOffset(CHANGELOG)).as("the first offset").isEqualTo(5);
        put("b", "1");
        commitTransaction(7);
        assertThat(seenByOthers()).containsExactly("a=1", "b=1");
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(5);
        assertThat(keysOf(crashed())).containsExactly("a");

        store.close();
        open(folder.resolve("task"), true, 100);
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(7);
        assertThat(seenByOthers()).containsExactly("a=1", "b=1");

        for (int i = 0; i < 200; i++) {
            put("b%03d".formatted(i), "1");
        }
        commitTransaction(207);
        assertThat(keysOf(crashed())).hasSizeBetween(100, 150);
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(7);
    }

    @Test
    void the_offset_follows_though_the_same_few_rows_change_again_and_again() {
        store.close();
        open(folder.resolve("task"), true, 20);
        for (int i = 1; i <= 300; i++) {
            put("k" + i % 3, "v" + i);
            commitTransaction(i);
        }

        assertThat(store.committedOffset(CHANGELOG)).isBetween(200L, 300L);
    }

    @Test
    void an_index_row_that_comes_and_goes_in_memory_never_reaches_the_database() {
        store.close();
        open(folder.resolve("task"), true, 100);
        putDue("d1", 20, DueTime.NEVER);
        putDue("d2", 10, DueTime.NEVER);
        commitTransaction(2);
        putDue("d1", DueTime.NEVER, 20);
        putDue("d3", 30, DueTime.NEVER);
        putDue("d3", DueTime.NEVER, 30);
        commitTransaction(5);

        assertThat(keys(store.all())).containsExactly("d1", "d2", "d3", "i010d2");
        store.close();
        open(folder.resolve("task"), true, 100);
        putDue("d2", DueTime.NEVER, 10);
        commitTransaction(6);
        putDue("d2", 10, DueTime.NEVER);
        putDue("d2", DueTime.NEVER, 10);
        commitTransaction(8);
        assertThat(keys(store.all())).as("the deletion of one that is there").containsExactly("d1", "d2", "d3");
    }

    @Test
    void a_task_that_becomes_a_standby_restores_over_its_own_rows() {
        store.close();
        open(folder.resolve("task"), true, 100);
        put("a", "1");
        put("b", "1");
        commitTransaction(2);
        context.restoring().restoreAll(List.of(record("a", bytes("2")), record("b", null)));
        store.commit(Map.of(CHANGELOG, 4L));

        assertThat(seen()).containsExactly("a=2");
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(4);
        put("b", "5");
        commitTransaction(5);
        reopen();
        assertThat(seen()).containsExactly("a=2", "b=5");
    }

    /** Whatever happens, own reads equal a model of all writes, others' and those after a crash one of committed ones. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 5", "4, 5", "5, 20", "6, 20", "7, 1000", "8, 1000"})
    void the_store_is_like_its_model_after_anything(long seed, int inMemory) {
        store.close();
        open(folder.resolve("task"), true, inMemory);
        var random = new Random(seed);
        var written = new TreeMap<String, String>();
        var committed = new TreeMap<String, String>();
        var changelog = new ArrayList<KeyValue<byte[], byte[]>>();
        int committedRecords = 0;
        int crashes = 0;
        for (int step = 0; step < 1_000; step++) {
            switch (random.nextInt(20)) {
                case 0, 1 -> {
                    commitTransaction(changelog.size() - 1);
                    committedRecords = changelog.size();
                    committed = new TreeMap<>(written);
                }
                case 2 -> {
                    Transaction.ofThisThread().aborted();
                    reopen(inMemory);
                    written = new TreeMap<>(committed);
                    truncate(changelog, committedRecords);
                }
                case 3 -> {
                    reopen(inMemory);
                    written = new TreeMap<>(committed);
                    truncate(changelog, committedRecords);
                }
                case 4 -> {
                    var from = randomKey(random);
                    var to = randomKey(random);
                    var expected = from.compareTo(to) <= 0 ? written.subMap(from, true, to, true) : Map.of();
                    assertThat(rows(store.range(key(from), key(to)))).isEqualTo(rows(expected));
                }
                case 5 -> assertThat(seenByOthers()).isEqualTo(rows(committed));
                case 6 -> {
                    if (random.nextInt(6) == 0) {
                        assertThat(restored(changelog.subList(0, committedRecords)))
                                .isEqualTo(rows(committed));
                        crashes++;
                    }
                }
                case 7, 8, 9 -> {
                    var key = randomKey(random);
                    assertThat(store.delete(key(key))).isEqualTo(bytes(written.remove(key)));
                    changelog.add(record(key, null));
                }
                case 10, 11, 12, 13 -> {
                    var key = "d" + random.nextInt(10);
                    long before = dueOf(written.get(key));
                    long due = random.nextBoolean() ? random.nextInt(100) : DueTime.NEVER;
                    putDue(key, due, before);
                    written.put(key, text(Bytes.wrap(due(due, before))));
                    written.keySet().remove(indexKey(key, before));
                    if (due != DueTime.NEVER) {
                        written.put(indexKey(key, due), "");
                    }
                    changelog.add(record(key, due(due, before)));
                }
                default -> {
                    var key = randomKey(random);
                    var value = "v" + step;
                    put(key, value);
                    written.put(key, value);
                    changelog.add(record(key, bytes(value)));
                }
            }
            var probe = randomKey(random);
            assertThat(store.get(key(probe))).isEqualTo(bytes(written.get(probe)));
        }
        assertThat(rows(store.all())).isEqualTo(rows(written));
        assertThat(crashes).isPositive();
        store.commit(Map.of());
        assertThat(store.committedOffset(CHANGELOG)).isNull();
    }

    /** What there is after the process is killed and what the changelog has beyond the stored offset is restored. */
    private List<String> restored(List<KeyValue<byte[], byte[]>> changelog) {
        var after = new CommittedStore("ledger", INDEX);
        var restoring = new StoreContext(crashedTask(), true);
        after.init(restoring, after);
        try {
            var offset = after.committedOffset(CHANGELOG);
            assertThat(offset == null ? -1 : offset).as("the stored offset").isLessThan(changelog.size());
            restoring
                    .restoring()
                    .restoreAll(changelog.subList(offset == null ? 0 : (int) (offset + 1), changelog.size()));
            return rows(after.all());
        } finally {
            after.close();
        }
    }

    private static void truncate(List<?> changelog, int size) {
        changelog.subList(size, changelog.size()).clear();
    }

    private static String randomKey(Random random) {
        return "k" + random.nextInt(60);
    }

    private void commitTransaction(long offset) {
        Transaction.ofThisThread().committed(Map.of(CHANGELOG, offset));
    }

    private void reopen() {
        reopen(0);
    }

    private void reopen(int inMemory) {
        store.close();
        open(folder.resolve("task"), true, inMemory);
    }

    private Database crashed() {
        return new Database(crashedTask().resolve(ROWS), StoreMemory.shared(0));
    }

    /** The folder of the task as a killed process leaves it behind. */
    private Path crashedTask() {
        try {
            var original = folder.resolve("task").resolve(ROWS);
            Path task;
            List<Path> copied;
            do {
                copies++;
                task = folder.resolve("copy-" + copies);
                var copy = Files.createDirectories(task.resolve(ROWS));
                copied = files(original);
                for (var file : copied) {
                    copy(file, copy.resolve(file.getFileName()));
                }
                // RocksDB tidies up in the background; a copy from in between is no state that there ever was.
            } while (!files(original).equals(copied));
            return task;
        } catch (IOException e) {
            throw new AssertionError("the store cannot be copied", e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("LOCK")).sorted().toList();
        }
    }

    private static void copy(Path file, Path to) throws IOException {
        try {
            Files.copy(file, to);
        } catch (NoSuchFileException deletedMeanwhile) {
            // The files are compared once all are copied.
        }
    }

    private static List<String> keysOf(Database database) {
        try (database) {
            return keys(database.scan(null, null));
        }
    }

    private void put(String key, String value) {
        store.put(key(key), bytes(value));
    }

    private void putDue(String key, long due, long before) {
        store.put(key(key), due(due, before));
    }

    private static String indexKey(String key, long due) {
        return "i%03d".formatted(due) + key;
    }

    private static long dueOf(String value) {
        return value == null ? DueTime.NEVER : DueTime.of(bytes(value));
    }

    private static byte[] due(long due, long before) {
        var value = new byte[DueTime.BYTES];
        DueTime.write(value, due, before);
        return value;
    }

    private static KeyValue<byte[], byte[]> record(String key, byte[] value) {
        return KeyValue.pair(bytes(key), value);
    }

    private List<String> seen() {
        return rows(store.all());
    }

    private List<String> seenByOthers() {
        return seenByOthers(store);
    }

    private static List<String> seenByOthers(CommittedStore store) {
        return CompletableFuture.supplyAsync(() -> rows(store.all())).join();
    }

    private static List<String> rows(KeyValueIterator<Bytes, byte[]> iterator) {
        var rows = new ArrayList<String>();
        try (iterator) {
            iterator.forEachRemaining(row -> rows.add(text(row.key) + "=" + text(Bytes.wrap(row.value))));
        }
        return rows;
    }

    private static List<String> rows(Map<?, ?> rows) {
        return rows.entrySet().stream()
                .map(row -> row.getKey() + "=" + row.getValue())
                .toList();
    }

    private static List<String> keys(KeyValueIterator<Bytes, byte[]> iterator) {
        var keys = new ArrayList<String>();
        try (iterator) {
            iterator.forEachRemaining(row -> keys.add(text(row.key)));
        }
        return keys;
    }

    private static Bytes key(String text) {
        return Bytes.wrap(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(Bytes bytes) {
        return new String(bytes.get(), StandardCharsets.ISO_8859_1);
    }
}
