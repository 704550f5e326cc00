package io.bursar.service;

import io.bursar.service.http.Json;
import io.bursar.service.http.Problem;
import io.bursar.service.security.RequestId;
import io.javalin.http.HttpStatus;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty refuses before a route sees it, such as a URL that is too long, in the form of all other problems. */
final class JettyProblems extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        var status = HttpStatus.forStatus(code);
        // Jetty's messages about a request are about its form; those about a failure would show what is inside.
        var detail = code < HttpStatus.INTERNAL_SERVER_ERROR.getCode() ? message : status.getMessage();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        if (!response.getHeaders().contains(RequestId.HEADER)) {
            response.getHeaders()
                    .put(RequestId.HEADER, RequestId.orNew(request.getHeaders().get(RequestId.HEADER)));
        }
        response.write(
                true, ByteBuffer.wrap(Json.bytes(Problem.of(status, Problems.reasonOf(status), detail))), callback);
    }
}
