package io.bursar.topology;

/** Another instance has the account's partition. */
public final class OwnedElsewhereException extends RuntimeException {
    private final String owner;

    /**
     * The account's partition is at another instance.
     *
     * @param owner its {@code application.server}
     */
    public OwnedElsewhereException(String owner) {
        super("the account is kept by the instance at " + owner);
        this.owner = owner;
    }

    /** The {@code application.server} of the instance to ask, as {@code host:port}. */
    public String owner() {
        return owner;
    }
}
