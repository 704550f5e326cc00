package io.bursar.service;

import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.AccountStatus;
import io.bursar.service.http.Access;
import io.bursar.service.http.Cursor;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Routes;
import io.bursar.service.security.Caller;
import io.bursar.service.view.AccountView;
import io.bursar.topology.OwnedElsewhereException;
import io.bursar.topology.Page;
import io.bursar.topology.UnavailableException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All accounts that were opened, partition by partition. An answer ends where a partition begins that another instance
 * has; the next request is sent on to that one.
 */
final class AccountListRoute {
    private static final String LIST = "accounts";

    private final Supplier<Instance> instance;

    /** @param nextCursor absent at the end of the list; a list may go on although this part of it is short, or empty */
    record Listing(List<AccountView> accounts, String nextCursor) {}

    /** @param after an account id, or empty for the beginning of the partition */
    private record Place(int partition, String after) {}

    AccountListRoute(Supplier<Instance> instance) {
        this.instance = instance;
    }

    void addTo(RoutesConfig routes) {
        Routes.get(routes, "/api/v1/accounts", Access.ADMIN_READ, this::accounts, Parameters.LIMIT, Parameters.CURSOR);
    }

    private void accounts(Context context) {
        int limit = Parameters.limit(context);
        var reads = instance.get().reads();
        var found = new ArrayList<AccountState>();
        var place = Optional.of(start(context, reads.partitions()));
        boolean isFirst = true;
        while (place.isPresent() && found.size() < limit) {
            var page = page(reads, place.get(), limit - found.size(), isFirst);
            if (page.isEmpty()) {
                break;
            }
            isFirst = false;
            found.addAll(page.get().rows());
            place = next(place.get(), page.get(), reads.partitions());
        }
        var caller = Caller.of(context);
        var accounts = found.stream()
                .filter(account -> account.getStatus() != AccountStatus.UNOPENED)
                .filter(account -> caller.mayUse(account.getAccountId()))
                .map(AccountView::of)
                .toList();
        var nextCursor = place.map(next -> Cursor.of(LIST, next.partition(), next.after()));
        Json.answer(context, new Listing(accounts, nextCursor.orElse(null)));
    }

    /** Empty for a later partition that cannot be read here. */
    private static Optional<Page<AccountState>> page(Reads reads, Place place, int atMost, boolean isFirst) {
        try {
            return Optional.of(reads.accounts(place.partition(), place.after(), atMost));
        } catch (OwnedElsewhereException | UnavailableException e) {
            if (isFirst) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Optional<Place> next(Place place, Page<AccountState> page, int partitions) {
        if (page.next().isPresent()) {
            return Optional.of(new Place(place.partition(), page.next().get()));
        }
        int next = place.partition() + 1;
        return next < partitions ? Optional.of(new Place(next, "")) : Optional.empty();
    }

    private static Place start(Context context, int partitions) {
        return Cursor.parts(context, LIST, 2)
                .map(parts -> new Place(partition(context, parts.getFirst(), partitions), parts.get(1)))
                .orElse(new Place(0, ""));
    }

    private static int partition(Context context, String text, int partitions) {
        int partition = Parameters.wholeNumber(text).orElse(partitions);
        if (partition >= partitions) {
            throw Cursor.invalid(context);
        }
        return partition;
    }
}
