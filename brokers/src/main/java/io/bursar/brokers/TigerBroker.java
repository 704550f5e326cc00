package io.bursar.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bursar.brokers.BrokerException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tiger Brokers. Only accounts under the licence of Hong Kong have tokens; the others show nothing but signatures. A new token
 * is asked for with the current one, while that is good.
 */
final class TigerBroker implements Broker, AccountData {
    /** Of Hong Kong: the one whose accounts need tokens. */
    static final String LICENCE_WITH_TOKENS = "TBHK";

    private static final Set<String> LICENCES = Set.of("TBAU", LICENCE_WITH_TOKENS, "TBNZ", "TBSG", "TBUS");
    private static final LoginFields WITHOUT_TOKEN =
            new LoginFields(Set.of(LoginFields.TIGER_ID), Set.of(LoginFields.PRIVATE_KEY), Set.of());
    private static final LoginFields WITH_TOKEN = new LoginFields(
            Set.of(LoginFields.TIGER_ID), Set.of(LoginFields.PRIVATE_KEY, LoginFields.ACCESS_TOKEN), Set.of());

    private final String id;
    private final TigerGateway gateway;
    private final InstantSource clock;

    TigerBroker(String id, TigerSettings settings, BrokerHttp http, InstantSource clock) {
        this.id = id;
        this.gateway = new TigerGateway(settings, http, clock);
        this.clock = clock;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Set<BrokerEnvironment> environments() {
        return Set.of(BrokerEnvironment.values());
    }

    @Override
    public Set<String> licences() {
        return LICENCES;
    }

    @Override
    public LoginFields fields(String licence) {
        return LICENCE_WITH_TOKENS.equals(licence) ? WITH_TOKEN : WITHOUT_TOKEN;
    }

    @Override
    public List<LoginFault> faults(BrokerLogin login) {
        var faults = new ArrayList<LoginFault>();
        if (login.licence() == null || !LICENCES.contains(login.licence())) {
            faults.add(new LoginFault(
                    "licence",
                    "\"" + (login.licence() == null ? "" : login.licence()) + "\" must be one of "
                            + String.join(", ", new TreeSet<>(LICENCES))));
        }
        faults.addAll(fields(login.licence()).faultsOf(login));
        var key = login.secret(LoginFields.PRIVATE_KEY);
        if (key != null) {
            try {
                RsaKeys.privateKey(key);
            } catch (IllegalArgumentException e) {
                faults.add(new LoginFault(LoginFields.PRIVATE_KEY, e.getMessage()));
            }
        }
        var token = login.secret(LoginFields.ACCESS_TOKEN);
        if (token != null && !BrokerCall.isToken(token)) {
            faults.add(new LoginFault(LoginFields.ACCESS_TOKEN, "must be visible ASCII characters without spaces"));
        }
        return faults;
    }

    @Override
    public boolean needsToken(BrokerLogin login) {
        return LICENCE_WITH_TOKENS.equals(login.licence());
    }

    @Override
    public Optional<Instant> expiryOf(byte[] accessToken) {
        return TigerToken.of(accessToken).map(TigerToken::expiresAt);
    }

    @Override
    public Optional<AccountData> accountData() {
        return Optional.of(this);
    }

    @Override
    public IssuedToken refresh(BrokerLogin login, Duration atMost) throws BrokerException {
        if (!needsToken(login)) {
            throw new IllegalArgumentException("licence " + login.licence() + " of broker account "
                    + login.brokerAccountId() + " has no tokens: only " + LICENCE_WITH_TOKENS + " has");
        }
        var call = new BrokerCall(id, login, atMost);
        var askedAt = clock.instant();
        return issued(call, ask(call, "user_token_refresh", null), askedAt);
    }

    /** Asks for the accounts of the login, which takes the token and little else. */
    @Override
    public TokenCheck check(BrokerLogin login, Duration atMost) throws BrokerException {
        if (!needsToken(login)) {
            return TokenCheck.NOT_ASKED;
        }
        var call = new BrokerCall(id, login, atMost);
        try {
            ask(call, "accounts", content(null));
            return TokenCheck.ACCEPTED;
        } catch (BrokerException e) {
            if (e.kind() == Kind.REFUSED && !e.code().startsWith("login_")) {
                return TokenCheck.REFUSED;
            }
            throw e;
        }
    }

    @Override
    public List<TradingAccount> accounts(BrokerLogin login, Duration atMost) throws BrokerException {
        var call = new BrokerCall(id, login, atMost);
        return new TigerAnswers(call).accounts(ask(call, "accounts", content(null)));
    }

    @Override
    public AccountAssets assets(BrokerLogin login, Duration atMost) throws BrokerException {
        var call = new BrokerCall(id, login, atMost);
        return new TigerAnswers(call).assets(ask(call, "prime_assets", content(login)));
    }

    @Override
    public List<Position> positions(BrokerLogin login, String securityType, Duration atMost) throws BrokerException {
        var call = new BrokerCall(id, login, atMost);
        return new TigerAnswers(call)
                .positions(ask(call, "positions", content(login).put("sec_type", securityType)));
    }

    @Override
    public OrderPage orders(BrokerLogin login, OrderQuery query, Duration atMost) throws BrokerException {
        var call = new BrokerCall(id, login, atMost);
        var content = content(login)
                .put("start_date", query.from().toEpochMilli())
                .put("end_date", query.until().toEpochMilli())
                .put("limit", query.limit());
        if (query.page() != null) {
            content.put("page_token", query.page());
        }
        return new TigerAnswers(call).orders(ask(call, "orders", content));
    }

    private JsonNode ask(BrokerCall call, String method, ObjectNode content) throws BrokerException {
        var token = needsToken(call.login()) ? call.secretText(LoginFields.ACCESS_TOKEN) : null;
        return gateway.ask(call, method, content, token);
    }

    /** @param login whose account is meant; null for all that the login has */
    private static ObjectNode content(BrokerLogin login) {
        var content = TigerGateway.JSON.createObjectNode().put("lang", "en_US");
        return login == null ? content : content.put("account", login.accountNumber());
    }

    private static IssuedToken issued(BrokerCall call, JsonNode data, Instant askedAt) throws BrokerException {
        var text = data.path("token").asText("");
        if (text.isEmpty()) {
            throw call.failure(Kind.NO_TOKEN, "no_token", "the broker answers that all is well, without a token");
        }
        var token = call.issued("token", text);
        var times = TigerToken.of(token).orElse(null);
        if (times == null) {
            return new IssuedToken(token, null, askedAt, null);
        }
        if (!times.expiresAt().isAfter(times.createdAt())) {
            throw call.malformed(
                    "expiry_unusable",
                    "the token expires at " + times.expiresAt() + ", and that must be after " + times.createdAt()
                            + ", when it was made");
        }
        return new IssuedToken(token, null, times.createdAt(), times.expiresAt());
    }
}
