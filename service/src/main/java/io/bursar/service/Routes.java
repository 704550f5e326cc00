package io.bursar.service;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** Adds routes that are read. */
final class Routes {
    private Routes() {}

    /** HEAD asks the same question: left to itself, Javalin answers it with 200 whatever GET would say. */
    static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }
}
