package io.bursar.service.security;

import io.bursar.service.http.Access;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/**
 * Looks at each request before its route does, and at its answer. A route names one {@link Access} or several, of which
 * one is enough.
 */
final class AccessControl {
    private final Gate gate;
    private final Audit audit;

    AccessControl(Gate gate, Audit audit) {
        this.gate = gate;
        this.audit = audit;
    }

    void addTo(RoutesConfig routes) {
        routes.before(RequestId::choose);
        routes.beforeMatched(this::check);
        routes.afterMatched(audit::answered);
    }

    private void check(Context context) {
        if (!context.routeRoles().contains(Access.OPEN)) {
            gate.check(context);
        }
    }
}
