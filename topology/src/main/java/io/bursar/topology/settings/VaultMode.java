package io.bursar.topology.settings;

/** How the secrets of broker accounts are kept; see the setting {@code vault}. */
public enum VaultMode {
    /** With keys that somebody has made. */
    PRODUCTION,
    /** With keys that are made when there are none. */
    DEVELOPMENT,
    /** Not at all. */
    OFF
}
