package io.bursar.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.cli.clients.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a running stack: the others are tested through commands. */
class ApiSourcesTest {
    private static final String STACK = "http://127.0.0.1:18080";

    @TempDir
    private Path folder;

    @Test
    void a_stack_has_its_key_in_its_data_folder() throws IOException {
        writeKey("rw-------");

        assertThat(find(Map.of())).isEqualTo(new ApiAddress(URI.create(STACK), Optional.of("of-stack")));
        assertThat(find(Map.of("BURSAR_API_KEY", "mine")).key()).contains("mine");
    }

    @Test
    void a_stack_without_a_key_is_asked_without_one() {
        assertThat(find(Map.of())).isEqualTo(new ApiAddress(URI.create(STACK), Optional.empty()));
    }

    @Test
    void the_key_of_the_stack_goes_nowhere_else() throws IOException {
        writeKey("rw-------");

        assertThat(find(Map.of("BURSAR_URL", "https://bursar")))
                .isEqualTo(new ApiAddress(URI.create("https://bursar"), Optional.empty()));
    }

    @Test
    void a_key_that_others_may_read_is_refused() throws IOException {
        writeKey("rw-r--r--");

        assertThatThrownBy(() -> find(Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("chmod 600 " + folder.resolve("api-key"));
    }

    private void writeKey(String permissions) throws IOException {
        var file = Files.writeString(folder.resolve("api-key"), "of-stack\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private ApiAddress find(Map<String, String> environment) {
        return new ApiSources(environment, folder).find(Optional.empty(), () -> Optional.of(STACK));
    }
}
