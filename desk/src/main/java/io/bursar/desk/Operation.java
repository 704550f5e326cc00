package io.bursar.desk;

/** What a caller wants to do with a broker account. The names are part of the contracts. */
public enum Operation {
    PLACE_ORDER(Group.TRADING),
    MODIFY_ORDER(Group.TRADING),
    CANCEL_ORDER(Group.TRADING),
    MARKET_DATA(Group.DATA),
    QUOTE(Group.DATA),
    HISTORICAL_DATA(Group.DATA),
    FUNDAMENTALS(Group.DATA),
    OPTIONS_CHAIN(Group.DATA),
    ACCOUNT_INFO(Group.ACCOUNT),
    POSITIONS(Group.ACCOUNT),
    ORDERS(Group.ACCOUNT),
    TRANSACTIONS(Group.ACCOUNT);

    /** Operations that ask the same of an account. */
    public enum Group {
        TRADING(5),
        DATA(DeskRules.MAX_ERRORS),
        ACCOUNT(DeskRules.MAX_ERRORS);

        private final int tooManyErrors;

        Group(int tooManyErrors) {
            this.tooManyErrors = tooManyErrors;
        }

        /** With so many errors in a row an account is not used for them. */
        int tooManyErrors() {
            return tooManyErrors;
        }
    }

    private final Group group;

    Operation(Group group) {
        this.group = group;
    }

    public Group group() {
        return group;
    }
}
