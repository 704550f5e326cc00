package io.bursar.service;

import static io.bursar.service.Api.header;
import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthRoutesTest {
    private final LedgerInstance ledger = new LedgerInstance();
    private final Api api = new Api(ledger);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void it_is_ready_when_the_stores_are() {
        var response = api.get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response)).isEqualTo(json("""
                {"status": "ready", "streams": "RUNNING", "waitingForRegistry": []}
                """));
    }

    @Test
    void it_is_alive_and_not_ready_while_stores_are_restored() {
        ledger.ready = false;
        ledger.state = "REBALANCING";

        assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
        var ready = api.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(header(ready, "Retry-After")).isEqualTo("1");
        assertThat(json(ready)).isEqualTo(json("""
                {"status": "not_ready", "streams": "REBALANCING", "waitingForRegistry": []}
                """));
        assertThat(api.send("HEAD", "/health/ready", "").statusCode()).isEqualTo(503);
    }

    @Test
    void it_is_not_ready_while_something_waits_for_the_schema_registry_and_answers_queries_meanwhile() {
        ledger.open("A1", 0);
        ledger.waiting = Set.of("bursar.orders-3: schema 7: connection refused");

        var ready = api.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(header(ready, "Retry-After")).isEqualTo("1");
        assertThat(json(ready)).isEqualTo(json("""
                {"status": "not_ready", "streams": "RUNNING",
                 "waitingForRegistry": ["bursar.orders-3: schema 7: connection refused"]}
                """));
        assertThat(api.get("/api/v1/accounts/A1").statusCode()).isEqualTo(200);
        assertThat(json(api.get("/health/live"))).isEqualTo(json("""
                {"status": "live", "streams": "RUNNING",
                 "waitingForRegistry": ["bursar.orders-3: schema 7: connection refused"]}
                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "PENDING_ERROR"})
    void it_is_not_alive_once_the_streams_have_failed(String state) {
        ledger.ready = false;
        ledger.state = state;

        var response = api.get("/health/live");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).get("status").textValue()).isEqualTo("failed");
    }
}
