package io.bursar.cli.desk;

import io.bursar.cli.base.IdConverter;
import io.bursar.desk.BrokerAccountIds;
import picocli.CommandLine.Parameters;

/** Which broker account a command is about. */
final class BrokerAccountParameter {
    private static final String RESOURCE = "broker-accounts";

    /** Their ids are longer than others. */
    static final class Converter extends IdConverter {
        Converter() {
            super(BrokerAccountIds.MAX_LENGTH);
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "ACCOUNT",
            converter = Converter.class,
            description = "The broker account's id, such as tiger:production:U1234567.")
    private String id;

    String id() {
        return id;
    }

    /** The segments of a path that begins with the account. */
    String[] path(String... more) {
        var path = new String[2 + more.length];
        path[0] = RESOURCE;
        path[1] = id;
        System.arraycopy(more, 0, path, 2, more.length);
        return path;
    }
}
