package io.bursar.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.codahale.metrics.MetricRegistry;
import io.bursar.topology.OwnedElsewhereException;
import io.bursar.topology.settings.Settings;
import io.bursar.topology.settings.SettingsSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    /** A certificate of its own authority for 127.0.0.1, and its key. */
    private record Pair(KeyStore store, Path certificate, Path key) {}

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void with_a_certificate_the_api_speaks_https_and_nothing_else(String algorithm) throws Exception {
        var pair = pair(algorithm);
        try (var service = service(pair, new LedgerInstance().open("A1", 0));
                var client = client(pair)) {
            service.start();
            var base = "://127.0.0.1:" + service.port();

            var answer = get(client, "https" + base + "/api/v1/accounts/A1");
            assertThat(answer).isEqualTo(200);
            assertThatIOException().isThrownBy(() -> get(client, "http" + base + "/api/v1/accounts/A1"));
        }
    }

    @Test
    void an_account_of_another_instance_is_there_over_https_too() throws Exception {
        var pair = pair("EC");
        var elsewhere = new LedgerInstance();
        try (var owner = service(pair, new LedgerInstance().open("A1", 0));
                var service = service(pair, elsewhere);
                var client = client(pair)) {
            owner.start();
            service.start();
            elsewhere.failure = new OwnedElsewhereException("127.0.0.1", owner.port());

            assertThat(get(client, "https://127.0.0.1:" + service.port() + "/api/v1/accounts/A1"))
                    .isEqualTo(200);
        }
    }

    @Test
    void a_key_of_another_certificate_is_refused_at_the_start() throws Exception {
        var one = pair("EC");
        var other = pair("EC");

        assertThatExceptionOfType(HttpServiceException.class)
                .isThrownBy(() -> service(new Pair(one.store(), one.certificate(), other.key()), new LedgerInstance()))
                .withMessage("http.tls.key is %s: it is not the key of http.tls.certificate", other.key());
    }

    @Test
    void files_that_hold_something_else_are_named() throws Exception {
        var pair = pair("EC");
        var nonsense = Files.writeString(folder.resolve("nonsense.pem"), "-----BEGIN ENCRYPTED PRIVATE KEY-----");

        assertThatExceptionOfType(HttpServiceException.class)
                .isThrownBy(() -> service(new Pair(pair.store(), pair.certificate(), nonsense), new LedgerInstance()))
                .withMessageStartingWith("http.tls.key is " + nonsense + ": it must be a PEM file");
        assertThatExceptionOfType(HttpServiceException.class)
                .isThrownBy(() -> service(new Pair(pair.store(), nonsense, pair.key()), new LedgerInstance()))
                .withMessageStartingWith("http.tls.certificate is " + nonsense);
    }

    private static HttpService service(Pair pair, Instance instance) {
        var settings = Settings.load(SettingsSource.flags(Map.of(
                "http.port",
                "0",
                "http.auth",
                "none",
                "http.tls.certificate",
                pair.certificate().toString(),
                "http.tls.key",
                pair.key().toString())));
        return new HttpService(settings, new MetricRegistry(), instance);
    }

    private static int get(HttpClient client, String uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                .statusCode();
    }

    private static HttpClient client(Pair pair) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", pair.store().getCertificate("server"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private Pair pair(String algorithm) throws IOException, InterruptedException, GeneralSecurityException {
        var file = Files.createTempDirectory(folder, "pair").resolve("store.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var made = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=bursar",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .start();
        var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
        var store = KeyStore.getInstance(file.toFile(), PASSWORD);
        return new Pair(
                store,
                pem(
                        file.resolveSibling("certificate.pem"),
                        "CERTIFICATE",
                        store.getCertificate("server").getEncoded()),
                pem(
                        file.resolveSibling("key.pem"),
                        "PRIVATE KEY",
                        store.getKey("server", PASSWORD).getEncoded()));
    }

    private static Path pem(Path file, String name, byte[] bytes) throws IOException {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(name, base64));
    }
}
