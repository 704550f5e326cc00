package io.bursar.scenarios;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The scenarios of the repository. */
final class ScenarioFiles {
    private ScenarioFiles() {}

    /** In alphabetical order; at least one. */
    static List<Path> all() throws IOException, URISyntaxException {
        var folder = Path.of(ScenarioFiles.class.getResource("/scenarios").toURI());
        try (var files = Files.list(folder)) {
            var scenarios = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            if (scenarios.isEmpty()) {
                throw new IllegalStateException("there are no scenarios in " + folder);
            }
            return scenarios;
        }
    }
}
