package io.bursar.service;

import static io.bursar.service.Api.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.bursar.processors.LedgerMetrics;
import org.junit.jupiter.api.Test;

final class MetricsRouteTest {
    @Test
    void what_the_application_counts_is_there_from_the_start() {
        var metrics = new MetricRegistry();
        // Registers what the application counts.
        var counts = new LedgerMetrics(metrics);
        try (var api = new Api(new LedgerInstance(), metrics)) {
            var response = api.get("/metrics");

            assertThat(counts).isNotNull();
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(header(response, "Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
            assertThat(response.body().lines())
                    .contains(
                            "account_balance_checks_total 0.0",
                            "reservation_created_total 0.0",
                            "reservation_settled_total 0.0",
                            "reservation_expired_total 0.0",
                            "trade_settled_total 0.0",
                            "dead_letters_total 0.0");
        }
    }

    @Test
    void what_a_metric_counts_stands_beside_it() {
        var metrics = new MetricRegistry();
        var counts = new LedgerMetrics(metrics);
        try (var api = new Api(new LedgerInstance(), metrics)) {
            assertThat(counts).isNotNull();
            var page = api.get("/metrics").body();
            assertThat(page.lines())
                    .contains("# HELP trade_settled_total Fills settled that name their trade: legs, so two for a"
                            + " trade of which both sides settled here.");
            assertThat(metrics.getCounters().keySet())
                    .allSatisfy(name -> assertThat(page).contains("# HELP " + name + " "));
        }
    }
}
