package io.bursar.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RegistrySecurityTest {
    private static final String PASSWORD = "changeit";
    private static final String URL = "schema.registry.url";

    @RegisterExtension
    static final RegistryProcess.Shared REGISTRY = new RegistryProcess.Shared();

    @TempDir
    Path folder;

    @Test
    void credentials_come_from_the_setting_or_the_address() throws IOException {
        try (var proxy = new RegistryProxy(REGISTRY.url())) {
            proxy.requiredAuthorization =
                    "Basic " + Base64.getEncoder().encodeToString("bursar:s3cr:et".getBytes(StandardCharsets.UTF_8));

            assertReachable(Map.of(
                    URL,
                    proxy.url(),
                    "basic.auth.credentials.source",
                    "USER_INFO",
                    "basic.auth.user.info",
                    "bursar:s3cr:et"));
            assertReachable(Map.of(
                    URL,
                    proxy.url(),
                    "schema.registry.basic.auth.credentials.source",
                    "USER_INFO",
                    "schema.registry.basic.auth.user.info",
                    "bursar:s3cr:et"));
            assertReachable(Map.of(URL, proxy.url().replace("//", "//bursar:s3cr:et@")));
        }
    }

    @Test
    void refused_credentials_are_an_outage_that_shows_no_password() throws IOException {
        try (var proxy = new RegistryProxy(REGISTRY.url());
                var client = new SchemaRegistryClient(Map.of(URL, proxy.url().replace("//", "//bursar:wrong@")))) {
            proxy.requiredAuthorization = "Basic other";
            assertThatThrownBy(() -> client.schema(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessage("The schema registry at " + proxy.url()
                            + " refuses the credentials for GET /schemas/ids/1: status 401");
        }
    }

    @Test
    void key_and_trust_stores_may_be_pkcs12() throws Exception {
        var keys = keyStore();
        try (var proxy = new RegistryProxy(REGISTRY.url(), serverContext(keys))) {
            var trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("registry", keys.getCertificate("registry"));
            try (var out = Files.newOutputStream(folder.resolve("trust.p12"))) {
                trust.store(out, PASSWORD.toCharArray());
            }
            assertReachable(Map.of(
                    URL,
                    proxy.url(),
                    "schema.registry.ssl.truststore.type",
                    "PKCS12",
                    "schema.registry.ssl.truststore.location",
                    folder.resolve("trust.p12").toString(),
                    "schema.registry.ssl.truststore.password",
                    PASSWORD,
                    "schema.registry.ssl.keystore.type",
                    "PKCS12",
                    "schema.registry.ssl.keystore.location",
                    folder.resolve("keys.p12").toString(),
                    "schema.registry.ssl.keystore.password",
                    PASSWORD,
                    "schema.registry.ssl.key.password",
                    PASSWORD));
        }
    }

    @Test
    void key_and_trust_stores_may_be_pem_files() throws Exception {
        var keys = keyStore();
        try (var proxy = new RegistryProxy(REGISTRY.url(), serverContext(keys))) {
            var certificate = pem("CERTIFICATE", keys.getCertificate("registry").getEncoded());
            var key = pem(
                    "PRIVATE KEY",
                    keys.getKey("registry", PASSWORD.toCharArray()).getEncoded());
            var settings = new HashMap<String, String>(Map.of(
                    URL,
                    proxy.url(),
                    "schema.registry.ssl.truststore.type",
                    "PEM",
                    "schema.registry.ssl.truststore.location",
                    Files.writeString(folder.resolve("trust.pem"), certificate).toString(),
                    "schema.registry.ssl.keystore.type",
                    "PEM",
                    "schema.registry.ssl.keystore.location",
                    Files.writeString(folder.resolve("keys.pem"), key + certificate)
                            .toString()));
            assertReachable(settings);

            settings.keySet().removeIf(name -> name.contains("keystore"));
            assertOutage(settings);
        }
    }

    @Test
    void a_certificate_that_is_not_trusted_is_an_outage() throws Exception {
        try (var proxy = new RegistryProxy(REGISTRY.url(), serverContext(keyStore()))) {
            assertOutage(Map.of(URL, proxy.url()));
        }
    }

    @Test
    void settings_that_cannot_work_are_refused_with_name_value_and_rule() {
        assertRefused(Map.of(), "schema.registry.url");
        assertRefused(Map.of(URL, "registry:8081"), "schema.registry.url", "registry:8081", "http://");
        assertRefused(Map.of(URL, "http://a, ,http://b"), "schema.registry.url");
        assertRefused(Map.of(URL, "http://x", "http.read.timeout.ms", "0"), "http.read.timeout.ms", "0");
        assertRefused(
                Map.of(URL, "http://x", "basic.auth.credentials.source", "SASL_INHERIT"),
                "basic.auth.credentials.source",
                "SASL_INHERIT",
                "USER_INFO");
        assertRefused(
                Map.of(URL, "http://x", "basic.auth.credentials.source", "USER_INFO"),
                "basic.auth.user.info",
                "user:password");
        assertRefused(
                Map.of(URL, "http://x", "schema.registry.ssl.truststore.location", "/does/not/exist.jks"),
                "schema.registry.ssl.",
                "/does/not/exist.jks");
        assertThatThrownBy(() -> new SchemaRegistryClient(Map.of(URL, "http://user:s3cret@bad host")))
                .isInstanceOf(ConfigException.class)
                .hasStackTraceContaining("***@bad host")
                .message()
                .doesNotContain("s3cret");
    }

    private static void assertReachable(Map<String, String> settings) {
        try (var client = new SchemaRegistryClient(settings)) {
            assertThat(client.compatibility("any-value")).isEqualTo("NONE");
        }
    }

    private static void assertOutage(Map<String, String> settings) {
        try (var client = new SchemaRegistryClient(settings)) {
            assertThatThrownBy(() -> client.schema(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(settings.get(URL) + " cannot be reached");
        }
    }

    private static void assertRefused(Map<String, String> settings, String... said) {
        assertThatThrownBy(() -> new SchemaRegistryClient(settings))
                .isInstanceOf(ConfigException.class)
                .message()
                .contains(said);
    }

    private KeyStore keyStore() throws Exception {
        var file = folder.resolve("keys.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=registry",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private static SSLContext serverContext(KeyStore keys) throws GeneralSecurityException {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        var trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        trusted.setCertificateEntry("registry", keys.getCertificate("registry"));
        var others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }
}
