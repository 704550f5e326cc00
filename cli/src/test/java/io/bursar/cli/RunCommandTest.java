package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bursar run} in a process of its own, which has to end when it cannot begin. */
class RunCommandTest {
    private static final long ENDS_WITHIN_S = 60;

    @TempDir
    private Path folder;

    @Test
    void without_master_keys_it_says_what_is_missing_and_ends() throws Exception {
        assertThat(run()).startsWith("vault is production, and there are no master keys: set vault.key.file");
    }

    @Test
    void with_a_list_of_brokers_that_cannot_be_read_it_says_so_and_ends() throws Exception {
        var brokers = Files.writeString(folder.resolve("brokers.yaml"), "tiger:\n  kind: none\n");

        assertThat(run("--vault=development", "--brokers.file=" + brokers)).contains("brokers.yaml");
    }

    /** What it said, after it failed. */
    private String run(String... flags) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BursarCommand.class.getName(),
                "run",
                "--bootstrap.servers=127.0.0.1:1",
                "--schema.registry.url=http://127.0.0.1:1",
                "--state.dir=" + folder.resolve("state")));
        command.addAll(List.of(flags));
        var output = folder.resolve("output");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("BURSAR_"));
        var process = builder.start();
        try {
            assertThat(process.waitFor(ENDS_WITHIN_S, TimeUnit.SECONDS))
                    .as("it has ended")
                    .isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
