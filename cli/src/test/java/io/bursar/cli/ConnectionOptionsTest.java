package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.cli.api.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From where commands know the HTTP API and their key. */
class ConnectionOptionsTest {
    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(Map.of());

    @TempDir
    private Path temporary;

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void a_profile_says_where_and_with_which_key() throws IOException {
        profiles("# of the desk\nprod.url=" + api.url() + "/\nprod.key=of-prod\nopen.url = " + api.url(), "rw-------");
        api.answer(200, "{}").answer(200, "{}");

        assertThat(cli.execute("balances alice --profile=prod")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().line()).isEqualTo("GET /api/v1/accounts/alice/balances");
        assertThat(api.last().header("Authorization")).isEqualTo("Bearer of-prod");

        assertThat(cli.execute("balances alice --profile=open")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().header("Authorization")).isEmpty();
    }

    @Test
    void a_key_in_the_environment_wins_over_that_of_a_profile() throws IOException {
        profiles("prod.url=" + api.url() + "\nprod.key=of-prod", "rw-------", "BURSAR_API_KEY", "mine");
        api.answer(200, "{}");

        assertThat(cli.execute("balances alice --profile=prod")).isEqualTo(ExitCode.DONE);
        assertThat(api.last().header("Authorization")).isEqualTo("Bearer mine");
    }

    @Test
    void profiles_lie_under_the_home_folder_when_nothing_else_is_said() throws IOException {
        profiles("prod.url=" + api.url(), "rw-------");
        Files.createDirectories(temporary.resolve("home"));
        Files.move(temporary.resolve("settings"), temporary.resolve("home/.config"));
        cli.environment(Map.of("HOME", temporary.resolve("home").toString()));
        api.answer(200, "{}");

        assertThat(cli.execute("balances alice --profile=prod")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void profiles_that_others_may_read_are_refused() throws IOException {
        for (var permissions : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            profiles("prod.url=" + api.url(), permissions);

            assertFails("balances alice --profile=prod", "others than its owner may use it: `chmod 600 ");
        }
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void a_profile_that_there_is_not_is_refused_with_those_that_there_are() throws IOException {
        cli.environment(Map.of("XDG_CONFIG_HOME", temporary.toString()));
        assertFails("balances alice --profile=prod", "There are no profiles: " + temporary);

        profiles("a.url=http://a\nb.url=http://b\nc.key=x", "rw-------");
        assertFails("balances alice --profile=prod", "has no profile 'prod' (prod.url=…): it has a, b.");
        assertFails("balances alice --profile=c", "has no profile 'c' (c.url=…): it has a, b.");
    }

    @Test
    void a_slip_in_the_file_or_in_a_url_is_told() throws IOException {
        profiles("prod.ulr=http://a", "rw-------");
        assertFails("balances alice --profile=prod", "has 'prod.ulr': a profile has NAME.url and NAME.key");

        for (var url :
                new String[] {"ftp://a", "a:8080", "http://", "http://me:secret@a", "http://a?b=c", "http://a b"}) {
            profiles("prod.url=" + url, "rw-------");
            assertFails("balances alice --profile=prod", "is no address of an API: it is http:// or https://");
            assertThat(cli.err()).doesNotContain("secret");
        }
        profiles("prod.url=" + api.url() + "\nprod.key=a b", "rw-------");
        assertFails("balances alice --profile=prod", "is no API key: keys are printable ASCII without spaces");
    }

    @Test
    void two_systems_at_once_are_refused() throws IOException {
        profiles("prod.url=" + api.url(), "rw-------", "BURSAR_URL", api.url());

        assertFails("balances alice --profile=prod", "Which system? BURSAR_URL names one and --profile=prod another");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void without_any_system_it_is_said_what_names_one() {
        assertFails(
                "balances alice --data=" + temporary.resolve("none"),
                "No stack runs on " + temporary.resolve("none")
                        + ": `bursar up` starts one; BURSAR_URL or --profile names another system.");
    }

    private void assertFails(String arguments, String sentence) {
        assertThat(cli.execute(arguments)).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err().lines()).singleElement().asString().contains(sentence);
        assertThat(cli.out()).isEmpty();
    }

    /** @param variables besides the folder of the profiles, names and values in turn */
    private void profiles(String text, String permissions, String... variables) throws IOException {
        var settings = temporary.resolve("settings");
        var file = Files.createDirectories(settings.resolve("bursar")).resolve("profiles.properties");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        var environment = new HashMap<String, String>();
        environment.put("XDG_CONFIG_HOME", settings.toString());
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        cli.environment(environment);
    }
}
