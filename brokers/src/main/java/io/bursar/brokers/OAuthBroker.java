package io.bursar.brokers;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import io.bursar.brokers.BrokerException.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A broker that issues tokens by OAuth 2.0 (RFC 6749): for a refresh token where the login has one, for the client's own
 * credentials otherwise. Whether a token is good it can be asked where it has an introspection endpoint (RFC 7662).
 */
final class OAuthBroker implements Broker {
    private static final LoginFields FIELDS = new LoginFields(
            Set.of(LoginFields.CLIENT_ID),
            Set.of(LoginFields.CLIENT_SECRET),
            Set.of(LoginFields.REFRESH_TOKEN, LoginFields.ACCESS_TOKEN));

    private static final long LONGEST_LIFE_SECONDS = Duration.ofDays(36_525).toSeconds();

    /** The errors of RFC 6749, 6750, 7009 and 8707 that mean the login; others are told by the HTTP status alone. */
    private static final Set<String> REFUSALS = Set.of(
            "access_denied",
            "invalid_client",
            "invalid_grant",
            "invalid_request",
            "invalid_scope",
            "invalid_target",
            "invalid_token",
            "unauthorized_client",
            "unsupported_grant_type");

    private static final Set<String> OUTAGES = Set.of("server_error", "temporarily_unavailable");

    private final String id;
    private final OAuthSettings settings;
    private final BrokerHttp http;
    private final InstantSource clock;

    OAuthBroker(String id, OAuthSettings settings, BrokerHttp http, InstantSource clock) {
        this.id = id;
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Set<BrokerEnvironment> environments() {
        return settings.tokenUrls().keySet();
    }

    @Override
    public Set<String> licences() {
        return Set.of();
    }

    @Override
    public LoginFields fields(String licence) {
        return FIELDS;
    }

    @Override
    public List<LoginFault> faults(BrokerLogin login) {
        var faults = new ArrayList<LoginFault>();
        if (!environments().contains(login.environment())) {
            faults.add(new LoginFault("environment", login.environment() + " is none that this broker has"));
        }
        if (login.licence() != null) {
            faults.add(new LoginFault("licence", "\"" + login.licence() + "\" is none: this broker has no licences"));
        }
        faults.addAll(FIELDS.faultsOf(login));
        for (var name : List.of(LoginFields.ACCESS_TOKEN, LoginFields.REFRESH_TOKEN)) {
            var token = login.secret(name);
            if (token != null && !BrokerCall.isToken(token)) {
                faults.add(new LoginFault(name, "must be visible ASCII characters without spaces"));
            }
        }
        return faults;
    }

    @Override
    public boolean needsToken(BrokerLogin login) {
        return true;
    }

    @Override
    public Optional<Instant> expiryOf(byte[] accessToken) {
        return Optional.empty();
    }

    @Override
    public Optional<AccountData> accountData() {
        return Optional.empty();
    }

    @Override
    public IssuedToken refresh(BrokerLogin login, Duration atMost) throws BrokerException {
        var call = new BrokerCall(id, login, atMost);
        var request = new TokenRequest.Builder(url(call), client(call), grant(call));
        if (settings.scope() != null) {
            request.scope(Scope.parse(settings.scope()));
        }
        if (settings.audience() != null) {
            request.customParameter("audience", settings.audience());
        }
        var askedAt = clock.instant();
        var answer = send(call, request.build().toHTTPRequest());
        try {
            return issued(call, answer, askedAt);
        } catch (ParseException e) {
            throw malformed(call);
        }
    }

    @Override
    public TokenCheck check(BrokerLogin login, Duration atMost) throws BrokerException {
        var call = new BrokerCall(id, login, atMost);
        var introspection = settings.introspectionUrls().get(login.environment());
        if (introspection == null) {
            return TokenCheck.NOT_ASKED;
        }
        var token = new BearerAccessToken(call.secretText(LoginFields.ACCESS_TOKEN));
        var request = new TokenIntrospectionRequest(introspection, client(call), token);
        var answer = send(call, request.toHTTPRequest());
        try {
            return TokenIntrospectionSuccessResponse.parse(answer).isActive()
                    ? TokenCheck.ACCEPTED
                    : TokenCheck.REFUSED;
        } catch (ParseException e) {
            throw malformed(call);
        }
    }

    private URI url(BrokerCall call) throws BrokerException {
        var environment = call.login().environment();
        var url = settings.tokenUrls().get(environment);
        if (url == null) {
            throw call.failure(Kind.REFUSED, "login_unusable", "environment " + environment + " has no URL");
        }
        return url;
    }

    private ClientAuthentication client(BrokerCall call) throws BrokerException {
        var client = new ClientID(call.property(LoginFields.CLIENT_ID));
        var secret = new Secret(new String(call.secret(LoginFields.CLIENT_SECRET), StandardCharsets.UTF_8));
        return switch (settings.authentication()) {
            case BASIC -> new ClientSecretBasic(client, secret);
            case POST -> new ClientSecretPost(client, secret);
        };
    }

    private static AuthorizationGrant grant(BrokerCall call) throws BrokerException {
        return call.login().secret(LoginFields.REFRESH_TOKEN) == null
                ? new ClientCredentialsGrant()
                : new RefreshTokenGrant(new RefreshToken(call.secretText(LoginFields.REFRESH_TOKEN)));
    }

    /** The answer 200 to a request; all others are failures. */
    private HTTPResponse send(BrokerCall call, HTTPRequest request) throws BrokerException {
        var headers = new HashMap<String, String>();
        request.getHeaderMap().forEach((name, values) -> headers.put(name, values.getFirst()));
        headers.put("Accept", "application/json");
        var answer =
                http.post(call, request.getURI(), headers, request.getBody().getBytes(StandardCharsets.UTF_8));
        var response = new HTTPResponse(answer.status());
        answer.headers().firstValue("Content-Type").ifPresent(type -> response.setHeader("Content-Type", type));
        response.setBody(answer.body());
        if (answer.status() != HTTPResponse.SC_OK) {
            throw failure(call, response);
        }
        return response;
    }

    private IssuedToken issued(BrokerCall call, HTTPResponse answer, Instant askedAt)
            throws BrokerException, ParseException {
        var fields = answer.getBodyAsJSONObject();
        if (!(fields.get("access_token") instanceof String text) || text.isEmpty()) {
            throw call.failure(Kind.NO_TOKEN, "no_token", "the broker answers HTTP 200 without an access_token");
        }
        var tokens = AccessTokenResponse.parse(answer).getTokens();
        var access = call.issued("access_token", tokens.getAccessToken().getValue());
        var refresh = tokens.getRefreshToken() == null
                ? null
                : call.issued("refresh_token", tokens.getRefreshToken().getValue());
        return new IssuedToken(
                access,
                refresh,
                askedAt,
                expiry(call, fields, tokens.getAccessToken().getLifetime(), askedAt));
    }

    private static Instant expiry(BrokerCall call, Map<String, Object> fields, long lifetime, Instant askedAt)
            throws BrokerException {
        if (fields.get("expires_in") == null) {
            return null;
        }
        if (lifetime <= 0 || lifetime > LONGEST_LIFE_SECONDS) {
            throw call.malformed(
                    "expiry_unusable",
                    "expires_in " + lifetime + " must be a whole number of seconds from 1 to " + LONGEST_LIFE_SECONDS);
        }
        return askedAt.plusSeconds(lifetime);
    }

    private static BrokerException failure(BrokerCall call, HTTPResponse answer) {
        var status = answer.getStatusCode();
        var error = error(answer);
        var words = BrokerWords.quoted(error.words(), call.login());
        if (OUTAGES.contains(error.code())) {
            return call.failure(Kind.UNAVAILABLE, error.code(), "the broker cannot serve: " + error.code() + words);
        }
        if (REFUSALS.contains(error.code())) {
            return call.failure(Kind.REFUSED, error.code(), "the broker refuses: " + error.code() + words);
        }
        if (status == HTTPResponse.SC_UNAUTHORIZED || status == HTTPResponse.SC_FORBIDDEN) {
            return call.failure(
                    Kind.REFUSED, BrokerHttp.code(status), "the broker refuses with HTTP " + status + words);
        }
        return call.malformed(
                BrokerHttp.code(status), "the broker answers HTTP " + status + " without an error of OAuth's" + words);
    }

    private record OAuthError(String code, String words) {}

    private static OAuthError error(HTTPResponse answer) {
        try {
            var error = TokenErrorResponse.parse(answer).getErrorObject();
            return new OAuthError(error.getCode() == null ? "" : error.getCode(), error.getDescription());
        } catch (ParseException e) {
            return new OAuthError("", null);
        }
    }

    private static BrokerException malformed(BrokerCall call) {
        return call.malformed("no_oauth", "the answer HTTP 200 is not one of OAuth 2.0");
    }
}
