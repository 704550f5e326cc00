package io.bursar.service.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;

/** Adds routes, each with what its callers must be allowed to do. */
public final class Routes {
    private Routes() {}

    /**
     * A route that is read. HEAD asks the same question: left to itself, Javalin answers it with 200 whatever GET would
     * say.
     *
     * @param parameters that a query may have; any other is refused
     */
    public static void get(RoutesConfig routes, String path, Access access, Handler handler, String... parameters) {
        var strict = strict(handler, parameters);
        routes.get(path, strict, access);
        routes.head(path, strict, access);
    }

    /**
     * A route that changes something.
     *
     * @param parameters that a query may have; any other is refused
     */
    public static void send(
            RoutesConfig routes,
            HandlerType method,
            String path,
            Access access,
            Handler handler,
            String... parameters) {
        routes.addHttpHandler(method, path, strict(handler, parameters), access);
    }

    private static Handler strict(Handler handler, String... parameters) {
        var allowed = List.of(parameters);
        return context -> {
            Parameters.requireOnly(context, allowed);
            handler.handle(context);
        };
    }
}
