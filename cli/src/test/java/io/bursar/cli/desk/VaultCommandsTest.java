package io.bursar.cli.desk;

import static io.bursar.cli.FakeApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.cli.ApiDocument;
import io.bursar.cli.Cli;
import io.bursar.cli.FakeApi;
import io.bursar.cli.api.ExitCode;
import io.bursar.vault.KeyFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the vault, and what they make of a file of master keys. */
class VaultCommandsTest {
    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(Map.of("BURSAR_URL", api.url(), "BURSAR_API_KEY", "secret"));

    @TempDir
    private Path temporary;

    private Path path;
    private KeyFile file;

    @BeforeEach
    void makeFile() {
        path = temporary.resolve("vault.keys");
        file = new KeyFile(path);
        file.createIfAbsent();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void versions_of_the_master_key_are_shown_with_their_secrets() {
        var answer = vault(3, "'1':2,'2':10");
        api.answer(200, answer).answer(200, answer);

        assertThat(cli.execute("vault show")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("GET /api/v1/vault");
        ApiDocument.assertAllows(api.last());
        assertThat(cli.out().lines())
                .containsExactly(
                        "KEY VERSION  SECRETS  NEWEST",
                        "          1        2  false",
                        "          2       10  false",
                        "          3        0  true");
        assertThat(cli.execute("vault show -o json")).isEqualTo(ExitCode.DONE);
        assertThat(json(cli.out())).isEqualTo(json(answer));
    }

    @Test
    void a_check_lists_what_does_not_open_and_fails_then() {
        api.answer(200, "{\"accounts\":5,\"secrets\":12,\"opened\":12,\"faults\":[]}")
                .answer(200, """
                {"accounts":5,"secrets":12,"opened":11,"faults":[{"accountId":"acme:production:U-1",
                 "secret":"clientSecret","version":2,"cause":"it does not open"}]}""");

        assertThat(cli.execute("vault check")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("POST /api/v1/vault/check");
        ApiDocument.assertAllows(api.last());
        assertThat(cli.err().lines()).containsExactly("12 of 12 secrets open, of 5 accounts.");

        assertThat(cli.execute("vault check")).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.out().lines())
                .containsExactly(
                        "ACCOUNT ID           SECRET        VERSION  CAUSE",
                        "acme:production:U-1  clientSecret        2  it does not open");
        assertThat(cli.err().lines()).containsExactly("11 of 12 secrets open, of 5 accounts.");
    }

    @Test
    void a_rotation_adds_a_key_waits_for_it_and_wraps_until_nothing_is_left() {
        api.answer(200, vault(1, "'1':45"))
                .answer(200, vault(1, "'1':45"))
                .answer(200, vault(2, "'1':45"))
                .answer(200, rewrapped(20, 3, ""))
                .answer(503, "{\"reason\":\"partition_not_ready\"}")
                .answer(200, rewrapped(3, 0, ""));

        assertThat(cli.execute("vault rotate --key-file=" + path)).as(cli.err()).isEqualTo(ExitCode.DONE);
        assertThat(newest()).isEqualTo(2);
        assertThat(file.keys().ofVersion(1)).isPresent();
        assertThat(api.asked())
                .extracting(FakeApi.Asked::line)
                .containsExactly(
                        "GET /api/v1/vault",
                        "GET /api/v1/vault",
                        "GET /api/v1/vault",
                        "POST /api/v1/vault/rewrap",
                        "POST /api/v1/vault/rewrap",
                        "POST /api/v1/vault/rewrap");
        ApiDocument.assertAllows(api.last());
        assertThat(api.last().json()).isEqualTo(json("{'accounts':20}"));
        assertThat(cli.out().lines()).containsExactly("KEY VERSION  SECRETS  NEWEST", "          2       45  true");
        assertThat(cli.err())
                .contains("Version 2 of the master key is in " + path + ": keep a copy of it apart.")
                .contains("23 accounts are wrapped anew, 0 are left.");
    }

    @Test
    void a_rotation_that_was_interrupted_while_it_wrapped_goes_on_with_the_same_key() {
        file.addVersion();
        api.answer(200, vault(2, "'1':3,'2':42"))
                .answer(200, vault(2, "'1':3,'2':42"))
                .answer(200, rewrapped(2, 0, ""));

        assertThat(cli.execute("vault rotate --key-file=" + path)).as(cli.err()).isEqualTo(ExitCode.DONE);
        assertThat(newest()).isEqualTo(2);
        assertThat(cli.err()).contains("A rotation to version 2 is not through, 3 secrets are under older keys");
    }

    @Test
    void a_rotation_that_was_interrupted_before_the_key_was_known_goes_on_with_the_same_key() {
        file.addVersion();
        api.answer(200, vault(1, "'1':45")).answer(200, vault(2, "'1':45")).answer(200, rewrapped(20, 0, ""));

        assertThat(cli.execute("vault rotate --key-file=" + path)).as(cli.err()).isEqualTo(ExitCode.DONE);
        assertThat(newest()).isEqualTo(2);
    }

    @Test
    void another_key_can_be_added_while_secrets_lie_under_older_ones() {
        file.addVersion();
        api.answer(200, vault(2, "'1':3,'2':42"))
                .answer(200, vault(3, "'1':3,'2':42"))
                .answer(200, rewrapped(20, 0, ""));

        assertThat(cli.execute("vault rotate --another --key-file=" + path))
                .as(cli.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(newest()).isEqualTo(3);
    }

    @Test
    void a_rotation_ends_when_what_is_left_cannot_be_wrapped() {
        var fault =
                "{'accountId':'acme:production:U-1','secret':'clientSecret','version':2,'cause':'it does not open'}";
        api.answer(200, vault(1, "'1':2"))
                .answer(200, vault(2, "'1':2"))
                .answer(200, rewrapped(1, 1, fault))
                .answer(200, rewrapped(0, 1, fault));

        assertThat(cli.execute("vault rotate --key-file=" + path)).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err())
                .contains("acme:production:U-1, clientSecret: it does not open")
                .contains(
                        "1 accounts have secrets under older keys that were not wrapped; the same command tries again.");
    }

    @Test
    void a_file_that_is_not_the_instances_own_stays_as_it_is() {
        api.answer(200, vault(2, "'2':45"));

        assertThat(cli.execute("vault rotate --key-file=" + path)).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err().lines())
                .containsExactly(path + " ends with version 1 of the master key, but the instance has version 2: it has"
                        + " another file.");
        assertThat(newest()).isEqualTo(1);
    }

    @Test
    void a_file_that_is_not_there_is_one_sentence() {
        api.answer(200, vault(1, ""));

        assertThat(cli.execute("vault rotate --key-file=" + temporary.resolve("none")))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err().lines())
                .containsExactly(temporary.resolve("none") + ": the file of master keys is not there");
    }

    @Test
    void without_a_file_secrets_are_wrapped_with_the_newest_key_that_is_there() {
        api.answer(200, rewrapped(5, 0, ""));

        assertThat(cli.execute("vault rotate --data=" + temporary))
                .as(cli.err())
                .isEqualTo(ExitCode.DONE);
        assertThat(newest()).isEqualTo(1);
        assertThat(cli.err()).contains("secrets are wrapped with the newest key that the instance has");
        assertThat(cli.execute("vault rotate --another")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--another adds a version to a file: --key-file names it");
    }

    private int newest() {
        return file.keys().newest().version();
    }

    /** @param secrets by version, with ' for " */
    private static String vault(int newest, String secrets) {
        var byVersion = json("{" + secrets + "}");
        int all = byVersion.properties().stream()
                .mapToInt(version -> version.getValue().asInt())
                .sum();
        return "{\"newestKeyVersion\":%d,\"secrets\":%d,\"secretsByKeyVersion\":%s}".formatted(newest, all, byVersion);
    }

    /** @param faults with ' for " */
    private static String rewrapped(int accounts, int left, String faults) {
        return "{\"rewrapped\":%d,\"left\":%d,\"faults\":%s,\"vault\":%s}"
                .formatted(accounts, left, json("[" + faults + "]"), vault(2, "'2':45"));
    }
}
