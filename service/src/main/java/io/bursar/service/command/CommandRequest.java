package io.bursar.service.command;

import io.bursar.ledger.ReasonCode;
import io.bursar.schemas.InstrumentTerms;
import io.bursar.schemas.Order;
import io.bursar.service.http.Fields;
import io.bursar.service.http.Headers;
import io.bursar.service.http.Ids;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import java.time.Instant;
import java.util.Map;

/**
 * A request for a command: what it says, and what is needed to understand it. For one thread only.
 *
 * @param path parameters of the path
 * @param query parameters of the query
 * @param body its fields; none when it has no body
 * @param key the {@code Idempotency-Key}; null without one
 * @param freshId an id that nothing else has
 * @param now when the command counts as having happened unless it says so itself
 */
record CommandRequest(
        LedgerAccess ledger,
        Map<String, String> path,
        Map<String, String> query,
        Fields body,
        String key,
        String freshId,
        Instant now) {

    /** The id of the account in the path. */
    String accountId() {
        return pathId(Parameters.ACCOUNT);
    }

    String pathId(String name) {
        var id = path.get(name);
        if (!Ids.isValid(id, Ids.MAX_LENGTH)) {
            throw new ProblemException(Problem.invalid(name, id, Ids.rule(Ids.MAX_LENGTH)));
        }
        return id;
    }

    /** The sequence of a journal entry in the path. */
    long pathSequence(String name) {
        var text = path.get(name);
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new ProblemException(Problem.invalid(name, text, "the sequence of a journal entry, from 1 on"));
        }
        return Long.parseLong(text);
    }

    /** The command's id: the caller's key or, without one, a fresh one. */
    String commandId() {
        if (key == null) {
            return freshId;
        }
        if (!Ids.isValid(key, Ids.MAX_LENGTH)) {
            throw new ProblemException(Problem.invalid(Headers.IDEMPOTENCY_KEY, key, Ids.rule(Ids.MAX_LENGTH)));
        }
        return key;
    }

    /**
     * The id of what has an identity of its own.
     *
     * @param given the identity in the body; null when it is left open
     */
    String identity(String field, String given) {
        if (given == null) {
            return commandId();
        }
        if (key != null && !key.equals(given)) {
            throw Fields.invalid(Headers.IDEMPOTENCY_KEY, key, "equal to " + field + ", '" + given + "', or absent");
        }
        return given;
    }

    /** The scale of an asset. Without it an amount in whole units cannot be understood. */
    int scale(String asset) {
        var known = ledger.reference().asset(asset);
        if (known == null) {
            throw new ProblemException(
                    Refusal.undecided(ReasonCode.ASSET_NOT_FOUND, "no asset " + asset + " is known"));
        }
        return known.getScale();
    }

    /** The assets of an instrument and what its numbers count. */
    InstrumentTerms terms(String instrument) {
        var known = ledger.reference().instrument(instrument);
        if (known == null) {
            throw new ProblemException(
                    Refusal.undecided(ReasonCode.INSTRUMENT_NOT_FOUND, "no instrument " + instrument + " is known"));
        }
        return new InstrumentTerms(
                known.getBaseAsset(),
                known.getQuoteAsset(),
                scale(known.getBaseAsset()),
                scale(known.getQuoteAsset()),
                known.getPriceScale());
    }

    /** What the numbers of an order count. */
    InstrumentTerms termsOfOrder(String orderId) {
        var order = ledger.rememberedOrder(accountId(), orderId)
                .orElseThrow(() -> new ProblemException(Refusal.undecided(
                        ReasonCode.ORDER_NOT_FOUND,
                        "account " + accountId() + " has no order " + orderId + ", or it is no longer remembered")));
        return termsOf(order);
    }

    private InstrumentTerms termsOf(Order order) {
        return order.getTerms() != null ? order.getTerms() : terms(order.getInstrument());
    }
}
