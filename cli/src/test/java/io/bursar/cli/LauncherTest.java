package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code bursar} script, in a copy of the project's folder that was built already, with JDKs made of a shell script. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("..", "bursar");

    @TempDir
    private Path temporary;

    private Path project;

    @BeforeEach
    void makeBuiltProject() throws IOException {
        project = Files.createDirectories(temporary.resolve("project"));
        Files.copy(SCRIPT, project.resolve("bursar"));
        assertThat(project.resolve("bursar").toFile().setExecutable(true)).isTrue();
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        for (var file :
                List.of("cli/pom.xml", "cli/src/main/A.java", "cli/target/bursar-cli.jar", "cli/target/built")) {
            Files.createDirectories(project.resolve(file).getParent());
            Files.writeString(project.resolve(file), "");
        }
    }

    @Test
    void it_hands_its_arguments_to_the_jdk_that_java_home_names() throws Exception {
        var jdk = jdk("jdk-21", "21.0.5");

        var run = run(Map.of("JAVA_HOME", jdk.toString()), "status", "--output", "json");

        assertThat(run.output())
                .startsWith(jdk.getFileName().toString())
                .contains("io.bursar.cli.BursarCommand status --output json");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void of_the_jdks_it_finds_it_takes_the_newest() throws Exception {
        jdk("home/.jdks/old", "17.0.1");
        jdk("home/.jdks/new", "999.0.1");
        jdk("home/.jdks/middle", "998");

        var run = run(Map.of("JAVA_HOME", temporary.resolve("home/.jdks/old").toString()), "status");

        assertThat(run.output()).startsWith("new ");
    }

    @Test
    void a_jdk_that_was_chosen_and_is_too_old_is_refused() throws Exception {
        var jdk = jdk("jdk-17", "17.0.1");

        var run = run(Map.of("BURSAR_JAVA_HOME", jdk.toString()), "status");

        assertThat(run.output().strip()).isEqualTo("BURSAR_JAVA_HOME (" + jdk + ") is not a JDK 21 or newer.");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void the_jvm_of_run_gets_the_options_that_bursar_itself_says() throws Exception {
        var jdk = jdk("jdk-21", "21").toString();

        assertThat(run(Map.of("JAVA_HOME", jdk), "run", "--profile=small", "--http.port", "1")
                        .output())
                .contains(" -XX:+UseFakeGC -Xmx7m -cp ")
                .contains("BursarCommand run --profile=small --http.port 1\n")
                .doesNotContain("TieredStopAtLevel");
    }

    @Test
    void what_is_no_list_of_options_is_the_answer() throws Exception {
        var jdk = jdk("jdk-21", "21").toString();

        var help = run(Map.of("JAVA_HOME", jdk), "run", "--help");
        var refusal = run(Map.of("JAVA_HOME", jdk), "run", "--profile=none");

        assertThat(help.output()).isEqualTo("Usage: this\n");
        assertThat(help.exitCode()).isZero();
        assertThat(refusal.output()).isEqualTo("profile is none\n");
        assertThat(refusal.exitCode()).isEqualTo(1);
    }

    @Test
    void the_users_options_do_not_reach_the_jvm_of_up() throws Exception {
        var jdk = jdk("jdk-21", "21");
        var environment = Map.of("JAVA_HOME", jdk.toString(), "BURSAR_JAVA_OPTS", "-Xmx3g -Da=b");

        assertThat(run(environment, "status").output()).contains(" -Xmx3g -Da=b -cp ");
        assertThat(run(environment, "up").output()).doesNotContain("-Xmx3g").contains("TieredStopAtLevel");
    }

    @Test
    void what_goes_through_a_whole_journal_gets_the_memory_of_the_machine_and_what_shows_a_part_starts_fast()
            throws Exception {
        var environment = Map.of("JAVA_HOME", jdk("jdk-21", "21").toString());

        for (var command : List.of("verify", "journal export", "journal import", "restore")) {
            assertThat(run(environment, command.split(" ", -1)).output())
                    .contains("BursarCommand " + command)
                    .doesNotContain("TieredStopAtLevel");
        }
        for (var command : List.of("journal show", "accounts list", "completion bash")) {
            assertThat(run(environment, command.split(" ", -1)).output()).contains("TieredStopAtLevel=1");
        }
    }

    @Test
    void it_builds_again_when_a_source_is_newer_but_not_to_look_at_what_runs() throws Exception {
        var jdk = jdk("jdk-21", "21");
        var maven = temporary.resolve("path/mvn");
        script(maven, "echo maven $*");
        var environment = Map.of("JAVA_HOME", jdk.toString(), "PATH", maven.getParent() + ":" + System.getenv("PATH"));
        assertThat(run(environment, "up").output()).doesNotContain("maven");

        var source = project.resolve("cli/src/main/A.java").toFile();
        assertThat(source.setLastModified(System.currentTimeMillis() + 60_000)).isTrue();

        assertThat(run(environment, "status").output()).doesNotContain("maven");
        assertThat(run(environment, "completion", "bash").output()).doesNotContain("maven");
        assertThat(run(environment, "up").output())
                .contains("Building Bursar")
                .contains("-pl cli -am package")
                .contains("io.bursar.cli.BursarCommand up");
    }

    @Test
    void the_benchmarks_are_built_when_they_are_asked_for_and_run_from_a_jar_of_their_own() throws Exception {
        var jdk = jdk("jdk-21", "21");
        var maven = temporary.resolve("path/mvn");
        script(maven, "mkdir -p " + project.resolve("bench/target") + "; echo maven $*");

        var run = run(
                Map.of("JAVA_HOME", jdk.toString(), "PATH", maven.getParent() + ":" + System.getenv("PATH")),
                "bench",
                "--quick",
                "--set",
                "profile=small");

        assertThat(run.output())
                .contains("-pl bench -am package")
                .contains("bench/target/bursar-bench.jar io.bursar.bench.BenchCommand --quick")
                .contains(" -XX:+UseFakeGC -Xmx7m -cp ")
                .doesNotContain("TieredStopAtLevel");
    }

    @Test
    void test_runs_the_whole_build_and_its_exit_code_is_the_scripts() throws Exception {
        var jdk = jdk("jdk-21", "21");
        var maven = temporary.resolve("path/mvn");
        script(maven, "echo maven $* on $JAVA_HOME; exit 7");

        var run = run(
                Map.of("JAVA_HOME", jdk.toString(), "PATH", maven.getParent() + ":" + System.getenv("PATH")),
                "test",
                "-pl",
                "ledger");

        assertThat(run.output()).contains("-B -ntp verify -pl ledger on " + jdk);
        assertThat(run.exitCode()).isEqualTo(7);
    }

    private Path jdk(String name, String version) throws IOException {
        var home = temporary.resolve(name);
        script(home.resolve("bin/javac"), "exit 1");
        script(home.resolve("bin/java"), """
                case "$*" in
                  *--help*--jvm-options) echo Usage: this ;;
                  *=none*--jvm-options) echo profile is none >&2; exit 1 ;;
                  *--jvm-options) echo -XX:+UseFakeGC; echo -Xmx7m ;;
                  *) echo %s $* ;;
                esac""".formatted(home.getFileName()));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void script(Path file, String line) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Run run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(project.resolve("bursar").toString());
        builder.command().addAll(List.of(arguments));
        builder.redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("BURSAR_") || name.equals("JAVA_HOME"));
        builder.environment().put("HOME", temporary.resolve("home").toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private record Run(int exitCode, String output) {}
}
