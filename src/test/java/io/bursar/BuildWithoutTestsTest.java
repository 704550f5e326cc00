package io.bursar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/**
 * The build that the {@code bursar} script starts, which compiles no tests. Maven looks for what modules test with even then,
 * so that on a machine which never built the tests a jar of tests has to come out of the same build, if empty.
 */
class BuildWithoutTestsTest {
    private static final Path PROJECT = Path.of("..");
    private static final String JARS_OF_TESTS = "//*[local-name()='execution'][*[local-name()='goals']/*='test-jar']";
    private static final String THAT_ARE_ALWAYS_MADE =
            JARS_OF_TESTS + "[*[local-name()='configuration']/*[local-name()='skip']='false']";

    @Test
    void jars_of_tests_are_made_even_when_tests_are_left_out() throws Exception {
        var withJars = new ArrayList<Path>();
        for (var pom : poms()) {
            var jars = count(JARS_OF_TESTS, pom);
            assertThat(count(THAT_ARE_ALWAYS_MADE, pom))
                    .as("jars of tests in %s with <skip>false</skip>", pom)
                    .isEqualTo(jars);
            if (jars > 0) {
                withJars.add(PROJECT.relativize(pom));
            }
        }

        assertThat(withJars).contains(Path.of("brokers", "pom.xml"), Path.of("topology", "pom.xml"));
    }

    private static List<Path> poms() throws IOException {
        try (var modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList();
        }
    }

    private static int count(String nodes, Path pom) throws IOException, XPathExpressionException {
        try (var content = Files.newInputStream(pom)) {
            return XPathFactory.newInstance()
                    .newXPath()
                    .evaluateExpression("count(" + nodes + ")", new InputSource(content), Integer.class);
        }
    }
}
