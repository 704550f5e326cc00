package io.bursar.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private static final SecretPlace PLACE = new SecretPlace("alice", "api_secret", 1);
    private static final byte[] SECRET = {1, 2, 3};

    @TempDir
    private Path folder;

    private Path path;
    private KeyFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("vault-keys");
        file = new KeyFile(path);
    }

    @Test
    void a_file_that_is_not_there_is_made_with_one_key_for_its_owner_alone() throws IOException {
        assertThat(file.createIfAbsent()).isTrue();

        assertThat(file.keys().newest().version()).isEqualTo(1);
        assertIsWhole();
    }

    @Test
    void a_file_that_is_there_stays_as_it_is() throws IOException {
        write("7:" + base64(1));

        assertThat(file.createIfAbsent()).isFalse();
        assertThat(path).hasContent("7:" + base64(1));
    }

    @Test
    void of_many_that_make_the_file_at_once_one_does_and_all_agree() throws Exception {
        for (int round = 0; round < 20; round++) {
            Files.deleteIfExists(path);
            var made = atOnce(8, () -> {
                boolean own = file.createIfAbsent();
                return Map.entry(own, newestKey());
            });

            assertThat(made).filteredOn(Map.Entry::getKey).hasSize(1);
            assertThat(made).extracting(Map.Entry::getValue).containsOnly(newestKey());
            assertIsWhole();
        }
    }

    @Test
    void processes_that_make_the_file_at_once_agree_on_one_key() throws Exception {
        var processes = new ArrayList<Process>();
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MakesKeyFile.class.getName(),
                            path.toString())
                    .redirectErrorStream(true)
                    .start());
        }
        var told = new ArrayList<String>();
        for (var process : processes) {
            told.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }

        var key = newestKey();
        assertThat(told).containsExactlyInAnyOrder("true " + key, "false " + key, "false " + key);
        assertIsWhole();
    }

    /** As an instance does when it starts in development. */
    static final class MakesKeyFile {
        private MakesKeyFile() {}

        public static void main(String[] arguments) {
            var file = new KeyFile(Path.of(arguments[0]));
            boolean made = file.createIfAbsent();
            System.out.println(made + " " + base64(file.keys().newest().key().getEncoded()));
        }
    }

    @Test
    void a_running_vault_learns_a_version_that_was_added() throws IOException {
        file.createIfAbsent();
        var running = new Vault(file.keys());
        byte[] sealed = running.seal(PLACE, SECRET);

        assertThat(file.addVersion()).isEqualTo(2);

        assertThat(running.newestKeyVersion()).isEqualTo(2);
        byte[] rewrapped = running.rewrap(PLACE, sealed);
        assertThat(running.keyVersionOf(rewrapped)).isEqualTo(2);
        for (byte[] each : List.of(sealed, rewrapped)) {
            try (var opened = running.open(PLACE, each)) {
                assertThat(opened.bytes()).isEqualTo(SECRET);
            }
        }
        assertIsWhole();
    }

    @Test
    void a_running_vault_learns_what_an_editor_wrote_into_the_file() throws IOException {
        write("1:" + base64(1));
        var running = new Vault(file.keys());
        assertThat(running.newestKeyVersion()).isEqualTo(1);

        write("1:" + base64(1) + "\n3:" + base64(3));
        assertThat(running.newestKeyVersion()).isEqualTo(3);
    }

    @Test
    void adding_a_version_keeps_what_else_is_in_the_file() throws IOException {
        write("# Schlüssel der Börse\n\n 5 : " + base64(5) + " \n2:" + base64(2));

        assertThat(file.addVersion()).isEqualTo(6);

        assertThat(Files.readString(path))
                .startsWith("# Schlüssel der Börse\n\n 5 : " + base64(5) + " \n2:" + base64(2) + "\n6:");
        var keys = file.keys();
        assertThat(keys.newest().version()).isEqualTo(6);
        assertThat(keys.ofVersion(2).orElseThrow().key().getEncoded()).containsOnly(2);
        assertThat(keys.ofVersion(3)).isEmpty();
        assertIsWhole();
    }

    @Test
    void versions_that_are_added_at_once_are_each_there_or_refused() throws Exception {
        file.createIfAbsent();

        var versions = atOnce(8, () -> {
            try {
                return file.addVersion();
            } catch (MasterKeyException e) {
                assertThat(e).hasMessageContaining("a version is being added");
                return 0;
            }
        });

        var added = versions.stream().filter(version -> version > 0).toList();
        assertThat(added).isNotEmpty().doesNotHaveDuplicates();
        assertThat(file.keys().newest().version()).isEqualTo(1 + added.size());
        assertIsWhole();
    }

    @Test
    void an_adding_that_was_interrupted_is_told() throws IOException {
        file.createIfAbsent();
        Files.createFile(folder.resolve("vault-keys.next"));

        assertRefused(file::addVersion, "vault-keys.next is there, so a version is being added: delete it if that was");
        assertThat(folder.resolve("vault-keys.next")).exists();
        assertThat(file.keys().newest().version()).isEqualTo(1);
    }

    @Test
    void a_file_that_is_not_as_it_must_be_gets_no_version() throws IOException {
        write("2147483647:" + base64(1));
        assertRefused(file::addVersion, "no version can be after 2147483647");

        write("rubbish");
        assertRefused(file::addVersion, "it must be version:key");
        assertIsWhole();
    }

    @Test
    void a_link_to_the_file_stays_one() throws IOException {
        var mounted = Files.createDirectory(folder.resolve("mounted")).resolve("keys");
        Files.createSymbolicLink(path, mounted);
        new KeyFile(mounted).createIfAbsent();

        assertThat(file.addVersion()).isEqualTo(2);

        assertThat(path).isSymbolicLink();
        assertThat(new KeyFile(mounted).keys().newest().version()).isEqualTo(2);
    }

    @Test
    void the_file_keeps_its_owner() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("who may give files away")
                .isEqualTo("root");
        file.createIfAbsent();
        var nobody = FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(path, nobody);

        file.addVersion();

        assertThat(Files.getOwner(path)).isEqualTo(nobody);
    }

    @Test
    void a_file_that_others_may_use_is_refused_even_later() throws IOException {
        write("1:" + base64(1));
        for (var permissions : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-")) {
            permit("rw-------");
            var running = new Vault(file.keys());
            byte[] sealed = running.seal(PLACE, SECRET);

            permit(permissions);
            var refusal =
                    "vault-keys holds master keys, but others than its owner may use it: `chmod 600 " + path + "`";
            assertRefused(file::keys, refusal);
            assertRefused(() -> running.seal(PLACE, SECRET), refusal);
            assertRefused(() -> running.open(PLACE, sealed), refusal);
            assertRefused(file::addVersion, refusal);

            permit("r--------");
            running.open(PLACE, sealed).close();
        }
    }

    @Test
    void a_file_that_is_not_there_is_told() throws IOException {
        assertRefused(file::keys, "vault-keys: the file of master keys is not there");
        assertRefused(file::addVersion, "vault-keys: the file of master keys is not there");
        assertRefused(() -> new KeyFile(path.resolve("no/folder")).createIfAbsent(), "cannot be made");

        file.createIfAbsent();
        var running = new Vault(file.keys());
        Files.delete(path);
        assertRefused(running::newestKeyVersion, "vault-keys: the file of master keys is not there");
    }

    @Test
    void a_file_system_that_does_not_know_who_may_read_is_refused() throws IOException {
        try (var zip = FileSystems.newFileSystem(folder.resolve("keys.zip"), Map.of("create", "true"))) {
            var inZip = new KeyFile(Files.writeString(zip.getPath("keys"), "1:" + base64(1)));

            assertRefused(inZip::keys, "its file system must have POSIX permissions");
            assertRefused(() -> new KeyFile(zip.getPath("/others")).createIfAbsent(), "cannot be made");
        }
    }

    @Test
    void each_slip_is_told_with_its_line_and_without_any_key() throws IOException {
        byte[] key = AesKey.random().getEncoded();
        var text = base64(key);
        var leaks = new Leaks(key);
        var slips = Map.ofEntries(
                Map.entry(text, "line 2: it must be version:key, or begin with #"),
                Map.entry("1 " + text, "line 2: it must be version:key, or begin with #"),
                Map.entry(
                        text + ":1", "line 2: the version of a master key must be a whole number from 1 to 2147483647"),
                Map.entry("0:" + text, "line 2: the version of a master key must be a whole number from 1 to"),
                Map.entry("01:" + text, "line 2: the version of a master key must be a whole number from 1 to"),
                Map.entry("2147483648:" + text, "line 2: the version of a master key must be a whole number from 1 to"),
                Map.entry(
                        "4:" + text + "!", "line 2: master key version 4 must be 32 bytes in base64, but is no base64"),
                Map.entry(
                        "4:" + text.substring(0, 40),
                        "line 2: master key version 4 must be 32 bytes in base64, but has 30"),
                Map.entry("4:", "line 2: master key version 4 must be 32 bytes in base64, but has 0"),
                Map.entry("4:" + text + "\n4:" + base64(1), "vault-keys: master key version 4 is in it twice"),
                Map.entry("4:" + text + "\n9:" + text, "master key version 9 must be another key than version 4"),
                Map.entry("#4:" + text, "vault-keys: no master key is in it"));
        for (var slip : slips.entrySet()) {
            write("# keys\n" + slip.getKey() + "\n");

            var thrown = assertRefused(file::keys, slip.getValue());
            leaks.assertNoneIn(thrown);
        }
    }

    @Test
    void no_text_holds_anything_of_a_key() {
        file.createIfAbsent();
        var keys = file.keys();
        var leaks = new Leaks(keys.newest().key().getEncoded());

        leaks.assertNoneIn(List.of(keys, keys.newest(), file, file.read(), keys.ofVersion(1)));
    }

    /** Nothing is left beside it, and nobody else may use it. */
    private void assertIsWhole() throws IOException {
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var all = Files.list(folder)) {
            assertThat(all).containsExactly(path);
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(path, text);
        permit("rw-------");
    }

    private void permit(String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static MasterKeyException assertRefused(ThrowingCallable use, String message) {
        var thrown = catchThrowableOfType(MasterKeyException.class, use);
        assertThat(thrown).hasMessageContaining(message);
        return thrown;
    }

    /** Threads that begin in the same moment. */
    private static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
        var start = new CyclicBarrier(threads);
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var all = new ArrayList<Future<T>>();
            for (int i = 0; i < threads; i++) {
                all.add(executor.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            var results = new ArrayList<T>();
            for (var each : all) {
                results.add(each.get(1, TimeUnit.MINUTES));
            }
            return results;
        }
    }

    private String newestKey() {
        return base64(file.keys().newest().key().getEncoded());
    }

    /** 32 times the same byte. */
    private static String base64(int each) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) each);
        return base64(key);
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}
