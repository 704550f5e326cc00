package io.bursar.brokers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bursar.brokers.BrokerException.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tiger's one entrance: a signed JSON object in, an envelope of code, message and data out. The signature is over the
 * parameters in order of their names, {@code name=value} joined by {@code &}; answers are signed over the request's time.
 */
final class TigerGateway {
    /** Numbers are read as they are written, not as binary fractions. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String SIGNATURE = "SHA1withRSA";
    private static final String VERSION = "2.0";
    /** The clock by which Tiger reads the time of a request. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    private final TigerSettings settings;
    private final BrokerHttp http;
    private final InstantSource clock;

    TigerGateway(TigerSettings settings, BrokerHttp http, InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    /**
     * @param content the method's own parameters, or null
     * @param token the token to show, or null
     * @return the data of an answer that says that all is well; a missing node when there is none
     */
    JsonNode ask(BrokerCall call, String method, ObjectNode content, String token) throws BrokerException {
        var time = TIME.format(clock.instant());
        var parameters = new TreeMap<String, String>();
        parameters.put("tiger_id", call.property(LoginFields.TIGER_ID));
        parameters.put("method", method);
        parameters.put("charset", "UTF-8");
        parameters.put("sign_type", "RSA");
        parameters.put("timestamp", time);
        parameters.put("version", VERSION);
        if (content != null) {
            parameters.put("biz_content", content.toString());
        }
        parameters.put("sign", sign(call, parameters));
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/json;charset=UTF-8");
        if (token != null) {
            headers.put("Authorization", token);
        }
        return data(call, http.post(call, url(call), headers, body(parameters)), time);
    }

    /** A tree of text has a JSON form. */
    private static byte[] body(Map<String, String> parameters) {
        try {
            return JSON.writeValueAsBytes(parameters);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("parameters of text have no JSON form", e);
        }
    }

    private URI url(BrokerCall call) {
        return settings.gateways().get(call.login().environment());
    }

    private static String sign(BrokerCall call, SortedMap<String, String> parameters) throws BrokerException {
        var text = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
        try {
            var signature = Signature.getInstance(SIGNATURE);
            signature.initSign(RsaKeys.privateKey(call.secret(LoginFields.PRIVATE_KEY)));
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (IllegalArgumentException e) {
            throw call.failure(Kind.REFUSED, "login_unusable", LoginFields.PRIVATE_KEY + " " + RsaKeys.PRIVATE_RULE);
        } catch (GeneralSecurityException e) {
            throw call.failure(
                    Kind.REFUSED, "login_unusable", LoginFields.PRIVATE_KEY + " cannot sign with " + SIGNATURE);
        }
    }

    private JsonNode data(BrokerCall call, BrokerHttp.Answer answer, String time) throws BrokerException {
        var status = answer.status();
        if (status == 401 || status == 403) {
            throw call.failure(Kind.REFUSED, BrokerHttp.code(status), "the broker refuses with HTTP " + status);
        }
        if (status != 200) {
            throw call.malformed(BrokerHttp.code(status), "the broker answers HTTP " + status);
        }
        var envelope = parsed(call, answer.body());
        if (!envelope.path("code").isInt()) {
            throw call.malformed("no_tiger", "the answer is not one of Tiger's: it has no code");
        }
        checkSignature(call, envelope, time);
        var code = envelope.path("code").intValue();
        if (code != 0) {
            throw failure(call, code, envelope.path("message").asText());
        }
        var data = envelope.path("data");
        return data.isTextual() ? parsed(call, data.textValue()) : data;
    }

    private static JsonNode parsed(BrokerCall call, String json) throws BrokerException {
        try {
            var node = JSON.readTree(json);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw call.malformed("no_tiger", "the answer is not one of Tiger's: it is not JSON");
        }
        throw call.malformed("no_tiger", "the answer is not one of Tiger's: it is no JSON object");
    }

    /** Tiger does not sign every answer; what is signed must be signed by Tiger. */
    private void checkSignature(BrokerCall call, JsonNode envelope, String time) throws BrokerException {
        var signature = envelope.path("sign");
        if (signature.isMissingNode() || signature.isNull()) {
            return;
        }
        var key = settings.answerKeys().get(call.login().environment());
        if (!signed(key, time, signature.asText())) {
            throw call.malformed("answer_signature", "the answer is not signed with Tiger's key for this environment");
        }
    }

    private static boolean signed(PublicKey key, String text, String signature) {
        try {
            var verifier = Signature.getInstance(SIGNATURE);
            verifier.initVerify(key);
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** By Tiger's list of codes: 1 to 3 and 6 are its own trouble, 5 too many requests, all others what was asked. */
    private static BrokerException failure(BrokerCall call, int number, String words) {
        var code = "tiger_" + number;
        var quoted = BrokerWords.quoted(words, call.login());
        return switch (number) {
            case 1, 2, 3, 6 -> call.failure(Kind.UNAVAILABLE, code, "the broker cannot serve, code " + number + quoted);
            case 5 -> call.failure(Kind.RATE_LIMITED, code, "the broker has been asked too often" + quoted);
            default ->
                words.contains("internal_error")
                        ? call.failure(Kind.UNAVAILABLE, code, "the broker cannot serve, code " + number + quoted)
                        : call.failure(Kind.REFUSED, code, "the broker refuses, code " + number + quoted);
        };
    }
}
