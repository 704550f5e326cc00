package io.bursar.service.command;

import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.service.http.Access;
import io.bursar.service.http.Fields;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.RequestBody;
import io.bursar.service.http.Routes;
import io.bursar.service.security.Caller;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** Assets and instruments, which are published and then known to all instances a moment later. */
final class ReferenceRoutes {
    private static final int MAX_SCALE = 18;
    private static final Duration AT_MOST = Duration.ofSeconds(5);
    private static final long POLL_MS = 5;

    private final CommandDesk desk;

    /**
     * @param known whether this instance has it by now; others may take some milliseconds more
     */
    record Published(String id, boolean known) {}

    ReferenceRoutes(CommandDesk desk) {
        this.desk = desk;
    }

    void addTo(RoutesConfig routes) {
        Routes.send(routes, HandlerType.PUT, Endpoint.ROOT + "/assets/{asset}", Access.ADMIN_WRITE, this::publishAsset);
        Routes.send(
                routes,
                HandlerType.PUT,
                Endpoint.ROOT + "/instruments/{instrument}",
                Access.ADMIN_WRITE,
                this::publishInstrument);
    }

    private void publishAsset(Context context) throws InterruptedException {
        requireAllAccounts(context);
        var id = Parameters.id(context, "asset");
        var fields = Fields.of(RequestBody.ofCommand(context));
        var asset = new Asset(id, fields.whole("scale", 0, MAX_SCALE));
        fields.requireNoOthers();
        var known = desk.ledger().reference().asset(id);
        if (known != null) {
            requireUnchanged(id, "scale", known.getScale(), asset.getScale());
        }
        publish(context, id, asset, reference -> reference.asset(id));
    }

    private void publishInstrument(Context context) throws InterruptedException {
        requireAllAccounts(context);
        var id = Parameters.id(context, "instrument");
        var fields = Fields.of(RequestBody.ofCommand(context));
        var baseAsset = fields.id("baseAsset");
        var quoteAsset = fields.id("quoteAsset");
        int priceScale = fields.whole("priceScale", 0, MAX_SCALE);
        var instrument = new Instrument(
                id,
                baseAsset,
                quoteAsset,
                priceScale,
                step(fields, "tickSize", priceScale),
                fields.has("lotSize") ? step(fields, "lotSize", scale(baseAsset)) : null,
                fields.optionalId("market"));
        fields.requireNoOthers();
        var known = desk.ledger().reference().instrument(id);
        if (known != null) {
            requireUnchanged(id, "baseAsset", known.getBaseAsset(), baseAsset);
            requireUnchanged(id, "quoteAsset", known.getQuoteAsset(), quoteAsset);
            requireUnchanged(id, "priceScale", known.getPriceScale(), priceScale);
        }
        publish(context, id, instrument, reference -> reference.instrument(id));
    }

    /** What is traded and how holds for all accounts. */
    private static void requireAllAccounts(Context context) {
        Caller.of(context).requireAllOf(List.of());
    }

    private int scale(String asset) {
        var known = desk.ledger().reference().asset(asset);
        if (known == null) {
            throw Fields.invalid("baseAsset", asset, "an asset that is known, for lotSize counts its units");
        }
        return known.getScale();
    }

    private static Long step(Fields fields, String name, int scale) {
        var step = fields.optionalAmount(name, scale);
        if (step != null && step <= 0) {
            throw Fields.invalid(name, Long.toString(step), "positive");
        }
        return step;
    }

    /** The first record of an id decides for ever; another one would be ignored, and nobody told. */
    private static void requireUnchanged(String id, String field, Object known, Object given) {
        if (!known.equals(given)) {
            throw new ProblemException(Problem.of(
                    HttpStatus.CONFLICT,
                    "never_changes",
                    field + " of " + id + " is " + known + " and never changes; " + given + " was given"));
        }
    }

    private void publish(
            Context context, String id, SpecificRecord record, Function<ReferenceData, SpecificRecord> lookUp)
            throws InterruptedException {
        desk.ledger().publish(record);
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        while (!record.equals(lookUp.apply(desk.ledger().reference())) && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MS);
        }
        boolean known = record.equals(lookUp.apply(desk.ledger().reference()));
        context.status(known ? HttpStatus.OK : HttpStatus.ACCEPTED);
        Json.answer(context, new Published(id, known));
    }
}
