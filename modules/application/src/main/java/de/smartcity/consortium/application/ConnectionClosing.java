package de.smartcity.consortium.application;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Lets Tomcat close a connection when {@link RequestBodies} has refused the body, or an upload is refused. Otherwise it first waits for the rest of
 * the body, for as long as the client sends a byte now and then.
 */
@Component
class ConnectionClosing implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    /** The line end after the last chunk, without trailer fields. */
    private static final int MAX_TRAILER_SIZE = 2;

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addEngineValves(new ClosingValve());
        // Extensions and trailers of chunks arrive within one read of the body, however slowly, and nothing here uses
        // them.
        factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setMaxExtensionSize(0);
                http.setMaxTrailerSize(MAX_TRAILER_SIZE);
            }
        });
    }

    private static final class ClosingValve extends ValveBase {

        ClosingValve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            getNext().invoke(request, response);
            var isRefusedUpload = FileTransfers.isRefusedUpload(request, response);
            if (isRefusedUpload) {
                // Tomcat says so by itself only with some statuses.
                response.setHeader(HttpHeaders.CONNECTION, "close");
            }
            if (isRefusedUpload
                    || response.getStatus() == HttpStatus.REQUEST_TIMEOUT.value()
                    || response.getStatus() == HttpStatus.CONTENT_TOO_LARGE.value()
                    || response.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
                request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }
    }
}
