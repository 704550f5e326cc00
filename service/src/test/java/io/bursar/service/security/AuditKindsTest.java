package io.bursar.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the audit calls what is done. */
final class AuditKindsTest {
    @Test
    void every_route_that_is_recorded_has_a_kind_which_the_document_explains() throws IOException {
        var document = Files.readString(Path.of("../docs/http-api.md"));

        for (var action : recorded()) {
            assertThat(AuditKinds.of(action)).as(action).matches("[a-z]+_[a-z_]+");
            assertThat(document).contains("`" + AuditKinds.of(action) + "`");
        }
        assertThat(document).contains("`" + AuditKinds.ACCESS_REFUSED + "`");
    }

    @Test
    void what_is_not_recorded_has_none() {
        assertThat(AuditKinds.of("GET /api/v1/accounts")).isEmpty();
    }

    /** What asks for admin:write. */
    private static List<String> recorded() throws IOException {
        var actions = new ArrayList<String>();
        try (var in = AuditKindsTest.class.getResourceAsStream("/openapi/openapi.yaml")) {
            JsonNode paths = new YAMLMapper().readTree(in).get("paths");
            paths.properties()
                    .forEach(path -> path.getValue().properties().forEach(operation -> {
                        if (operation.getValue().path("x-scope").asText().equals("admin:write")) {
                            actions.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                        }
                    }));
        }
        assertThat(actions).contains("POST /api/v1/keys", "PUT /api/v1/assets/{asset}");
        return actions;
    }
}
