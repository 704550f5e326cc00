package io.bursar.service;

/** The API cannot be offered. The message is for the operator. */
public final class HttpServiceException extends RuntimeException {
    HttpServiceException(String message) {
        super(message);
    }

    HttpServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}
