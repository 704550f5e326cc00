package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.topology.settings.Profile;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JvmOptionsTest {
    @ParameterizedTest
    @EnumSource(Profile.class)
    void a_jvm_takes_the_options_of_every_profile(Profile profile) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOptions.of(profile));
        command.add("-version");

        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(JvmOptions.of(profile))
                .filteredOn(option -> option.endsWith("GC"))
                .hasSize(1);
    }

    @Test
    void the_heap_is_a_share_of_the_memory() {
        var settings = Settings.load(SettingsSource.flags(Map.of("memory.mb", "1208")));

        assertThat(JvmOptions.of(settings)).contains("-Xmx630m");
        assertThat(JvmOptions.of(Settings.load())).noneMatch(option -> option.startsWith("-Xmx"));
    }

    @Test
    void classes_are_archived_beside_the_state_where_there_is_a_place_for_it(@TempDir Path folder) {
        var archive = "-XX:SharedArchiveFile=" + folder.resolve("classes.jsa");

        assertThat(JvmOptions.of(withState(folder))).contains("-XX:+AutoCreateSharedArchive", archive);
        assertThat(JvmOptions.of(withState(folder.resolve("none"))))
                .noneMatch(option -> option.contains("SharedArchive"));
    }

    private static Settings withState(Path folder) {
        return Settings.load(SettingsSource.flags(Map.of("state.dir", folder.toString())));
    }

    @Test
    void the_users_options_come_last() {
        assertThat(JvmOptions.withOwn(
                        JvmOptions.of(Settings.load(SettingsSource.flags(Map.of("profile", "small")))),
                        Map.of("BURSAR_JAVA_OPTS", " -Xmx300m  -Da=-XX:+UseZGC ")))
                .containsExactly("-XX:+UseSerialGC", "-Xmx191m", "-Xmx300m", "-Da=-XX:+UseZGC");
    }

    @Test
    void the_users_collector_takes_the_place_of_the_profiles() {
        assertThat(JvmOptions.withOwn(
                        List.of("-Xmx1g", "-XX:+UseG1GC"), Map.of("BURSAR_JAVA_OPTS", "-Da=b -XX:+UseParallelGC")))
                .containsExactly("-Xmx1g", "-Da=b", "-XX:+UseParallelGC");
        assertThat(JvmOptions.withOwn(List.of("-Xmx1g", "-XX:+UseG1GC"), Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseZGC")))
                .containsExactly("-Xmx1g");
    }
}
