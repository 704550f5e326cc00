package io.bursar.service.openapi;

import io.bursar.service.http.Access;
import io.bursar.service.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The API's description, and a page to read and try it on, with nothing from elsewhere in it. */
public final class DocumentRoutes {
    private static final String OWN = "/openapi/";
    private static final String SCRIPT = "text/javascript";

    /** What the page needs: scripts and styles of this server, pictures that the styles have in them, and the API. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " connect-src 'self'; frame-ancestors 'none'";

    private DocumentRoutes() {}

    /** Adds all routes; what they serve is read once, here. */
    public static void addTo(RoutesConfig routes) {
        serve(routes, "/openapi.yaml", OWN + "openapi.yaml", "application/yaml");
        serve(routes, "/docs", OWN + "docs.html", "text/html");
        serve(routes, "/docs/docs.js", OWN + "docs.js", SCRIPT);
        var webJar = "/META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + "/";
        serve(routes, "/docs/swagger-ui.css", webJar + "swagger-ui.css", "text/css");
        serve(routes, "/docs/swagger-ui-bundle.js", webJar + "swagger-ui-bundle.js", SCRIPT);
    }

    private static void serve(RoutesConfig routes, String path, String resource, String type) {
        var bytes = read(resource);
        Routes.get(routes, path, Access.OPEN, context -> answer(context, bytes, type));
    }

    private static void answer(Context context, byte[] bytes, String type) {
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.contentType(type + "; charset=utf-8").result(bytes);
    }

    /** As the jar itself says: its files lie in a folder of that name. */
    private static String swaggerVersion() {
        var properties = new Properties();
        try (var in =
                DocumentRoutes.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the version of Swagger UI cannot be read", e);
        }
        return properties.getProperty("version");
    }

    private static byte[] read(String resource) {
        try (var in = DocumentRoutes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }
}
