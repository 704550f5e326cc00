package io.bursar.connect.postgres;

/** Of this build, as a worker shows it. */
final class Version {
    static final String VERSION = read();

    private Version() {}

    private static String read() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "not packaged" : version;
    }
}
