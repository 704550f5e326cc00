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
}
