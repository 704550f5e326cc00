package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line without a stack: what it refuses and how it says so. */
class BursarCommandTest {
    private static final int OK = 0;
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_folder_without_a_stack_is_told_from_a_healthy_one() {
        var data = "--data=" + temporary.resolve("none");

        assertThat(execute("status", data)).isEqualTo(FAILURE);
        assertThat(out).hasToString("No stack runs on " + temporary.resolve("none") + "." + System.lineSeparator());
        assertThat(execute("down", data)).isEqualTo(OK);
        assertThat(temporary.resolve("none")).doesNotExist();
    }

    @Test
    void json_says_the_same_of_a_folder_without_a_stack() {
        assertThat(execute("status", "--output", "json", "--data=" + temporary.resolve("none")))
                .isEqualTo(FAILURE);
        assertThat(out.toString()).contains("\"phase\" : \"stopped\"").contains("\"healthy\" : false");
    }

    @Test
    void a_folder_of_something_else_is_a_failure_in_one_line() throws IOException {
        Files.writeString(temporary.resolve("holiday.jpg"), "x");

        assertThat(execute("down", "--wipe", "--data=" + temporary)).isEqualTo(FAILURE);
        assertThat(err.toString().lines()).singleElement().asString().contains("something other than Bursar's data");
        assertThat(temporary.resolve("holiday.jpg")).exists();
    }

    @Test
    void a_setting_that_there_is_not_stops_up_before_anything_is_started() {
        var data = temporary.resolve("data");

        assertThat(execute("up", "--data=" + data, "--commit.intervall.ms=25")).isEqualTo(FAILURE);
        assertThat(err.toString())
                .contains("Unknown setting \"commit.intervall.ms\" (flag): did you mean \"commit.interval.ms\"?");
        assertThat(data).doesNotExist();
    }

    @Test
    void up_decides_the_addresses_of_its_own_stack() {
        assertThat(execute("up", "--data=" + temporary, "--bootstrap.servers=elsewhere:9092"))
                .isEqualTo(USAGE);
        assertThat(err.toString()).contains("'--bootstrap.servers' is decided by `bursar up` itself");
    }

    @Test
    void arguments_that_are_no_settings_are_refused() {
        assertThat(execute("up", "kafka")).isEqualTo(USAGE);
        assertThat(err.toString()).contains("Unknown argument 'kafka': settings are given as --name=value");
        assertThat(execute("run", "--partitions")).isEqualTo(USAGE);
        assertThat(err.toString()).contains("'--partitions' has no value");
        assertThat(execute("run", "--partitions=4", "--partitions=5")).isEqualTo(USAGE);
        assertThat(err.toString()).contains("'--partitions' is given twice");
    }

    @Test
    void a_flag_wins_over_the_file_that_config_names() throws IOException {
        var file = Files.writeString(temporary.resolve("bursar.properties"), "partitions=0\ncommit.interval.ms=no\n");

        assertThat(execute("run", "--config=" + file, "--partitions=-1")).isEqualTo(FAILURE);
        assertThat(err.toString())
                .contains("partitions is \"-1\" (flag)")
                .contains("commit.interval.ms is \"no\" (" + file + " line 2)");
    }

    @Test
    void logs_come_with_the_name_of_their_component_when_there_are_several() throws IOException {
        var logs = Files.createDirectories(temporary.resolve("logs"));
        Files.writeString(logs.resolve("broker.log"), "one\ntwo\nthree\n");
        Files.writeString(logs.resolve("registry.log"), "uno\n");

        assertThat(execute("logs", "-n", "2", "--data=" + temporary)).isEqualTo(OK);
        assertThat(out.toString().lines())
                .containsExactly("broker     | two", "broker     | three", "registry   | uno");
    }

    @Test
    void the_log_of_one_component_comes_as_it_is() throws IOException {
        var logs = Files.createDirectories(temporary.resolve("logs"));
        Files.writeString(logs.resolve("broker.log"), "one\ntwo\nthree\n");

        assertThat(execute("logs", "broker", "-n", "1", "--data=" + temporary)).isEqualTo(OK);
        assertThat(out.toString().lines()).containsExactly("three");
    }

    @Test
    void an_unknown_component_and_a_negative_count_are_refused() {
        assertThat(execute("logs", "postgres")).isEqualTo(USAGE);
        assertThat(err.toString()).contains("'postgres'");
        assertThat(execute("logs", "-n", "-1")).isEqualTo(USAGE);
        assertThat(err.toString()).contains("--lines is -1, but must be 0 or more");
    }

    @Test
    void every_command_explains_itself() {
        assertExplainsItself(BursarCommand.commandLine(Map.of()), new String[] {"--help"});
    }

    private void assertExplainsItself(CommandLine command, String[] arguments) {
        var name = command.getCommandSpec().qualifiedName();
        assertThat(execute(arguments)).as(name).isEqualTo(OK);
        assertThat(command.getCommandSpec().usageMessage().description())
                .as(name)
                .isNotEmpty();
        command.getSubcommands().forEach((subcommand, line) -> {
            var path =
                    Stream.concat(Stream.of(arguments).limit(arguments.length - 1L), Stream.of(subcommand, "--help"));
            assertExplainsItself(line, path.toArray(String[]::new));
        });
    }

    @Test
    void the_usage_has_the_exit_codes() {
        assertThat(execute("--help")).isEqualTo(OK);
        assertThat(out.toString()).containsSubsequence("Exit codes:", "0 ", "1 ", "2 ", "3 ", "4 ", "5 ");
    }

    @Test
    void bash_takes_the_script_for_completion_and_completes_with_it() throws Exception {
        assertThat(execute("completion", "bash")).isEqualTo(OK);
        var script = Files.writeString(temporary.resolve("completion"), out.toString());
        var bash = new ProcessBuilder("bash", "-c", "source " + script + """

                complete_last() {
                  COMP_WORDS=("$@")
                  COMP_CWORD=$(($# - 1))
                  COMPREPLY=()
                  _complete_bursar_words 2>/dev/null
                  echo "${COMPREPLY[@]}"
                }
                complete_last bursar orders pl
                # As bash splits --side=, --side=S and --side=BUY --ty.
                complete_last bursar orders place alice --side =
                complete_last bursar orders place alice --side = S
                complete_last bursar orders place alice --side = BUY --ty
                """)
                .redirectErrorStream(true)
                .start();

        assertThat(bash.inputReader().lines()).containsExactly("place", "BUY SELL", "SELL", "--type");
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    @Timeout(120)
    void zsh_completes_with_its_script_and_leaves_the_completion_of_others_alone() throws Exception {
        assumeTrue(hasZsh(), "zsh is not installed");
        assertThat(execute("completion", "zsh")).isEqualTo(OK);
        var script = Files.writeString(temporary.resolve("completion"), out.toString());
        var typist = Files.writeString(temporary.resolve("typist"), resource("typist.zsh"));
        var folder = Files.createDirectory(temporary.resolve("folder"));
        var begun = folder.toString().substring(0, folder.toString().length() - 2);
        var typing = new ProcessBuilder(
                "zsh",
                "-f",
                typist.toString(),
                script.toString(),
                "bursar orders pl",
                "bursar orders place alice --side=B",
                "bursar orders place alice --side=BUY --output cs",
                "bursar batch " + begun,
                "bursar balances alice --data=" + begun,
                "other z",
                "o z");
        typing.environment().put("TERM", "dumb");
        typing.environment().put("ZDOTDIR", temporary.toString());
        var zsh = typing.directory(temporary.toFile()).redirectErrorStream(true).start();

        assertThat(zsh.inputReader().lines())
                .containsExactly(
                        "bursar orders place ",
                        "bursar orders place alice --side=BUY ",
                        "bursar orders place alice --side=BUY --output csv ",
                        "bursar batch " + folder + "/",
                        "bursar balances alice --data=" + folder + "/",
                        "other zebra ",
                        "o zebra ");
        assertThat(zsh.waitFor()).isZero();
    }

    private static boolean hasZsh() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "zsh")));
    }

    private static String resource(String name) throws IOException {
        try (var resource = BursarCommandTest.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int execute(String... arguments) {
        return BursarCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
