package de.smartcity.consortium.letters;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import de.smartcity.consortium.graphql.GlobalId;
import de.smartcity.consortium.letters.LetterVerb.Kind;
import de.smartcity.consortium.letters.LetterVerb.Party;
import de.smartcity.consortium.letters.LetterVerb.Person;
import de.smartcity.consortium.letters.model.EditionState;
import de.smartcity.consortium.letters.model.LetterModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The verbs that people sent to one letter at the same time, and what each was answered. The events of the letter say in which order those were made
 * that were accepted. In that order the rules must accept them, too, and make of them what is stored; and each that was refused must have met a
 * moment, between being sent and answered, at which the rules refuse it. Each person sends one verb after the other.
 */
public final class LetterHistory {

    /** What {@link #answered} is told of a verb that was made. */
    public static final String MADE = "made";

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<String> CONSEQUENCES = Set.of(
            "LETTER_IN_FORCE",
            "LETTER_SUPERSEDED",
            "LETTER_LAPSED",
            "LETTER_EXPIRED",
            "LETTER_PARTY_LEFT",
            "LETTER_TERMINATED");

    private final List<Party> parties;
    private final List<Person> people;
    private final LetterVerb draft;
    private final AtomicInteger moments = new AtomicInteger();
    private final List<Sent> all = new ArrayList<>();

    /**
     * A verb and its answer.
     *
     * @param today the day on which it was sent
     * @param since the moment at which it was sent
     * @param until the moment at which it was answered
     */
    private record Sent(LetterVerb verb, LocalDate today, int since, int until, String outcome) {}

    /** The history of a letter that is drafted so. */
    public LetterHistory(List<Party> parties, List<Person> people, LetterVerb draft) {
        this.parties = parties;
        this.people = people;
        this.draft = draft;
    }

    /** The moment at which a verb is sent. */
    public int now() {
        return moments.incrementAndGet();
    }

    /** @param outcome {@link #MADE}, or why it was refused */
    public synchronized void answered(LetterVerb verb, LocalDate today, int since, String outcome) {
        all.add(new Sent(verb, today, since, now(), outcome));
    }

    /** How many verbs were made, and how many refused for each reason. */
    public synchronized Map<String, Long> outcomes() {
        return all.stream().collect(Collectors.groupingBy(Sent::outcome, Collectors.counting()));
    }

    /** How many verbs of each kind were made. */
    public synchronized Map<Kind, Long> made() {
        return all.stream()
                .filter(sent -> sent.outcome().equals(MADE))
                .collect(Collectors.groupingBy(sent -> sent.verb().kind(), Collectors.counting()));
    }

    /**
     * Compares the history with what is stored, after what is due by a day was done.
     *
     * @param settled whether the service itself has saved the letter, too, because of days
     */
    public synchronized void check(MongoDatabase database, UUID id, LocalDate today, boolean settled) {
        // Before the log, so that an event that is published meanwhile is in at least one of both.
        var letter = Objects.requireNonNull(database.getCollection("letters")
                .find(Filters.eq("_id", id))
                .limit(1)
                .first());
        var events = events(database, letter);
        assertThat(events).extracting(event -> event.get("event")).doesNotHaveDuplicates();
        var made = inOrder(events);
        // The draft is version 0.
        var saved = letter.getLong("version").intValue();
        assertThat(saved).as("saves, one for each verb").isGreaterThanOrEqualTo(made.size());
        if (!settled) {
            assertThat(saved).as("saves, one for each verb").isEqualTo(made.size());
        }
        var replay = new Replay(letter, saved - made.size());
        replay.run(events, made);
        replay.check(forms(database, letter), today);
        replay.checkConsequences(events, today);
    }

    /** The events of a letter in their order: those in the log, and those that still wait. */
    private static List<Document> events(MongoDatabase database, Document letter) {
        var events = database.getCollection("activity")
                .find(Filters.eq("subject", letter.get("_id")))
                .sort(Sorts.ascending("_id"))
                .into(new ArrayList<>());
        var published = events.stream().map(event -> event.get("event")).collect(Collectors.toSet());
        letter.get("outbox", Document.class).getList("events", Document.class).stream()
                .filter(event -> !published.contains(event.get("_id")))
                .forEach(event -> events.add(event.append("event", event.get("_id"))));
        return events;
    }

    /** What was offered of a letter, by digest. */
    private static Map<String, Document> forms(MongoDatabase database, Document letter) {
        var digests = letter.getList("editions", Document.class).stream()
                .map(edition -> edition.getString("digest"))
                .filter(Objects::nonNull)
                .toList();
        return database
                .getCollection("letterEditions")
                .find(Filters.in("_id", digests))
                .into(new ArrayList<>())
                .stream()
                .collect(Collectors.toMap(form -> form.getString("_id"), form -> form));
    }

    /** The verbs that were made, in the order of their events; each has one. */
    private List<Sent> inOrder(List<Document> events) {
        var waiting = new HashMap<String, Deque<Sent>>();
        all.stream()
                .filter(sent -> sent.outcome().equals(MADE))
                .forEach(sent -> waiting.computeIfAbsent(account(sent.verb()), account -> new ArrayDeque<>())
                        .add(sent));
        var made = new ArrayList<Sent>();
        for (var event : deeds(events)) {
            var next = waiting.getOrDefault(event.getString("account"), new ArrayDeque<>())
                    .poll();
            assertThat(next).as("the acknowledged change of %s", event).isNotNull();
            var sent = Objects.requireNonNull(next);
            assertThat(event.getString("type"))
                    .as("the event of %s", sent)
                    .isEqualTo(sent.verb().kind().event());
            made.add(sent);
        }
        assertThat(waiting.values()).as("acknowledged changes without an event").allMatch(Deque::isEmpty);
        var sentLast = 0;
        for (var sent : made) {
            assertThat(sent.until())
                    .as("%s before what was sent after its answer", sent)
                    .isGreaterThan(sentLast);
            sentLast = Math.max(sentLast, sent.since());
        }
        return made;
    }

    /** The events of verbs, without that of the draft. */
    private static List<Document> deeds(List<Document> events) {
        assertThat(events.getFirst().getString("type")).isEqualTo(Kind.DRAFT.event());
        return events.stream()
                .skip(1)
                .filter(event -> !CONSEQUENCES.contains(event.getString("type")))
                .toList();
    }

    private static LocalDate day(Document event) {
        return event.getDate("at").toInstant().atZone(BERLIN).toLocalDate();
    }

    private String account(LetterVerb verb) {
        return people.get(verb.person()).account();
    }

    /** The letter as the rules make it of what was accepted. */
    private final class Replay {

        private final Document letter;
        private final int slack;
        private final List<Document> stored;
        private final Map<String, Integer> editions = new HashMap<>();
        private final LetterModel model =
                new LetterModel(partner -> parties.get(partner).needed());
        private final List<LetterVerb> offered = new ArrayList<>();
        private final List<Map<Integer, List<LetterVerb>>> answers = new ArrayList<>();
        private LetterVerb drafted = draft;
        private int saves;

        Replay(Document letter, int slack) {
            this.letter = letter;
            this.slack = slack;
            this.stored = letter.getList("editions", Document.class);
            stored.stream()
                    .filter(edition -> edition.containsKey("digest"))
                    .forEach(edition -> editions.put(edition.getString("digest"), edition.getInteger("number") - 1));
        }

        void run(List<Document> events, List<Sent> made) {
            var open = refused(made);
            var days = deeds(events).stream().map(LetterHistory::day).toList();
            explain(open);
            for (var sent : made) {
                assertThat(accepts(sent.verb(), days.get(saves), slack))
                        .as("the rules accept %s after %s", sent, made.subList(0, saves))
                        .isTrue();
                make(sent.verb(), days.get(saves));
                saves++;
                explain(open);
            }
            assertThat(open)
                    .as("refused, although the rules accepted it all the time")
                    .isEmpty();
        }

        /** Those that were refused, each with how many others were made before it at least and at most. */
        private List<Refused> refused(List<Sent> made) {
            return all.stream()
                    .filter(sent -> !sent.outcome().equals(MADE))
                    .map(sent -> {
                        var least = IntStream.range(0, made.size())
                                .filter(index -> made.get(index).until() < sent.since())
                                .max()
                                .orElse(-1);
                        var most = IntStream.range(0, made.size())
                                .filter(index -> made.get(index).since() > sent.until())
                                .min()
                                .orElse(made.size());
                        return new Refused(sent, least + 1, most);
                    })
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        private record Refused(Sent sent, int least, int most) {}

        private void explain(List<Refused> open) {
            open.removeIf(refused -> saves >= refused.least()
                    && saves <= refused.most()
                    && (!accepts(refused.sent().verb(), refused.sent().today(), 0) || mayBeStale(refused)));
        }

        /** With saves of the service itself among them, the number of verbs does not say which version it was. */
        private boolean mayBeStale(Refused refused) {
            return slack > 0 && refused.sent().outcome().equals("version.stale");
        }

        /** The edition that a verb is about; negative if it is about none that was ever offered. */
        private int edition(LetterVerb verb) {
            return editions.getOrDefault(verb.digest(), -1);
        }

        /** @param more so many saves of the service itself may have come before */
        private boolean accepts(LetterVerb verb, LocalDate today, int more) {
            var person = people.get(verb.person());
            var edition = edition(verb);
            var isOffered = edition >= 0 && edition < model.editions();
            var initiates = person.partner() == 0;
            var isFresh = verb.version() >= saves && verb.version() <= saves + more;
            return switch (verb.kind()) {
                case DRAFT -> false;
                case EDIT -> initiates && person.edits() && model.isDrafting() && isFresh;
                case OFFER -> initiates && person.signs() && model.mayOffer(drafted.demandTerms(), today) && isFresh;
                case AMEND -> initiates && person.signs() && model.mayAmend(today);
                case WITHDRAW -> initiates && person.signs() && isOffered && model.mayWithdraw(edition, today);
                case SIGN, RESERVE, DECLINE, LIFT, LEAVE, TERMINATE, WITHDRAW_NOTICE ->
                    person.signs() && isOffered && model.mayDo(edition, verb.deed(person.partner()), today);
            };
        }

        private void make(LetterVerb verb, LocalDate today) {
            switch (verb.kind()) {
                case EDIT -> drafted = verb;
                case OFFER -> {
                    model.offer(drafted.demandTerms());
                    offered.add(drafted);
                    answers.add(new HashMap<>());
                }
                case AMEND -> drafted = offered.getLast().agreeing(model.amend(today));
                case WITHDRAW -> model.withdraw(edition(verb), today);
                case SIGN, RESERVE, DECLINE, LIFT, LEAVE, TERMINATE, WITHDRAW_NOTICE -> {
                    var edition = edition(verb);
                    var partner = people.get(verb.person()).partner();
                    model.make(edition, verb.deed(partner), today);
                    answers.get(edition)
                            .computeIfAbsent(partner, none -> new ArrayList<>())
                            .add(verb);
                }
                case DRAFT -> throw new AssertionError(verb);
            }
        }

        void check(Map<String, Document> forms, LocalDate today) {
            assertThat(stored).hasSize(model.editions() + (model.isDrafting() ? 1 : 0));
            assertThat(editions).as("editions that were offered").hasSize(model.editions());
            for (var edition = 0; edition < model.editions(); edition++) {
                checkEdition(edition, stored.get(edition), today);
                checkForm(edition, stored.get(edition), forms);
            }
            if (model.isDrafting()) {
                assertThat(stored.getLast())
                        .containsEntry("state", EditionState.DRAFT.name())
                        .doesNotContainKey("digest");
                checkTerms(drafted, stored.getLast().get("terms", Document.class));
                assertThat(letter.get("draftText")).asString().contains("Text of " + drafted.mark());
            } else {
                assertThat(letter.get("draftText")).isNull();
            }
            var files = stored.stream().flatMap(this::files).collect(Collectors.toSet());
            assertThat(Set.copyOf(letter.getList("files", UUID.class, List.of())))
                    .isEqualTo(files);
        }

        private Stream<UUID> files(Document edition) {
            var terms = edition.get("terms", Document.class);
            return Stream.concat(
                    Stream.concat(
                            Stream.ofNullable(terms.get("document", UUID.class)),
                            terms.getList("annexes", UUID.class, List.of()).stream()),
                    edition.getList("answers", Document.class, List.of()).stream()
                            .flatMap(answer -> answer.getList("signatures", Document.class, List.of()).stream())
                            .flatMap(signature -> Stream.of("document", "powerOfAttorney")
                                    .map(field -> signature.get(field, UUID.class))
                                    .filter(Objects::nonNull)));
        }

        private void checkEdition(int number, Document edition, LocalDate today) {
            assertThat(edition).containsEntry("number", number + 1);
            assertThat(edition.getString("state"))
                    .as("edition %s", number + 1)
                    .isEqualTo(model.state(number, today).name());
            for (var day : Map.<String, Function<Integer, @Nullable LocalDate>>of(
                            "completedOn", model::completedOn,
                            "inForceSince", index -> model.inForceSince(index, today),
                            "closedSince", index -> model.closedSince(index, today))
                    .entrySet()) {
                assertThat(edition.getString(day.getKey()))
                        .as("%s of edition %s", day.getKey(), number + 1)
                        .isEqualTo(text(day.getValue().apply(number)));
            }
            checkTerms(offered.get(number), edition.get("terms", Document.class));
            var asked =
                    new ArrayList<>(offered.get(number).demandTerms().parties().keySet());
            var given = edition.getList("answers", Document.class);
            assertThat(given).hasSameSizeAs(asked);
            for (var index = 0; index < asked.size(); index++) {
                checkAnswer(number, asked.get(index), given.get(index), edition.getString("digest"));
                checkLeaving(number, asked.get(index), given.get(index), edition, today);
            }
        }

        /** Since when and until when a partner is a party, and what it has said of that. */
        private void checkLeaving(int edition, int partner, Document answer, Document stored, LocalDate today) {
            var where = "partner " + partner + " in edition " + (edition + 1) + ": " + stored;
            if (model.since(edition, partner, today) != null) {
                assertThat(answer.get("joinedOn", stored.getString("inForceSince")))
                        .as(where)
                        .isEqualTo(text(model.since(edition, partner, today)));
            }
            assertThat(answer.getString("until")).as(where).isEqualTo(text(model.until(edition, partner, today)));
            assertThat(partner == 0 ? answer.get("notice") : null).isNull();
            var notice = (partner == 0 ? stored : answer).get(partner == 0 ? "termination" : "notice", Document.class);
            var said = answers.get(edition).getOrDefault(partner, List.of()).stream()
                    .filter(verb -> verb.kind().isNotice())
                    .reduce((first, second) -> second)
                    .filter(verb -> verb.kind() != Kind.WITHDRAW_NOTICE);
            assertThat(notice == null ? null : notice.getString("on"))
                    .as(where)
                    .isEqualTo(text(model.notice(edition, partner)));
            assertThat(notice == null ? null : notice.getString("reason"))
                    .as(where)
                    .isEqualTo(said.map(LetterVerb::mark).orElse(null));
            assertThat(notice == null ? null : notice.getEmbedded(List.of("by", "account"), String.class))
                    .as(where)
                    .isEqualTo(said.map(LetterHistory.this::account).orElse(null));
        }

        private void checkAnswer(int edition, int partner, Document answer, String digest) {
            var where = "partner " + partner + " in edition " + (edition + 1) + ": " + answer;
            assertThat(answer.get("partner")).isEqualTo(id(partner));
            assertThat(answer.getString("state"))
                    .as(where)
                    .isEqualTo(model.answer(edition, partner).name());
            assertThat(answer.getInteger("signaturesRequired"))
                    .isEqualTo(parties.get(partner).needed());
            var made = answers.get(edition).getOrDefault(partner, List.of());
            var signatures = answer.getList("signatures", Document.class);
            assertThat(signatures)
                    .as(where)
                    .extracting(signature -> described(signature, "function"))
                    .containsExactlyElementsOf(made.stream()
                            .filter(verb -> verb.kind().isSignature())
                            .map(this::described)
                            .toList());
            assertThat(signatures).as(where).allMatch(signature -> digest.equals(signature.getString("digest")));
            checkCounting(signatures, model.countingSignatures(edition, partner));
            var liftings = answer.getList("liftings", Document.class);
            assertThat(liftings)
                    .as(where)
                    .extracting(lifting -> lifting.getString("reference"))
                    .containsExactlyElementsOf(made.stream()
                            .filter(verb -> verb.kind() == Kind.LIFT)
                            .map(LetterVerb::mark)
                            .toList());
            checkCounting(liftings, model.countingLiftings(edition, partner));
            var declined = made.stream()
                    .filter(verb -> verb.kind() == Kind.DECLINE)
                    .reduce((first, second) -> second)
                    .map(LetterVerb::mark)
                    .orElse(null);
            var stated = answer.get("declined", Document.class);
            assertThat(stated == null ? null : stated.getString("comment"))
                    .as(where)
                    .isEqualTo(declined);
        }

        /** Of all that somebody stated, the last so many count. */
        private static void checkCounting(List<Document> all, long counting) {
            assertThat(all.stream().map(each -> each.getBoolean("counts")).toList())
                    .isEqualTo(IntStream.range(0, all.size())
                            .mapToObj(index -> index >= all.size() - counting)
                            .toList());
        }

        private String described(LetterVerb verb) {
            return String.join(
                    "; ",
                    account(verb),
                    verb.mark(),
                    verb.digest(),
                    verb.kind() == Kind.RESERVE ? verb.mark() : "none",
                    String.valueOf(file(verb.document())),
                    String.valueOf(file(verb.powerOfAttorney())));
        }

        private static String described(Document signature, String function) {
            var by = signature.get("by", Document.class);
            var reservation = signature.get("reservation", Document.class);
            return String.join(
                    "; ",
                    by.getString("account"),
                    by.getString(function),
                    signature.getString("digest"),
                    reservation == null ? "none" : reservation.getString("body"),
                    String.valueOf(signature.get("document")),
                    String.valueOf(signature.get("powerOfAttorney")));
        }

        private void checkTerms(LetterVerb verb, Document terms) {
            var agreed = verb.demandTerms();
            assertThat(terms.get("title")).asString().contains(verb.mark());
            assertThat(terms.getString("lapsesOn")).isEqualTo(text(agreed.lapses()));
            assertThat(terms.getString("inForceOn")).isEqualTo(text(agreed.from()));
            assertThat(terms.getString("endsOn")).isEqualTo(text(agreed.until()));
            assertThat(terms.getInteger("noticeDays")).isEqualTo(agreed.notice());
            assertThat(terms.get("document")).isEqualTo(file(verb.document()));
            assertThat(terms.getList("annexes", UUID.class, List.of()))
                    .isEqualTo(verb.annexes().stream().map(LetterHistory::file).toList());
            var asked = new LinkedHashMap<Object, Object>();
            terms.getList("parties", Document.class)
                    .forEach(party -> asked.put(party.get("partner"), party.get("requirement")));
            assertThat(List.copyOf(asked.entrySet()))
                    .isEqualTo(agreed.parties().entrySet().stream()
                            .map(party -> Map.entry(
                                    id(party.getKey()), party.getValue().name()))
                            .toList());
        }

        private void checkForm(int number, Document edition, Map<String, Document> forms) {
            var digest = edition.getString("digest");
            assertThat(forms).as("what was offered").containsKey(digest);
            var form = Objects.requireNonNull(forms.get(digest)).getString("canonicalForm");
            assertThat(sha256(form)).isEqualTo(digest);
            var lines = form.split("\n", 4);
            assertThat(lines)
                    .startsWith("letter-edition/1", String.valueOf(letter.get("_id")), String.valueOf(number + 1));
            var content = JsonMapper.shared().readTree(lines[3]);
            var verb = offered.get(number);
            assertThat(content.at("/title/de").asString()).isEqualTo(verb.mark());
            assertThat(content.at("/text/de").asString()).isEqualTo("Text of " + verb.mark());
            assertThat(content.path("parties").valueStream())
                    .extracting(party -> party.path("partner").asString() + " "
                            + party.path("requirement").asString() + " "
                            + party.path("signaturesRequired").asInt())
                    .containsExactlyElementsOf(verb.demandTerms().parties().entrySet().stream()
                            .map(party -> id(party.getKey()) + " " + party.getValue() + " "
                                    + parties.get(party.getKey()).needed())
                            .toList());
            assertThat(content.path("annexes")).hasSameSizeAs(verb.annexes());
            assertThat(content.has("document")).isEqualTo(verb.document() != null);
        }

        /** What follows from the verbs and the days happens once. */
        void checkConsequences(List<Document> events, LocalDate today) {
            var expected = new HashMap<String, Long>();
            for (var edition = 0; edition < model.editions(); edition++) {
                if (model.inForceSince(edition, today) != null) {
                    expected.merge("LETTER_IN_FORCE", 1L, Long::sum);
                }
                var number = edition;
                var left = IntStream.range(0, parties.size())
                        .filter(partner -> model.until(number, partner, today) != null)
                        .count();
                if (left > 0) {
                    expected.merge("LETTER_PARTY_LEFT", left, Long::sum);
                }
                switch (model.state(edition, today)) {
                    case TERMINATED -> expected.merge("LETTER_TERMINATED", 1L, Long::sum);
                    case LAPSED -> expected.merge("LETTER_LAPSED", 1L, Long::sum);
                    case EXPIRED -> expected.merge("LETTER_EXPIRED", 1L, Long::sum);
                    case SUPERSEDED -> expected.merge("LETTER_SUPERSEDED", 1L, Long::sum);
                    default -> {}
                }
            }
            assertThat(events.stream()
                            .map(event -> event.getString("type"))
                            .filter(CONSEQUENCES::contains)
                            .collect(Collectors.groupingBy(type -> type, Collectors.counting())))
                    .isEqualTo(expected);
        }

        private UUID id(int partner) {
            return GlobalId.parse(parties.get(partner).id(), "Partner");
        }
    }

    private static @Nullable UUID file(@Nullable String id) {
        return id == null ? null : GlobalId.parse(id, "File");
    }

    private static @Nullable String text(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
