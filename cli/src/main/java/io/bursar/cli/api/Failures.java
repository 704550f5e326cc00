package io.bursar.cli.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why a connection gave no answer, in words: the messages of the JDK's exceptions are often empty. */
final class Failures {
    private Failures() {}

    static String describe(IOException failure) {
        return switch (failure) {
            case HttpConnectTimeoutException e -> "the connection was not accepted in time";
            case HttpTimeoutException e -> "none came in time";
            case ConnectException e when isUnresolved(e) -> "the host is not known";
            case ConnectException e -> "nobody accepts connections there";
            case SSLException e -> "the connection is not secure (" + e.getMessage() + ")";
            default ->
                "the connection was lost (" + (failure.getMessage() == null ? failure : failure.getMessage()) + ")";
        };
    }

    static IOException timeout(Throwable cause) {
        var timeout = new HttpTimeoutException("no answer in time");
        timeout.initCause(cause);
        return timeout;
    }

    private static boolean isUnresolved(Throwable failure) {
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
