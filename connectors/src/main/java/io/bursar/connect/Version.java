package io.bursar.connect;

/** Of this build, as a worker shows it. */
public final class Version {
    public static final String VERSION = read();

    private Version() {}

    private static String read() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "not packaged" : version;
    }
}
