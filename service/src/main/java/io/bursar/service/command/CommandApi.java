package io.bursar.service.command;

import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Everything that is asked of the ledger, and what became of it. */
public final class CommandApi {
    private final CommandDesk desk;

    /**
     * @param ledger the one that is there when a request comes
     * @param atMost how long a caller waits for a decision before it is told to ask later
     */
    public CommandApi(Supplier<? extends LedgerAccess> ledger, Duration atMost) {
        this.desk = new CommandDesk(ledger, atMost, InstantSource.system());
    }

    /** Adds all routes. */
    public void addTo(RoutesConfig routes) {
        new CommandRoutes(desk).addTo(routes);
        new BatchRoute(desk).addTo(routes);
        new DecisionRoute(desk).addTo(routes);
        new RiskRoute(desk).addTo(routes);
        new ReferenceRoutes(desk).addTo(routes);
    }
}
