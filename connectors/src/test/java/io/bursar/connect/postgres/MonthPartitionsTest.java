package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.connect.JournalRecord;
import io.bursar.schemas.AccountResumed;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each month has its table before its first entry comes. */
class MonthPartitionsTest extends SinkTest {
    @BeforeEach
    void makeTables() throws SQLException {
        try (var migrating = Database.migrating(database.url(), TestDatabase.USER, "")) {
            Migrations.apply(migrating, new Schema("bursar"));
        }
    }

    @Test
    void the_first_and_the_last_instant_of_a_month_lie_in_its_table() throws SQLException {
        write(
                "2026-01-31T23:59:59.999999Z",
                "2026-02-01T00:00:00Z",
                "2026-02-28T23:59:59.999999Z",
                "2026-03-01T00:00:00Z");

        assertThat(tables())
                .containsExactly("journal_2026_01", "journal_2026_02", "journal_2026_02", "journal_2026_03");
    }

    @Test
    void the_last_month_of_a_year_ends_where_the_next_year_begins() throws SQLException {
        write("2026-12-31T23:59:59.999999Z", "2027-01-01T00:00:00Z");

        assertThat(tables()).containsExactly("journal_2026_12", "journal_2027_01");
    }

    @Test
    void what_a_wrong_clock_says_makes_no_tables_without_end() throws SQLException {
        write(
                "1970-01-01T00:00:00Z",
                "1999-12-31T23:59:59.999999Z",
                "2000-01-01T00:00:00Z",
                "2099-12-31T23:59:59.999999Z",
                "2100-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z");

        assertThat(tables())
                .containsExactly(
                        "journal_before_2000",
                        "journal_before_2000",
                        "journal_2000_01",
                        "journal_2099_12",
                        "journal_from_2100",
                        "journal_from_2100");
        assertThat(database.rows(
                        "SELECT occurred_at FROM bursar.journal WHERE occurred_at = '9999-12-31 23:59:59.999999Z'"))
                .hasSize(1);
    }

    @Test
    void tasks_that_make_the_same_months_at_once_do_not_get_in_each_others_way() throws Exception {
        int tasks = 4;
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(tasks)) {
            var running = new ArrayList<Future<Boolean>>();
            for (int task = 0; task < tasks; task++) {
                int partition = task;
                running.add(threads.submit(() -> {
                    try (var connections = Database.connections(database.url(), TestDatabase.USER, "", 1)) {
                        var tables = new JournalTables(connections, new Schema("bursar"), Topic.NAME);
                        tables.claim(List.of(Topic.partition(partition)));
                        start.await();
                        return tables.write(entries(partition, months()));
                    }
                }));
            }
            start.countDown();
            for (var each : running) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(database.count("journal")).isEqualTo(4L * months().length);
    }

    private static String[] months() {
        var months = new String[24];
        for (int i = 0; i < months.length; i++) {
            months[i] = "%d-%02d-15T00:00:00Z".formatted(2030 + i / 12, 1 + i % 12);
        }
        return months;
    }

    private void write(String... instants) throws SQLException {
        try (var connections = Database.connections(database.url(), TestDatabase.USER, "", 1)) {
            var tables = new JournalTables(connections, new Schema("bursar"), Topic.NAME);
            tables.claim(List.of(Topic.partition(0)));
            assertThat(tables.write(entries(0, instants))).isTrue();
        }
    }

    private static List<JournalRecord> entries(int partition, String... instants) {
        var noHash = new Hash(new byte[32]);
        var records = new ArrayList<JournalRecord>();
        for (int i = 0; i < instants.length; i++) {
            records.add(new JournalRecord(
                    partition,
                    i,
                    JournalEntry.newBuilder()
                            .setAccountId("account-" + partition)
                            .setSequence(i + 1)
                            .setOccurredAt(Instant.parse(instants[i]))
                            .setBody(new AccountResumed())
                            .setPostings(List.of())
                            .setBalances(List.of())
                            .setPreviousHash(noHash)
                            .setHash(noHash)
                            .build()));
        }
        return records;
    }

    private List<Object> tables() {
        return database.rows("SELECT tableoid::regclass::text AS name FROM bursar.journal ORDER BY sequence").stream()
                .map(row -> row.get("name").toString())
                .map(name -> (Object) name.replace("bursar.", ""))
                .toList();
    }
}
