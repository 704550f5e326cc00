package io.bursar.cli.demo.lobster;

import java.util.Optional;

/** What a message of LOBSTER's format says happened. */
enum LobsterType {
    NEW_ORDER(1),
    PARTIAL_CANCEL(2),
    DELETION(3),
    EXECUTION(4),
    HIDDEN_EXECUTION(5),
    CROSS(6),
    HALT(7);

    private final int code;

    LobsterType(int code) {
        this.code = code;
    }

    static Optional<LobsterType> of(String code) {
        for (var type : values()) {
            if (Integer.toString(type.code).equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Whether size, price and direction mean something; a halt carries placeholders, a cross has no single side. */
    boolean isOfOneOrder() {
        return this != CROSS && this != HALT;
    }
}
