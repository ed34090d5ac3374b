package de.smartcity.consortium.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.event.CommandStartedEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexJudgeTest {

    private final IndexJudge judge = new IndexJudge(Map.of("things: by place", "There are few."));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {find: 'things', filter: {_id: 1}}                                                          | served
            {find: 'things', filter: {seen: {$in: ['a', 'b']}}, sort: {name: 1}}                        | served
            {find: 'things', filter: {$and: [{seen: {$in: ['a']}}, {kind: 'x'}]}, sort: {name: -1}}     | served
            {find: 'things', filter: {$and: [{seen: {$in: ['a']}}, {name: {$gt: 'm'}}]}, sort: {name: 1}} | served
            {find: 'things', filter: {}, sort: {place: 1}}                                              | served
            {find: 'things', filter: {}, sort: {name: 1}}                                               | complained
            {find: 'things', filter: {}}                                                                | complained
            {find: 'things', filter: {kind: 'x'}}                                                       | complained
            {find: 'things', filter: {seen: {$in: ['a']}}, sort: {kind: 1}}                             | complained
            {find: 'things', filter: {seen: {$ne: 'a'}}, sort: {name: 1}}                               | complained
            {find: 'things', filter: {seen: /a/}}                                                       | complained
            {find: 'things', filter: {$or: [{seen: 'a'}, {_id: 3}]}}                                    | served
            {find: 'things', filter: {$or: [{seen: 'a'}, {kind: 'x'}]}}                                 | complained
            {find: 'things', filter: {seen: 'a'}, sort: {name: 1, kind: -1}}                            | complained
            {count: 'things', query: {kind: 'x'}}                                                       | complained
            {count: 'things', query: {seen: 'a'}}                                                       | served
            {aggregate: 'things', pipeline: [{$match: {seen: 'a'}}, {$group: {_id: 1}}]}                | served
            {aggregate: 'things', pipeline: [{$match: {kind: 'a'}}, {$group: {_id: 1}}]}                | complained
            {aggregate: 'things', pipeline: [{$group: {_id: 1}}]}                                       | complained
            {aggregate: 'things', pipeline: [{$match: {_id: 1}}, {$lookup: {from: 'others', let: {i: '$_id'}, as: 'o', pipeline: [{$match: {$expr: {$eq: ['$of', '$$i']}}}]}}]} | served
            {aggregate: 'things', pipeline: [{$match: {_id: 1}}, {$lookup: {from: 'others', let: {i: '$_id'}, as: 'o', pipeline: [{$match: {$expr: {$eq: ['$no', '$$i']}}}]}}]} | complained
            {update: 'things', updates: [{q: {kind: 'x'}, u: {$set: {a: 1}}}]}                          | complained
            {delete: 'things', deletes: [{q: {_id: 1}, limit: 1}]}                                      | served
            {find: 'objects', filter: {'audience.tokens': {$in: ['a']}}, sort: {name: 1}}               | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {name: {$gt: 'm'}}]}, sort: {name: 1}}  | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {name: {$gt: 'm'}}]}, sort: {name: -1}} | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {facet: 'x'}]}, sort: {name: 1}}   | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {other: 'x'}]}, sort: {name: 1}}   | complained
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {other: /x/}]}, sort: {name: 1}}   | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {_id: 1}]}}                        | served
            {count: 'objects', query: {'audience.tokens': 'a'}}                                            | served
            {count: 'objects', query: {'audience.tokens': 'a', other: 'x'}}                                | complained
            """)
    void aQuestionIsServedOrComplainedOf(String command, String judgement) {
        hear("{createIndexes: 'things', indexes: [{key: {seen: 1, name: 1}}]}");
        hear("{createIndexes: 'others', indexes: [{key: {of: 1}}]}");
        hear(
                "{createIndexes: 'objects', indexes: [{key: {'audience.tokens': 1, name: 1}}, {key: {facet: 1, name: 1}}]}");
        hear(command);
        assertThat(judge.questions()).isNotEmpty();
        assertThat(judge.takeComplaints().isEmpty() ? "served" : "complained").isEqualTo(judgement);
    }

    @Test
    void anIndexThatSpansTwoArraysIsComplainedOf() {
        hear("{createIndexes: 'things', indexes: [{key: {seen: 1, 'tags.name': 1}}]}");
        hear("{insert: 'things', documents: [{_id: 1, seen: ['a'], tags: {name: 'b'}}]}");
        assertThat(judge.takeComplaints()).isEmpty();
        hear("{insert: 'things', documents: [{_id: 1, seen: ['a'], tags: [{name: 'b'}]}]}");
        assertThat(judge.takeComplaints()).singleElement().asString().contains("spans the arrays");
    }

    @Test
    void theIndexesThatServeAQuestionAreNamed() {
        hear(
                "{createIndexes: 'objects', indexes: [{key: {'audience.tokens': 1, name: 1}}, {key: {facet: 1, name: 1}}]}");
        hear("{find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {facet: 'x'}]}, sort: {name: 1}}");
        assertThat(judge.questions())
                .containsExactly(
                        Map.entry("objects: audience.tokens= facet= by name", Set.of(List.of("facet", "name"))));
    }

    @Test
    void aComplaintIsTakenOnce() {
        hear("{find: 'things', filter: {kind: 'x'}}");
        assertThat(judge.takeComplaints()).hasSize(1);
        assertThat(judge.takeComplaints()).isEmpty();
    }

    private void hear(String command) {
        var document = BsonDocument.parse(command);
        judge.commandStarted(new CommandStartedEvent(null, 1, 1, null, "test", document.getFirstKey(), document));
    }
}
