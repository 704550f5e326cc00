package io.bursar.service;

import io.bursar.topology.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The certificate and the private key that the API shows, read from their PEM files once. */
final class TlsFiles {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(?<base64>[A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final String ENTRY = "http";

    /** It protects a store that is in this memory only. */
    private static final String IN_MEMORY = "";

    private final KeyStore store;

    private TlsFiles(KeyStore store) {
        this.store = store;
    }

    /**
     * Those of the settings; empty when there are none.
     *
     * @throws HttpServiceException when they cannot be used
     */
    static Optional<TlsFiles> of(Settings settings) {
        return settings.get(Settings.HTTP_TLS_CERTIFICATE)
                .flatMap(certificate -> settings.get(Settings.HTTP_TLS_KEY).map(key -> read(certificate, key)));
    }

    private static TlsFiles read(Path certificateFile, Path keyFile) {
        var chain = chain(certificateFile);
        var key = key(keyFile, chain[0].getPublicKey());
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ENTRY, key, IN_MEMORY.toCharArray(), chain);
            return new TlsFiles(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new HttpServiceException(
                    "http.tls.certificate is " + certificateFile + ": it cannot be used with its key, "
                            + e.getMessage(),
                    e);
        }
    }

    /** For asking other instances, which show the same certificate or one of the same authorities: those of the file. */
    SSLContext forOtherInstances() {
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (var certificate : store.getCertificateChain(ENTRY)) {
                trusted.setCertificateEntry("certificate" + number++, certificate);
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new HttpServiceException("the certificates of http.tls.certificate cannot be trusted", e);
        }
    }

    private static Certificate[] chain(Path file) {
        try {
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (certificates.isEmpty()) {
                throw new HttpServiceException("http.tls.certificate is " + file + ": no certificate is in it");
            }
            return certificates.toArray(Certificate[]::new);
        } catch (GeneralSecurityException | IOException e) {
            throw new HttpServiceException(
                    "http.tls.certificate is " + file + ": it must be a PEM file of certificates, " + e.getMessage(),
                    e);
        }
    }

    private static PrivateKey key(Path file, PublicKey counterpart) {
        try {
            var pem = PRIVATE_KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            if (!pem.find()) {
                throw new HttpServiceException("http.tls.key is " + file
                        + ": it must be a PEM file with BEGIN PRIVATE KEY, which is PKCS#8 without a password");
            }
            var bytes = Base64.getMimeDecoder().decode(pem.group("base64"));
            var key =
                    KeyFactory.getInstance(counterpart.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            requirePair(file, key, counterpart);
            return key;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            // What the exceptions say could hold parts of the key.
            throw new HttpServiceException(
                    "http.tls.key is " + file + ": it must be the private key of http.tls.certificate, in PKCS#8", e);
        }
    }

    /** Otherwise only the first client would notice. */
    private static void requirePair(Path file, PrivateKey key, PublicKey counterpart) throws GeneralSecurityException {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] proof = ENTRY.getBytes(StandardCharsets.US_ASCII);
        var signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(proof);
        var checking = Signature.getInstance(algorithm);
        checking.initVerify(counterpart);
        checking.update(proof);
        if (!checking.verify(signing.sign())) {
            throw new HttpServiceException("http.tls.key is " + file + ": it is not the key of http.tls.certificate");
        }
    }

    /** For the server's side of connections: TLS 1.2 and 1.3. */
    SslContextFactory.Server context() {
        var context = new SslContextFactory.Server();
        context.setKeyStore(store);
        context.setKeyStorePassword(IN_MEMORY);
        return context;
    }
}
