package de.smartcity.consortium.files.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.smartcity.consortium.files.Actors;
import de.smartcity.consortium.files.http.Transfers.TooMany;
import de.smartcity.consortium.files.http.Transfers.Transfer;
import de.smartcity.consortium.kernel.AccountId;
import de.smartcity.consortium.kernel.Actor;
import de.smartcity.consortium.kernel.NoActingOrganisation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransfersTest {

    private final Transfers transfers = new Transfers(32);

    private static Actor account(int number) {
        return Actor.unattached(
                Actor.Kind.PERSON,
                new AccountId("account-" + number),
                true,
                NoActingOrganisation.NO_MEMBERSHIP,
                List.of());
    }

    @Test
    void anAccountHasASixteenth() {
        transfers.begin(Actors.office());
        var second = transfers.begin(Actors.office());
        assertThatThrownBy(() -> transfers.begin(Actors.office())).isInstanceOf(TooMany.class);
        second.close();
        transfers.begin(Actors.office());
        transfers.begin(Actor.anonymous());
        transfers.begin(Actor.anonymous());
        assertThatThrownBy(() -> transfers.begin(Actor.anonymous())).isInstanceOf(TooMany.class);
    }

    @Test
    void allTogetherHaveTheirMaximum() {
        var running = new ArrayList<Transfer>();
        for (var n = 0; n < 32; n++) {
            running.add(transfers.begin(account(n)));
        }
        assertThatThrownBy(() -> transfers.begin(account(32))).isInstanceOf(TooMany.class);
        running.forEach(Transfer::close);
        for (var n = 0; n < 32; n++) {
            assertThat(transfers.begin(account(n))).isNotNull();
        }
    }

    @Test
    void eachAccountHasRoomForOneAtLeast() {
        assertThatThrownBy(() -> new Transfers(15)).hasMessageContaining("consortium.files.transfers");
        assertThat(new Transfers(16).begin(Actors.office())).isNotNull();
    }
}
