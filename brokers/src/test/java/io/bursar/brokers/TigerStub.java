package io.bursar.brokers;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.bursar.brokers.StubServer.Reply;
import io.bursar.brokers.StubServer.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Tiger's gateway as far as Bursar asks it: it checks each request's form, signature and token, takes a token back when it
 * issues the next one, and signs its answers. It can also be told to answer late, wrong or not at all. Thread-safe.
 */
public final class TigerStub implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}";
    private static final Set<String> PARAMETERS =
            Set.of("tiger_id", "method", "charset", "sign_type", "timestamp", "version", "sign");

    private final KeyPair keys = keys();
    private final StubServer server = StubServer.start(this::answer);
    private final Map<String, Developer> developers = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> data = new ConcurrentHashMap<>();
    private final AtomicLong tokensIssued = new AtomicLong();
    private volatile Duration tokenLife = Duration.ofDays(30);

    private static final class Developer {
        private final PublicKey key;
        private volatile String token;

        Developer(PublicKey key, String token) {
            this.key = key;
            this.token = token;
        }
    }

    public static TigerStub start() {
        return new TigerStub();
    }

    /** RSA keys as developers have them. */
    public static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no RSA here", e);
        }
    }

    public URI url() {
        return server.url("/gateway");
    }

    /** A file that has this stub as {@code tiger}, in both environments, with limits far off. */
    public String brokersFile() {
        var key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        return """
                tiger:
                  kind: tiger
                  productionUrl: %s
                  sandboxUrl: %s
                  productionKey: %s
                  sandboxKey: %s
                  atOnce: 100
                  requestsPerMinute: 6000
                """.formatted(url(), url(), key, key);
    }

    /**
     * Makes a developer known.
     *
     * @param token the one that is good until another is issued, or null for a developer without tokens
     */
    public void register(String tigerId, PublicKey key, String token) {
        developers.put(tigerId, new Developer(key, token));
    }

    /** The token that is good now. */
    public String tokenOf(String tigerId) {
        return developers.get(tigerId).token;
    }

    /** How long the tokens last that are issued from now on. */
    public void tokenLife(Duration life) {
        tokenLife = life;
    }

    /** How many tokens have been issued. */
    public long tokensIssued() {
        return tokensIssued.get();
    }

    /** A token in Tiger's form, that nothing has issued. */
    public static String token(Instant created, Instant expires, String signature) {
        var text = created.toEpochMilli() + "," + expires.toEpochMilli() + signature;
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What a method such as {@code positions} answers with as its data. */
    public void answers(String method, String json) {
        data.put(method, read(json));
    }

    /** How the next requests are answered, whatever they are; {@link StubServer} has replies. */
    public void next(Reply... replies) {
        server.next(replies);
    }

    /** How all requests are answered until {@link #recover}. */
    public void fail(Reply reply) {
        server.usually(reply);
    }

    /** Requests are answered as they should be again. */
    public void recover() {
        server.usually(this::answer);
    }

    /** The answer as it should be, for {@link StubServer#late}. */
    public Reply usual() {
        return this::answer;
    }

    /** Everything that was asked. */
    public List<Request> requests() {
        return server.requests();
    }

    /** The largest number of requests that were under way at the same time. */
    public int mostUnderWay() {
        return server.mostUnderWay();
    }

    /** A failure that the gateway tells, signed. */
    public Reply failure(int code, String message) {
        return (request, exchange) -> fail(exchange, read(request.body()), code, message);
    }

    @Override
    public void close() {
        server.close();
    }

    private void answer(Request request, HttpExchange exchange) throws IOException {
        var parameters = read(request.body());
        var fault = fault(request, parameters);
        if (fault != null) {
            fail(exchange, parameters, 1000, "common param error(" + fault + ")");
            return;
        }
        var developer = developers.get(parameters.path("tiger_id").asText());
        if (!tokenFits(developer, request)) {
            fail(exchange, parameters, 4, "access forbidden(the token is not valid)");
            return;
        }
        var method = parameters.path("method").asText();
        if (method.equals("user_token_refresh")) {
            write(exchange, parameters, envelope(0, "success").set("data", issue(developer)));
        } else if (data.containsKey(method)) {
            write(exchange, parameters, envelope(0, "success").set("data", data.get(method)));
        } else if (method.equals("accounts")) {
            write(exchange, parameters, envelope(0, "success").set("data", read("{\"items\": []}")));
        } else {
            fail(exchange, parameters, 1000, "common param error(the current requested method does not support)");
        }
    }

    private String fault(Request request, JsonNode parameters) {
        var names = parameters.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
        names.remove("biz_content");
        if (!request.path().equals("/gateway") || !names.equals(PARAMETERS)) {
            return "request parameters " + names;
        }
        if (!parameters.path("timestamp").asText().matches(TIME)) {
            return "time parse error, support time format is yyyy-MM-dd HH:mm:ss";
        }
        if (!parameters.path("charset").asText().equals("UTF-8")
                || !parameters.path("sign_type").asText().equals("RSA")) {
            return "charset or sign_type";
        }
        var developer = developers.get(parameters.path("tiger_id").asText());
        if (developer == null) {
            return "failed to get developer information";
        }
        return signed(parameters, developer.key)
                ? null
                : "failed to verify signature, please make sure you use the correct rsa private key";
    }

    private static boolean signed(JsonNode parameters, PublicKey key) {
        var sorted = new TreeMap<String, String>();
        parameters
                .propertyStream()
                .forEach(parameter ->
                        sorted.put(parameter.getKey(), parameter.getValue().asText()));
        var sign = sorted.remove("sign");
        var text = sorted.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
        try {
            var signature = Signature.getInstance("SHA1withRSA");
            signature.initVerify(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean tokenFits(Developer developer, Request request) {
        var token = request.headers().getFirst("Authorization");
        return developer.token == null ? token == null : developer.token.equals(token);
    }

    private ObjectNode issue(Developer developer) {
        var created = Instant.ofEpochMilli(System.currentTimeMillis());
        var expires = created.plus(tokenLife);
        developer.token = token(created, expires, "signature-" + tokensIssued.incrementAndGet());
        return JSON.createObjectNode()
                .put("license", "TBHK")
                .put("token", developer.token)
                .put("createTime", created.toEpochMilli())
                .put("expiredTime", expires.toEpochMilli());
    }

    private void fail(HttpExchange exchange, JsonNode parameters, int code, String message) throws IOException {
        write(exchange, parameters, envelope(code, message));
    }

    private static ObjectNode envelope(int code, String message) {
        return JSON.createObjectNode()
                .put("code", code)
                .put("message", message)
                .put("timestamp", System.currentTimeMillis());
    }

    private void write(HttpExchange exchange, JsonNode parameters, JsonNode answer) throws IOException {
        ((ObjectNode) answer).put("sign", sign(parameters.path("timestamp").asText()));
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        StubServer.write(exchange, 200, JSON.writeValueAsBytes(answer));
    }

    private String sign(String time) {
        try {
            var signature = Signature.getInstance("SHA1withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(time.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the stub cannot sign", e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON: " + json, e);
        }
    }
}
