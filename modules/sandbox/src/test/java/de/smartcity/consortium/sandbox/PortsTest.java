package de.smartcity.consortium.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void aPortInUseIsReportedWithThePropertyThatChangesIt() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireFree(taken.getLocalPort(), "sandbox.port"))
                    .isInstanceOf(SandboxFailure.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("-Dsandbox.port");
        }
    }

    @Test
    void aFreePortIsFree() {
        var port = Ports.free();
        assertThat(port).isPositive();
        assertThatCode(() -> Ports.requireFree(port, "sandbox.port")).doesNotThrowAnyException();
    }
}
