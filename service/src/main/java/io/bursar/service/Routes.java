package io.bursar.service;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.util.List;

/** Adds routes that are read. */
final class Routes {
    private Routes() {}

    /**
     * HEAD asks the same question: left to itself, Javalin answers it with 200 whatever GET would say.
     *
     * @param parameters that a query may have; any other is refused
     */
    static void get(RoutesConfig routes, String path, Handler handler, String... parameters) {
        var allowed = List.of(parameters);
        Handler strict = context -> {
            Parameters.requireOnly(context, allowed);
            handler.handle(context);
        };
        routes.get(path, strict);
        routes.head(path, strict);
    }
}
