package io.bursar.vault;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * Takes RSA private keys in the forms in which brokers hand them out. The exceptions of the parsers may quote what they
 * were given, so none is a cause of a {@link PrivateKeyException}.
 */
public final class PrivateKeys {
    private static final AlgorithmIdentifier RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

    private static final int LEAST_BITS = 1024;
    private static final int MOST_BITS = 16_384;

    private PrivateKeys() {}

    /**
     * Reads a key and checks that it works: RSA of 1,024 to 16,384 bits, and what is signed with it can be verified.
     *
     * @param text PEM, of which the first block counts, or base64 alone; of PKCS#1 ({@code RSA PRIVATE KEY}) or PKCS#8
     *     ({@code PRIVATE KEY})
     * @return the key as PKCS#8 in DER, the same however it was given
     * @throws PrivateKeyException when it is anything else
     */
    public static Secret rsa(String text) {
        var given = text.contains("-----BEGIN ") ? ofPem(text) : ofBase64(text);
        var algorithm = given.getPrivateKeyAlgorithm().getAlgorithm();
        if (!RSA.getAlgorithm().equals(algorithm)) {
            throw X9ObjectIdentifiers.id_ecPublicKey.equals(algorithm)
                    ? ofCurve()
                    : refused("a key of another algorithm");
        }
        try {
            var numbers = RSAPrivateKey.getInstance(given.parsePrivateKey());
            int bits = numbers.getModulus().bitLength();
            if (bits < LEAST_BITS || bits > MOST_BITS) {
                throw new PrivateKeyException(
                        "A private key has " + bits + " bits, but must have " + LEAST_BITS + " to " + MOST_BITS);
            }
            byte[] key = new PrivateKeyInfo(RSA, numbers).getEncoded();
            requireWorking(key);
            return new Secret(key);
        } catch (PrivateKeyException e) {
            throw e;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // With numbers that make no sense, parsers and arithmetic throw all kinds.
            throw notConsistent();
        }
    }

    private static PrivateKeyInfo ofPem(String text) {
        if (text.contains("-----BEGIN EC ")) {
            throw ofCurve();
        }
        var found = firstBlock(text);
        if (found instanceof PrivateKeyInfo key) {
            return key;
        }
        if (found instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        if (found instanceof PEMEncryptedKeyPair || found instanceof PKCS8EncryptedPrivateKeyInfo) {
            throw refused("a key that is encrypted with a passphrase");
        }
        if (found instanceof SubjectPublicKeyInfo) {
            throw refused("a public key");
        }
        throw refused("PEM of something else");
    }

    private static Object firstBlock(String text) {
        Object block;
        try (var parser = new PEMParser(new StringReader(text))) {
            block = parser.readObject();
        } catch (IOException | RuntimeException e) {
            throw refused("PEM that cannot be read");
        }
        if (block == null) {
            throw refused("PEM without a whole block");
        }
        return block;
    }

    private static PrivateKeyInfo ofBase64(String text) {
        byte[] der;
        try {
            der = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw refused("neither PEM nor base64");
        }
        try {
            var sequence = ASN1Sequence.getInstance(der);
            // After the version, PKCS#8 has its algorithm and PKCS#1 its modulus.
            return sequence.getObjectAt(1) instanceof ASN1Sequence
                    ? PrivateKeyInfo.getInstance(sequence)
                    : new PrivateKeyInfo(RSA, RSAPrivateKey.getInstance(sequence));
        } catch (IOException | RuntimeException e) {
            throw refused("base64 of something else");
        }
    }

    private static void requireWorking(byte[] pkcs8) throws GeneralSecurityException {
        var factory = KeyFactory.getInstance("RSA");
        if (!(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof RSAPrivateCrtKey key)) {
            throw notConsistent();
        }
        var counterpart = factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        // Some sign by the primes and some by the exponent, so both have to be right.
        var byExponent = factory.generatePrivate(new RSAPrivateKeySpec(key.getModulus(), key.getPrivateExponent()));
        if (!isPair(key, counterpart) || !isPair(byExponent, counterpart)) {
            throw notConsistent();
        }
    }

    private static boolean isPair(PrivateKey key, PublicKey counterpart) throws GeneralSecurityException {
        byte[] proof = "vault".getBytes(StandardCharsets.US_ASCII);
        var signing = Signature.getInstance("SHA256withRSA");
        signing.initSign(key);
        signing.update(proof);
        var checking = Signature.getInstance("SHA256withRSA");
        checking.initVerify(counterpart);
        checking.update(proof);
        return checking.verify(signing.sign());
    }

    private static PrivateKeyException ofCurve() {
        return refused("a key of an elliptic curve (EC)");
    }

    private static PrivateKeyException refused(String what) {
        return new PrivateKeyException(
                "This is " + what + ", but must be an RSA private key in PKCS#1 or PKCS#8, without a passphrase");
    }

    private static PrivateKeyException notConsistent() {
        return new PrivateKeyException("This private key does not work: its numbers do not belong together");
    }
}
