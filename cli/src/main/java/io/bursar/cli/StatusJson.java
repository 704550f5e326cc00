package io.bursar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bursar.cli.sinks.SinkLag.Lag;
import io.bursar.local.StackStatus;
import io.bursar.local.StackStatus.ComponentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** {@code bursar status --output json}, for scripts: absent values are {@code null}. */
final class StatusJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StatusJson() {}

    static String ofNothing() {
        return JSON.createObjectNode()
                .put("phase", "stopped")
                .put("healthy", false)
                .toPrettyString();
    }

    /** @param lags of the sinks, by sink */
    static String of(StackStatus status, Map<String, Lag> lags) {
        var state = status.state();
        var json = JSON.createObjectNode()
                .put("phase", state.phase().toString().toLowerCase(Locale.ROOT))
                .put("healthy", status.isHealthy())
                .put("bootstrapServers", state.bootstrapServers())
                .put("registryUrl", state.registryUrl())
                .put("httpUrl", state.httpUrl())
                .put("supervisorPid", state.supervisorPid())
                .put("uptimeSeconds", secondsSince(state.startedAt()));
        var components = json.putArray("components");
        status.components().forEach(component -> fill(components.addObject(), component));
        var sinks = json.putArray("sinks");
        lags.forEach((sink, lag) -> sinks.addObject()
                .put("name", sink)
                .put("offsetsBehind", lag.isKnown() ? lag.offsets() : null)
                .put("problem", lag.isKnown() ? null : lag.problem()));
        return json.toPrettyString();
    }

    private static void fill(ObjectNode json, ComponentStatus component) {
        var state = component.state();
        json.put("name", state.name().toString())
                .put("condition", state.condition().toString().toLowerCase(Locale.ROOT))
                .put("healthy", component.isHealthy())
                .put("problem", component.isHealthy() ? null : component.problem())
                .put("port", state.port())
                .put("pid", state.pid().orElse(null))
                .put(
                        "uptimeSeconds",
                        state.startedAt().map(StatusJson::secondsSince).orElse(null))
                .put(
                        "residentBytes",
                        component.residentBytes().isPresent()
                                ? component.residentBytes().getAsLong()
                                : null)
                .put("restarts", state.restarts())
                .put("lastDeath", state.message().isEmpty() ? null : state.message());
    }

    private static long secondsSince(Instant start) {
        return Duration.between(start, Instant.now()).toSeconds();
    }
}
