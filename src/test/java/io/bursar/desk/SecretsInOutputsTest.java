package io.bursar.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The secrets that the tests give to Bursar are in none of its outputs: not in what any test of a module before this one has
 * printed or failed with, nor in the logs of the processes that tests have started.
 */
class SecretsInOutputsTest {
    /** Parts of all secrets of the tests of broker accounts; a token begins with the last but one. */
    private static final List<String> SECRETS = List.of(
            "a-password-to-keep",
            "a-token-to-keep",
            "password-that-nobody-may-see",
            "issued-token-",
            "BEGIN PRIVATE KEY");

    private static final Path PROJECT = Path.of("..");

    @Test
    void no_output_of_the_tests_has_a_secret_in_clear() throws IOException {
        var searched = new ArrayList<Path>();
        var found = new ArrayList<String>();
        try (var modules = Files.list(PROJECT)) {
            for (var module : modules.filter(Files::isDirectory).toList()) {
                for (var outputs : List.of("target/surefire-reports", "target/stack-logs")) {
                    search(module.resolve(outputs), searched, found);
                }
            }
        }

        assertThat(searched).isNotEmpty();
        assertThat(found).isEmpty();
    }

    private static void search(Path folder, List<Path> searched, List<String> found) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                searched.add(file);
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                SECRETS.stream().filter(text::contains).forEach(secret -> found.add(file + ": " + secret));
            }
        }
    }
}
