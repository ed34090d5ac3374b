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
            {find: 'things', filter: {}, sort: {name: 1}}                                               | unserved
            {find: 'things', filter: {}}                                                                | unserved
            {find: 'things', filter: {kind: 'x'}}                                                       | unserved
            {find: 'things', filter: {seen: {$in: ['a']}}, sort: {kind: 1}}                             | unserved
            {find: 'things', filter: {seen: {$ne: 'a'}}, sort: {name: 1}}                               | unserved
            {find: 'things', filter: {seen: /a/}}                                                       | unserved
            {find: 'things', filter: {$or: [{seen: 'a'}, {_id: 3}]}}                                    | served
            {find: 'things', filter: {$or: [{seen: 'a'}, {kind: 'x'}]}}                                 | unserved
            {find: 'things', filter: {seen: 'a'}, sort: {name: 1, kind: -1}}                            | unserved
            {count: 'things', query: {kind: 'x'}}                                                       | unserved
            {count: 'things', query: {seen: 'a'}}                                                       | served
            {aggregate: 'things', pipeline: [{$match: {seen: 'a'}}, {$group: {_id: 1}}]}                | served
            {aggregate: 'things', pipeline: [{$match: {kind: 'a'}}, {$group: {_id: 1}}]}                | unserved
            {aggregate: 'things', pipeline: [{$group: {_id: 1}}]}                                       | unserved
            {aggregate: 'things', pipeline: [{$match: {_id: 1}}, {$lookup: {from: 'others', let: {i: '$_id'}, as: 'o', pipeline: [{$match: {$expr: {$eq: ['$of', '$$i']}}}]}}]} | served
            {aggregate: 'things', pipeline: [{$match: {_id: 1}}, {$lookup: {from: 'others', let: {i: '$_id'}, as: 'o', pipeline: [{$match: {$expr: {$eq: ['$no', '$$i']}}}]}}]} | unserved
            {update: 'things', updates: [{q: {kind: 'x'}, u: {$set: {a: 1}}}]}                          | unserved
            {delete: 'things', deletes: [{q: {_id: 1}, limit: 1}]}                                      | served
            {find: 'objects', filter: {'audience.tokens': {$in: ['a']}}, sort: {name: 1}}               | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {name: {$gt: 'm'}}]}, sort: {name: 1}}  | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {name: {$gt: 'm'}}]}, sort: {name: -1}} | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {facet: 'x'}]}, sort: {name: 1}}   | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {other: 'x'}]}, sort: {name: 1}}   | unserved
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {other: /x/}]}, sort: {name: 1}}   | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {_id: 1}]}}                        | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {_id: {$in: [1, 2]}}]}, sort: {name: -1}} | served
            {find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {_id: {$gt: 1}}]}, sort: {name: 1}} | unserved
            {find: 'objects', filter: {'audience.tokens': 'a'}, sort: {_id: 1}}                            | unserved
            {find: 'objects', filter: {_id: {$gt: 1}}, sort: {_id: 1}, limit: 5}                           | served
            {count: 'objects', query: {'audience.tokens': 'a'}}                                            | served
            {count: 'objects', query: {'audience.tokens': 'a', other: 'x'}}                                | unserved
            {find: 'texts', filter: {$and: [{'audience.tokens': 'a'}, {texts: {$elemMatch: {tokens: {$in: ['a']}, words: {$all: ['x', 'y']}}}}]}, sort: {name: 1}} | served
            {find: 'texts', filter: {texts: {$elemMatch: {$and: [{tokens: 'a'}, {words: 'x'}]}}}, sort: {name: -1}} | served
            {find: 'texts', filter: {texts: {$elemMatch: {words: {$all: ['x']}}}}, sort: {other: 1}}       | unserved
            {find: 'texts', filter: {texts: {$elemMatch: {words: /x/}}}, sort: {name: 1}}                  | unserved
            {find: 'texts', filter: {texts: {$elemMatch: {$or: [{words: 'x'}, {other: 'y'}]}}}, sort: {name: 1}} | unserved
            {find: 'texts', filter: {texts: {$elemMatch: {tokens: 'a', other: 'x'}}}, sort: {name: 1}}     | unserved
            {find: 'texts', filter: {'texts.words': {$all: ['x', 'y']}}, sort: {name: 1}}                  | served
            {count: 'texts', query: {'texts.words': {$elemMatch: {$gte: 'a', $lt: 'b'}}}}                  | served
            {count: 'texts', query: {'texts.words': {$elemMatch: {$ne: 'a'}}}}                             | unserved
            """)
    void questionsAreJudgedByTheDeclaredIndexes(String command, String judgement) {
        send("{createIndexes: 'things', indexes: [{key: {seen: 1, name: 1}}]}");
        send("{createIndexes: 'others', indexes: [{key: {of: 1}}]}");
        send(
                "{createIndexes: 'objects', indexes: [{key: {'audience.tokens': 1, name: 1}}, {key: {facet: 1, name: 1}}]}");
        send(
                "{createIndexes: 'texts', indexes: [{key: {'texts.words': 1, name: 1}}, {key: {'texts.tokens': 1, name: 1}},"
                        + " {key: {'audience.tokens': 1, name: 1}}]}");
        send(command);
        assertThat(judge.questions()).isNotEmpty();
        assertThat(judge.takeProblems().isEmpty() ? "served" : "unserved").isEqualTo(judgement);
    }

    @Test
    void anIndexThatSpansTwoArraysIsAProblem() {
        send("{createIndexes: 'things', indexes: [{key: {seen: 1, 'tags.name': 1}}]}");
        send("{insert: 'things', documents: [{_id: 1, seen: ['a'], tags: {name: 'b'}}]}");
        assertThat(judge.takeProblems()).isEmpty();
        send("{insert: 'things', documents: [{_id: 1, seen: ['a'], tags: [{name: 'b'}]}]}");
        assertThat(judge.takeProblems()).singleElement().asString().contains("spans the arrays");
    }

    @Test
    void theIndexesThatServeAQuestionAreListed() {
        send(
                "{createIndexes: 'objects', indexes: [{key: {'audience.tokens': 1, name: 1}}, {key: {facet: 1, name: 1}}]}");
        send("{find: 'objects', filter: {$and: [{'audience.tokens': 'a'}, {facet: 'x'}]}, sort: {name: 1}}");
        assertThat(judge.questions())
                .containsExactly(
                        Map.entry("objects: audience.tokens= facet= by name", Set.of(List.of("facet", "name"))));
    }

    @Test
    void aSearchIsServedByTheWordsAndNotByWhoSeesThem() {
        send(
                "{createIndexes: 'texts', indexes: [{key: {'texts.words': 1, name: 1}}, {key: {'texts.tokens': 1, name: 1}}]}");
        send(
                "{find: 'texts', filter: {texts: {$elemMatch: {tokens: {$in: ['a']}, words: {$all: ['x']}}}}, sort: {name: 1}}");
        assertThat(judge.questions())
                .containsExactly(
                        Map.entry("texts: texts.tokens= texts.words= by name", Set.of(List.of("texts.words", "name"))));
    }

    @Test
    void aProblemIsReportedOnce() {
        send("{find: 'things', filter: {kind: 'x'}}");
        assertThat(judge.takeProblems()).hasSize(1);
        assertThat(judge.takeProblems()).isEmpty();
    }

    private void send(String command) {
        var document = BsonDocument.parse(command);
        judge.commandStarted(new CommandStartedEvent(null, 1, 1, null, "test", document.getFirstKey(), document));
    }
}
