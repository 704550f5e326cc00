package io.bursar.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokersFileTest {
    @TempDir
    private Path folder;

    @Test
    void without_a_file_there_is_tiger_alone() {
        try (var brokers = Brokers.tigerAlone()) {
            assertThat(brokers.ids()).containsExactly("tiger");
            assertThat(brokers.broker("tiger").orElseThrow().environments())
                    .containsExactlyInAnyOrder(BrokerEnvironment.PRODUCTION, BrokerEnvironment.SANDBOX);
            assertThat(brokers.limits("tiger")).contains(new BrokerLimits(3, 60));
            assertThat(brokers.broker("acme")).isEmpty();
            assertThat(brokers.limits("acme")).isEmpty();
        }
    }

    @Test
    void a_file_lists_brokers_by_id() throws Exception {
        var yaml = """
                tiger: {kind: tiger}
                # Issues tokens for its paper accounts as well.
                acme:
                  kind: oauth2
                  productionUrl: https://acme.example/oauth/token
                  sandboxUrl: https://sandbox.acme.example/oauth/token
                  productionIntrospectionUrl: https://acme.example/oauth/introspect
                  authentication: post
                  scope: read trade
                  audience: https://api.acme.example
                  atOnce: 10
                  requestsPerMinute: 300
                """;

        try (var brokers = Logins.brokers(folder, yaml)) {
            assertThat(brokers.ids()).containsExactly("acme", "tiger");
            assertThat(brokers.limits("acme")).contains(new BrokerLimits(10, 300));
            assertThat(brokers.limits("tiger")).contains(BrokerLimits.DEFAULT);
            assertThat(brokers.broker("acme").orElseThrow().id()).isEqualTo("acme");
            assertThat(brokers.broker("acme").orElseThrow().environments()).hasSize(2);
        }
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertThat(faults("""
                        acme:
                          kind: oauth2
                          productionURL: https://acme.example/token
                          sandboxUrl: http://acme.example/token
                          authentication: digest
                          atOnce: 0
                          requestsPerMinute: lots
                        desk 7:
                          kind: oauth1
                        tiger:
                          atonce: 3
                        """))
                .containsExactlyInAnyOrder(
                        "brokers.yaml:3: acme.productionURL is no field of this kind of broker; did you mean productionUrl?",
                        "brokers.yaml:4: acme.sandboxUrl \"http://acme.example/token\" must be an https URL with a host, or an"
                                + " http URL of this machine, without user and fragment",
                        "brokers.yaml:5: acme.authentication \"digest\" must be one of basic, post",
                        "brokers.yaml:6: acme.atOnce \"0\" must be a whole number from 1 to 100",
                        "brokers.yaml:7: acme.requestsPerMinute \"lots\" must be a whole number from 1 to 6000",
                        "brokers.yaml:8: desk 7 must have an id of 1 to 32 characters of a-z 0-9 -",
                        "brokers.yaml:9: desk 7.kind \"oauth1\" must be one of tiger, oauth2",
                        "brokers.yaml:10: tiger must have kind, one of tiger, oauth2");
    }

    @Test
    void a_secret_that_has_strayed_into_the_file_is_not_repeated() {
        var message = String.join("\n", faults("""
                        acme: {kind: oauth2, productionUrl: 'https://me:hunter2@acme.example/token', clientSecret: hunter2}
                        """));

        assertThat(message)
                .contains("clientSecret is no field")
                .contains("https://...@acme.example")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                     | the file must list brokers by id
                    'just text'                            | the file must list brokers by id
                    'tiger: 3'                             | tiger must be followed by its fields
                    'tiger: {kind: [tiger]}'               | tiger.kind must be one value, written out
                    'a: {kind: &x tiger, sandboxUrl: *x}'  | a.sandboxUrl must be one value, written out
                    'tiger: {kind: tiger, kind: oauth2}'   | tiger.kind is given twice
                    'tiger: {kind: tiger'                  | this is not YAML
                    'acme: {kind: oauth2}'                 | acme must have productionUrl or sandboxUrl
                    'acme: {kind: oauth2, sandboxUrl: ""}' | acme.sandboxUrl "" must not be empty: leave it out
                    'tiger: {kind: tiger, sandboxKey: abc}'| tiger.sandboxKey "abc" must be the base64 of an RSA key
                    """)
    void what_cannot_be_used_is_named(String yaml, String fault) {
        assertThat(faults(yaml))
                .anySatisfy(
                        told -> assertThat(told).startsWith("brokers.yaml:1: ").contains(fault));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "7", "acme-hk", "a2345678901234567890123456789012"})
    void an_id_is_taken_that_an_account_can_name(String id) throws Exception {
        var file = Files.writeString(folder.resolve("brokers.yaml"), "'" + id + "': {kind: tiger}");

        try (var brokers = BrokersFile.read(file)) {
            assertThat(brokers.broker(id)).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "acme.hk", "acme:hk", "acme_hk", "", "a23456789012345678901234567890123"})
    void no_other_id_is_taken(String id) {
        assertThat(faults("'" + id + "': {kind: tiger}"))
                .containsExactly("brokers.yaml:1: " + id + " must have an id of 1 to 32 characters of a-z 0-9 -");
    }

    @Test
    void a_broker_is_listed_once_and_in_one_document() {
        assertThat(faults("tiger: {kind: tiger}\ntiger: {kind: tiger}\n"))
                .containsExactly("brokers.yaml:2: tiger is given twice");
        assertThat(faults("tiger: {kind: tiger}\n---\nacme: {kind: tiger}\n"))
                .singleElement()
                .asString()
                .contains("a file is one YAML document, not several");
    }

    @Test
    void an_introspection_endpoint_needs_the_one_that_issues_tokens() {
        assertThat(faults("""
                        acme:
                          kind: oauth2
                          productionUrl: https://acme.example/token
                          sandboxIntrospectionUrl: https://acme.example/introspect
                        """))
                .containsExactly("brokers.yaml:1: acme must have sandboxUrl where it has sandboxIntrospectionUrl");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        var failure = catchThrowableOfType(
                BrokersFileException.class, () -> BrokersFile.read(folder.resolve("missing.yaml")));

        assertThat(failure).hasMessageContaining("missing.yaml: the file cannot be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.example/token",
                "https://acme.example:8443/token?tenant=1",
                "http://localhost:8080/token",
                "http://127.0.0.1:8080/token",
                "http://127.8.9.1/",
                "http://[::1]:8080/token"
            })
    void https_goes_anywhere_and_http_to_this_machine(String url) {
        assertThat(Endpoint.of(url)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://acme.example/token",
                "http://localhost.acme.example/",
                "http://127.0.0.1.acme.example/",
                "http://127.evil/",
                "https://user:password@acme.example/",
                "https://acme.example/#top",
                "https:///token",
                "ftp://127.0.0.1/",
                "acme.example/token",
                "not a url",
                ""
            })
    void no_other_url_is_taken(String url) {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> Endpoint.of(url)))
                .hasMessage(Endpoint.RULE);
    }

    private List<String> faults(String yaml) {
        var file = folder.resolve("brokers.yaml");
        var failure = catchThrowableOfType(BrokersFileException.class, () -> {
            Files.writeString(file, yaml);
            BrokersFile.read(file);
        });
        assertThat(failure).as("a refusal of the file").isNotNull();
        return failure.faults();
    }
}
