package io.bursar.bench.postgres;

import io.bursar.bench.postgres.Command.Place;
import io.bursar.bench.postgres.Command.Settle;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.function.Function;

/** Calls the functions of ledger.sql on one connection, prepared once. For one thread. */
final class Functions implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement place;
    private final PreparedStatement settle;
    private final PreparedStatement placeAll;
    private final PreparedStatement settleAll;

    Functions(Connection connection) throws SQLException {
        this.connection = connection;
        place = connection.prepareStatement("SELECT place(?, ?, ?::\"char\", ?, ?, ?)");
        settle = connection.prepareStatement("SELECT settle(?, ?, ?, ?, ?, ?, ?)");
        placeAll = connection.prepareStatement("SELECT place_all(?, ?, ?::\"char\"[], ?, ?, ?)");
        settleAll = connection.prepareStatement("SELECT settle_all(?, ?, ?, ?, ?, ?, ?)");
    }

    /** One transaction. */
    void one(Command command) throws SQLException {
        switch (command) {
            case Place order -> {
                place.setString(1, order.account());
                place.setString(2, order.id());
                place.setString(3, order.side());
                place.setLong(4, order.quantity());
                place.setLong(5, order.price());
                place.setTimestamp(6, now());
                run(place);
            }
            case Settle fill -> {
                settle.setString(1, fill.account());
                settle.setString(2, fill.order());
                settle.setString(3, fill.id());
                settle.setLong(4, fill.quantity());
                settle.setLong(5, fill.price());
                settle.setLong(6, fill.fee());
                settle.setTimestamp(7, now());
                run(settle);
            }
        }
    }

    /** One transaction; fills come after the orders, which are of earlier batches anyhow. */
    void all(List<Command> commands) throws SQLException {
        var orders = only(commands, Place.class);
        var fills = only(commands, Settle.class);
        connection.setAutoCommit(false);
        if (!orders.isEmpty()) {
            placeAll.setArray(1, texts(orders, Place::account));
            placeAll.setArray(2, texts(orders, Place::id));
            placeAll.setArray(3, texts(orders, Place::side));
            placeAll.setArray(4, numbers(orders, Place::quantity));
            placeAll.setArray(5, numbers(orders, Place::price));
            placeAll.setTimestamp(6, now());
            run(placeAll);
        }
        if (!fills.isEmpty()) {
            settleAll.setArray(1, texts(fills, Settle::account));
            settleAll.setArray(2, texts(fills, Settle::order));
            settleAll.setArray(3, texts(fills, Settle::id));
            settleAll.setArray(4, numbers(fills, Settle::quantity));
            settleAll.setArray(5, numbers(fills, Settle::price));
            settleAll.setArray(6, numbers(fills, Settle::fee));
            settleAll.setTimestamp(7, now());
            run(settleAll);
        }
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        place.close();
        settle.close();
        placeAll.close();
        settleAll.close();
    }

    private static <T extends Command> List<T> only(List<Command> commands, Class<T> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private <T> Array texts(List<T> commands, Function<T, String> field) throws SQLException {
        return connection.createArrayOf("text", commands.stream().map(field).toArray());
    }

    private <T> Array numbers(List<T> commands, Function<T, Long> field) throws SQLException {
        return connection.createArrayOf("bigint", commands.stream().map(field).toArray());
    }

    private static void run(PreparedStatement statement) throws SQLException {
        try (var result = statement.executeQuery()) {
            var unused = result.next();
        }
    }

    private static Timestamp now() {
        return new Timestamp(System.currentTimeMillis());
    }
}
