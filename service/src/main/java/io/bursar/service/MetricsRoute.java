package io.bursar.service;

import io.bursar.service.http.Access;
import io.bursar.service.http.Routes;
import io.bursar.service.metrics.MetricsPage;
import io.javalin.config.RoutesConfig;
import java.util.function.Supplier;

/** What Prometheus scrapes. */
final class MetricsRoute {
    private final MetricsPage page;
    private final Supplier<Instance> instance;

    MetricsRoute(MetricsPage page, Supplier<Instance> instance) {
        this.page = page;
        this.instance = instance;
    }

    void addTo(RoutesConfig routes) {
        Routes.get(
                routes,
                "/metrics",
                Access.OPEN,
                context -> context.contentType(MetricsPage.CONTENT_TYPE)
                        .result(page.render(instance.get().kafkaMetrics())));
    }
}
