package io.bursar.cli.demo.flow;

/**
 * What a decision in the journal is recognised by.
 *
 * @param id the order id of an order or expiry, {@code <order id>/<execution id>} of a fill, else the command id
 */
public record DecisionKey(Kind kind, String accountId, String id) {

    /** What was decided. */
    public enum Kind {
        ORDER("order", true),
        FILL("fill", true),
        COMMAND("command", true),
        /** The settling of a fill that had been suspended, once its order came. */
        WAITING_FILL("settling of the suspended fill", false),
        /** Caused by time, not by a message. */
        EXPIRY("expiry of the order", false);

        private final String text;
        private final boolean answer;

        Kind(String text, boolean answer) {
            this.text = text;
            this.answer = answer;
        }

        /** Whether it answers a message by itself; the others follow some time later. */
        public boolean isAnswer() {
            return answer;
        }
    }

    public static DecisionKey ofOrder(String accountId, String orderId) {
        return new DecisionKey(Kind.ORDER, accountId, orderId);
    }

    public static DecisionKey ofFill(String accountId, String orderId, String executionId) {
        return new DecisionKey(Kind.FILL, accountId, orderId + "/" + executionId);
    }

    public static DecisionKey ofWaitingFill(String accountId, String orderId, String executionId) {
        return new DecisionKey(Kind.WAITING_FILL, accountId, orderId + "/" + executionId);
    }

    public static DecisionKey ofCommand(String accountId, String commandId) {
        return new DecisionKey(Kind.COMMAND, accountId, commandId);
    }

    public static DecisionKey ofExpiry(String accountId, String orderId) {
        return new DecisionKey(Kind.EXPIRY, accountId, orderId);
    }

    /** As in a sentence: {@code order O1 of account A1}. */
    @Override
    public String toString() {
        return "%s %s of account %s".formatted(kind.text, id, accountId);
    }
}
