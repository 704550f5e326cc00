package io.bursar.topology;

/** Another instance has the account's partition. */
public final class OwnedElsewhereException extends RuntimeException {
    private final String owner;

    /**
     * The account's partition is at another instance.
     *
     * @param host of its {@code application.server}, an IPv6 address without brackets
     */
    public OwnedElsewhereException(String host, int port) {
        this((host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    private OwnedElsewhereException(String owner) {
        super("the account is kept by the instance at " + owner);
        this.owner = owner;
    }

    /** The instance to ask as {@code host:port}, as it stands in a URL: an IPv6 address is in brackets. */
    public String owner() {
        return owner;
    }
}
