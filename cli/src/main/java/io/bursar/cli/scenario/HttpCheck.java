package io.bursar.cli.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bursar.cli.scenario.ScenarioReport.Difference;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.Retention;
import io.bursar.schemas.Order;
import io.bursar.schemas.Side;
import io.bursar.schemas.state.AccountStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds what the HTTP API says of accounts against what their journal adds up to. */
final class HttpCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI base;
    private final Optional<String> apiKey;
    private final Relabelling relabelling;

    /**
     * @param base of the API, without a path
     * @param apiKey for it; empty when it asks for none
     */
    HttpCheck(URI base, Optional<String> apiKey, Relabelling relabelling) {
        this.base = base;
        this.apiKey = apiKey;
        this.relabelling = relabelling;
    }

    /**
     * What differs.
     *
     * @return empty while the API is at another journal entry than the account here
     */
    Optional<List<Difference>> compare(FoldedAccount account) {
        var state = account.account();
        if (state.getStatus() == AccountStatus.UNOPENED) {
            return Optional.of(List.of());
        }
        var id = state.getAccountId();
        var found = get(id, "");
        if (found.path("sequence").asLong() != state.getSequence()) {
            return Optional.empty();
        }
        var differences = new ArrayList<Difference>();
        compare(
                id,
                "account",
                List.of(state.getStatus() + ", openOrders " + state.getOpenOrders() + ", suspendedFills "
                        + state.getSuspendedFills()),
                List.of(text(found, "status") + ", openOrders " + text(found, "openOrders") + ", suspendedFills "
                        + text(found, "suspendedFills")),
                differences);
        compare(id, "balances", balances(account), balances(get(id, "/balances")), differences);
        compare(id, "positions", positions(account), positions(get(id, "/positions")), differences);
        compare(
                id,
                "suspended fills",
                suspendedFills(account),
                suspendedFills(get(id, "/suspended-fills")),
                differences);
        for (var order : account.orders()) {
            if (!Retention.isForgotten(order, state.getAccountTime(), LedgerRules.DEFAULT)) {
                var view = get(id, "/orders/" + order.getOrderId());
                compare(id, "order " + order.getOrderId(), List.of(order(order)), List.of(order(view)), differences);
            }
        }
        return Optional.of(differences);
    }

    private static void compare(
            String account, String what, List<String> journal, List<String> http, List<Difference> differences) {
        Differences.compareInAnyOrder("HTTP API, account " + account + ", " + what, journal, http)
                .ifPresent(differences::add);
    }

    private static List<String> balances(FoldedAccount account) {
        return account.account().getBalances().stream()
                .map(balance -> balance.getStrategy() + " " + balance.getAsset() + ": total "
                        + decimal(balance.getTotal(), balance.getScale()) + ", reserved "
                        + decimal(balance.getReserved(), balance.getScale()))
                .toList();
    }

    private List<String> balances(JsonNode listing) {
        return texts(
                listing.path("balances"),
                balance -> text(balance, "strategy") + " " + name(balance, "asset") + ": total "
                        + text(balance, "total") + ", reserved " + text(balance, "reserved"));
    }

    private static List<String> positions(FoldedAccount account) {
        return account.account().getPositions().stream()
                .map(position -> {
                    int base = position.getTerms().getBaseScale();
                    int quote = position.getTerms().getQuoteScale();
                    return position.getStrategy() + " " + position.getInstrument() + ": quantity "
                            + decimal(position.getQuantity(), base) + ", costBasis "
                            + decimal(position.getCostBasis(), quote) + ", realizedPnl "
                            + decimal(position.getRealizedPnl(), quote) + ", uncoveredQuantity "
                            + decimal(position.getUncoveredQuantity(), base);
                })
                .toList();
    }

    private List<String> positions(JsonNode listing) {
        return texts(
                listing.path("positions"),
                position -> text(position, "strategy") + " " + name(position, "instrument") + ": quantity "
                        + text(position, "quantity") + ", costBasis " + text(position, "costBasis") + ", realizedPnl "
                        + text(position, "realizedPnl") + ", uncoveredQuantity "
                        + text(position, "uncoveredQuantity"));
    }

    private static List<String> suspendedFills(FoldedAccount account) {
        return account.suspendedFills().stream()
                .map(fill -> fill.getSequence() + " " + fill.getFill().getExecutionId() + " "
                        + fill.getRejection().getReason())
                .toList();
    }

    private static List<String> suspendedFills(JsonNode listing) {
        return texts(
                listing.path("suspendedFills"),
                fill -> text(fill, "sequence") + " " + text(fill, "executionId") + " "
                        + text(fill.path("rejection"), "reason"));
    }

    private static String order(Order order) {
        if (order.getTerms() == null) {
            return order.getStatus().name();
        }
        int base = order.getTerms().getBaseScale();
        int held = order.getSide() == Side.BUY ? order.getTerms().getQuoteScale() : base;
        return order.getStatus() + ", held " + decimal(order.getHeld(), held) + ", filledQuantity "
                + decimal(order.getFilledQuantity(), base);
    }

    private static String order(JsonNode order) {
        var status = text(order, "status");
        return status.equals("REJECTED")
                ? status
                : status + ", held " + text(order, "held") + ", filledQuantity " + text(order, "filledQuantity");
    }

    private interface Wording {
        String of(JsonNode item);
    }

    private static List<String> texts(JsonNode items, Wording wording) {
        var texts = new ArrayList<String>();
        items.forEach(item -> texts.add(wording.of(item)));
        return texts;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private String name(JsonNode node, String field) {
        return relabelling.ourName(text(node, field));
    }

    private static String decimal(long units, int scale) {
        return BigDecimal.valueOf(units, scale).toPlainString();
    }

    private JsonNode get(String account, String path) {
        var uri = base.resolve("/api/v1/accounts/" + relabelling.name(account) + path);
        try {
            var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
            apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
            var response = client.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new StageException(uri + " answers " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new StageException("no answer from " + uri + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageException("interrupted", e);
        }
    }
}
