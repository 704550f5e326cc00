package io.bursar.service;

import io.bursar.schemas.ApiKey;
import io.bursar.service.http.Access;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.RequestBody;
import io.bursar.service.http.Routes;
import io.bursar.service.security.ApiKeys;
import io.bursar.service.security.Audit;
import io.bursar.service.security.Caller;
import io.bursar.service.view.KeyView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;

/** API keys: made, shown, revoked and replaced. */
final class KeyRoutes {
    private static final String KEYS = "/api/v1/keys";
    private static final String KEY = KEYS + "/{keyId}";

    private final ApiKeys keys;
    private final InstantSource clock;

    KeyRoutes(ApiKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    void addTo(RoutesConfig routes) {
        Routes.send(routes, HandlerType.POST, KEYS, Access.ADMIN_WRITE, this::create);
        Routes.get(routes, KEYS, Access.ADMIN_READ, this::list);
        Routes.get(routes, KEY, Access.ADMIN_READ, this::show);
        Routes.send(routes, HandlerType.DELETE, KEY, Access.ADMIN_WRITE, this::revoke);
        Routes.send(routes, HandlerType.POST, KEY + "/rotation", Access.ADMIN_WRITE, this::rotate);
    }

    private void create(Context context) {
        var rights = new KeyRequest(RequestBody.ofCommand(context), clock).rights();
        answer(context, keys.create(rights, Caller.of(context)));
    }

    private void list(Context context) {
        var views = keys.list(Caller.of(context)).stream().map(this::view).toList();
        Json.answer(context, new KeyView.Listing(views));
    }

    private void show(Context context) {
        Json.answer(context, view(find(context)));
    }

    private void revoke(Context context) {
        var found = find(context);
        Audit.noteSubject(context, found.getId());
        Json.answer(context, view(keys.revoke(found)));
    }

    private void rotate(Context context) {
        var overlap = new KeyRequest(RequestBody.ofCommand(context), clock).overlap();
        var found = find(context);
        requireRotatable(found);
        answer(context, keys.rotate(found, overlap, Caller.of(context)));
    }

    private void requireRotatable(ApiKey found) {
        var status = keys.status(found);
        if (found.getReplacedBy() != null) {
            throw conflict("key_replaced", "key " + found.getId() + " was replaced by " + found.getReplacedBy());
        }
        if (status.equals("REVOKED")) {
            throw conflict("key_revoked", "key " + found.getId() + " was revoked");
        }
        if (status.equals("EXPIRED")) {
            throw conflict("key_expired", "key " + found.getId() + " has expired");
        }
    }

    private static ProblemException conflict(String reason, String detail) {
        return new ProblemException(Problem.of(HttpStatus.CONFLICT, reason, detail));
    }

    private ApiKey find(Context context) {
        var id = Parameters.id(context, "keyId");
        return keys.find(id, Caller.of(context))
                .orElseThrow(() -> new ProblemException(
                        Problem.of(HttpStatus.NOT_FOUND, "key_not_found", "there is no key " + id)));
    }

    private void answer(Context context, ApiKeys.Created created) {
        Audit.noteSubject(context, created.key().id());
        context.status(HttpStatus.CREATED);
        Json.answer(context, new KeyView.Created(created.key().text(), view(created.state())));
    }

    private KeyView view(ApiKey state) {
        return KeyView.of(state, keys.lastUse(state.getId()).orElse(null), keys.status(state));
    }
}
