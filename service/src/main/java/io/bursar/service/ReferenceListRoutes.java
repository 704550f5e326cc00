package io.bursar.service;

import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import io.bursar.service.http.Access;
import io.bursar.service.http.Cursor;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.Routes;
import io.bursar.service.view.AssetView;
import io.bursar.service.view.InstrumentView;
import io.bursar.service.view.Units;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The assets and instruments, as far as they have come; every instance has all of them. */
final class ReferenceListRoutes {
    private static final String ASSETS = "assets";
    private static final String INSTRUMENTS = "instruments";

    private final Supplier<Instance> instance;

    record Assets(List<AssetView> assets, String nextCursor) {}

    record Instruments(List<InstrumentView> instruments, String nextCursor) {}

    ReferenceListRoutes(Supplier<Instance> instance) {
        this.instance = instance;
    }

    void addTo(RoutesConfig routes) {
        var base = "/api/v1/";
        Routes.get(routes, base + ASSETS, Access.TRADE_READ, this::assets, Parameters.LIMIT, Parameters.CURSOR);
        Routes.get(routes, base + ASSETS + "/{asset}", Access.TRADE_READ, this::asset);
        Routes.get(
                routes, base + INSTRUMENTS, Access.TRADE_READ, this::instruments, Parameters.LIMIT, Parameters.CURSOR);
        Routes.get(routes, base + INSTRUMENTS + "/{instrument}", Access.TRADE_READ, this::instrument);
    }

    private void assets(Context context) {
        var part = part(context, ASSETS, instance.get().assets(), Asset::getId);
        var views = part.rows().stream().map(AssetView::of).toList();
        Json.answer(context, new Assets(views, part.nextCursor()));
    }

    private void asset(Context context) {
        var id = Parameters.id(context, "asset");
        var asset = instance.get().reference().asset(id);
        if (asset == null) {
            throw notFound("asset", id);
        }
        Json.answer(context, AssetView.of(asset));
    }

    private void instruments(Context context) {
        var current = instance.get();
        var units = new Units(current.reference());
        var part = part(context, INSTRUMENTS, current.instruments(), Instrument::getId);
        var views = part.rows().stream()
                .map(instrument -> InstrumentView.of(instrument, units))
                .toList();
        Json.answer(context, new Instruments(views, part.nextCursor()));
    }

    private void instrument(Context context) {
        var id = Parameters.id(context, "instrument");
        var reference = instance.get().reference();
        var instrument = reference.instrument(id);
        if (instrument == null) {
            throw notFound("instrument", id);
        }
        Json.answer(context, InstrumentView.of(instrument, new Units(reference)));
    }

    private record Part<T>(List<T> rows, String nextCursor) {}

    private static <T> Part<T> part(Context context, String list, List<T> sorted, Function<T, String> idOf) {
        int limit = Parameters.limit(context);
        var after = Cursor.parts(context, list, 1).map(List::getFirst).orElse("");
        var rest = sorted.stream()
                .filter(row -> idOf.apply(row).compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        if (rest.size() <= limit) {
            return new Part<>(rest, null);
        }
        return new Part<>(rest.subList(0, limit), Cursor.of(list, idOf.apply(rest.get(limit - 1))));
    }

    private static ProblemException notFound(String what, String id) {
        return new ProblemException(
                Problem.of(HttpStatus.NOT_FOUND, what + "_not_found", what + " " + id + " is not known"));
    }
}
