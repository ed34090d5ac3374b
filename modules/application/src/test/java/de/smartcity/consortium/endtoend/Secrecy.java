package de.smartcity.consortium.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import de.smartcity.consortium.endtoend.Request.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tries to find out what is hidden. Whatever is tried, what the caller may not see is as if it did not exist: answer, headers and Mongo commands
 * are the same, and nothing is changed. Each attempt has a control, a caller who may, for whom the same request makes a difference; otherwise it
 * would prove nothing.
 */
final class Secrecy {

    private final Api api;
    private final MongoCommands commands;
    private final Tenants tenants;

    Secrecy(Api api, MongoCommands commands, Tenants tenants) {
        this.api = api;
        this.commands = commands;
        this.tenants = tenants;
    }

    Reply send(Request request) {
        return request.send(api.graphQl());
    }

    /** The value at this JSON pointer of what somebody is answered, once all that was changed before is published. */
    JsonNode value(Party by, Request question, String pointer) {
        tenants.awaitPublication();
        return JsonMapper.shared().readTree(send(by.sends(question)).body()).at(pointer);
    }

    <T> void check(Attempt<T> attempt) {
        var hidden = attempt.hidden().get();
        tenants.awaitPublication();
        assertAsIfItDidNotExist(hidden, attempt.absent().apply(hidden), attempt.by(), attempt.request());

        var ofAbsent = exchange(attempt.control().apply(attempt.absent().apply(hidden)));
        tenants.awaitPublication();
        var before = tenants.stored();
        var control = exchange(attempt.control().apply(hidden));
        assertThat(control.replyWithoutWordsOf(ofAbsent))
                .as("what the control shows")
                .isNotEqualTo(ofAbsent.replyWithoutWordsOf(control));
        assertThat(tenants.stored().equals(before))
                .as("the control changes nothing")
                .isNotEqualTo(attempt.changes());
    }

    <T> void assertAsIfItDidNotExist(T hidden, T absent, List<Party> parties, Function<T, Request> request) {
        var before = tenants.stored();
        assertSoftly(softly -> {
            for (var by : parties) {
                var ofAbsent = exchange(by.sends(request.apply(absent)));
                var ofHidden = exchange(by.sends(request.apply(hidden)));
                softly.assertThat(ofHidden.replyWithoutWordsOf(ofAbsent))
                        .as(by.name())
                        .isEqualTo(ofAbsent.replyWithoutWordsOf(ofHidden));
                softly.assertThat(ofHidden.commands())
                        .as("Mongo commands for %s", by.name())
                        .isEqualTo(ofAbsent.commands());
            }
            softly.assertThat(tenants.stored()).as("what is stored").isEqualTo(before);
        });
    }

    void check(HiddenChange change) {
        var request = change.question().get();
        tenants.awaitPublication();
        var before = change.by().stream().map(by -> exchange(by.sends(request))).toList();
        var controlBefore = exchange(change.control().sends(request));

        change.made().run();
        tenants.awaitPublication();

        assertSoftly(softly -> {
            for (var n = 0; n < before.size(); n++) {
                var by = change.by().get(n);
                var after = exchange(by.sends(request));
                softly.assertThat(after.reply())
                        .as(by.name())
                        .isEqualTo(before.get(n).reply());
                softly.assertThat(after.commands())
                        .as("Mongo commands for %s", by.name())
                        .isEqualTo(before.get(n).commands());
            }
        });
        assertThat(exchange(change.control().sends(request)).reply())
                .as("what the control sees")
                .isNotEqualTo(controlBefore.reply());
    }

    /** A request and what came of it. */
    private record Exchange(Request request, Reply reply, List<String> commands) {

        /** The reply without the words in which its request differs from the other. */
        String replyWithoutWordsOf(Exchange other) {
            var own = request.words();
            var others = other.request.words();
            assertThat(own).hasSameSizeAs(others);
            var text = reply.toString();
            for (var n = 0; n < own.size(); n++) {
                // Not the short ones, such as versions, which are also in other words.
                if (!own.get(n).equals(others.get(n)) && own.get(n).length() > 5) {
                    text = text.replace(own.get(n), "word " + n);
                }
            }
            return text;
        }
    }

    private Exchange exchange(Request request) {
        var replies = new ArrayList<Reply>();
        var sent = commands.during(() -> replies.add(send(request)));
        return new Exchange(request, replies.getFirst(), sent);
    }
}
