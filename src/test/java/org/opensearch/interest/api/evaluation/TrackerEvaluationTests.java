package org.opensearch.interest.api.evaluation;

import org.opensearch.action.admin.cluster.node.tasks.cancel.CancelTasksRequest;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.RestCall;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.CalibrateRequest;
import org.opensearch.interest.api.tracker.RestTrackerAction;
import org.opensearch.interest.api.tracker.TransportCalibrateAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.plugins.Plugin;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.search.SearchHit;
import org.opensearch.tasks.Task;
import org.opensearch.test.OpenSearchSingleNodeTestCase;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.node.NodeClient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tests of evaluations on one node. The users of the shop change to another kind of items every three weeks, so a
 * half-life of days ranks best.
 */
public class TrackerEvaluationTests extends OpenSearchSingleNodeTestCase {
    private static final String TRACKER = "/_plugins/_interest/trackers/shop";
    private static final String EVALUATE = TRACKER + "/_evaluate";
    private static final long DAY = 86_400_000L;
    private static final int KINDS = 6;
    private static final int ITEMS = 60;
    private static final String QUICK = "\"methods\":[\"random\",\"popular\",\"interest_content\"],\"seed\":7";

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    @Override
    public void setUp() throws Exception {
        super.setUp();
        client().admin()
            .indices()
            .prepareCreate("products")
            .setMapping("embedding", "type=interest_vector,dimension=8", "title", "type=text")
            .get();
        SplittableRandom random = new SplittableRandom(3);
        BulkRequest items = new BulkRequest("products").setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        for (int i = 0; i < ITEMS; i++) {
            List<Double> vector = new ArrayList<>();
            for (int d = 0; d < 8; d++) {
                vector.add(random.nextDouble() - 0.3 + (d == i % KINDS ? 2 : 0));
            }
            items.add(
                new IndexRequest().id("item" + i)
                    .source(Map.of("embedding", vector, "title", "kind" + i % KINDS + " number " + i))
            );
        }
        assertFalse(client().bulk(items).actionGet().hasFailures());
        assertEquals(
            200, send(Method.PUT, TRACKER, "{\"items\":{\"index\":\"products\",\"title_field\":\"title\"}}").status()
        );
    }

    private RestCall.Answer send(Method method, String path, String json) throws Exception {
        return new RestCall(
            getInstanceFromNode(NodeClient.class), new RestTrackerAction(), new RestEvaluateAction(),
            new RestGetEvaluationsAction()
        ).send(method, path, json);
    }

    private Map<String, Object> evaluate(String parameters, String body) throws Exception {
        RestCall.Answer answer = send(Method.POST, EVALUATE + parameters, body);
        assertEquals(answer.json().toString(), 200, answer.status());
        return answer.json();
    }

    /**
     * Records events of forty users over two hundred days; each user clicks on items of one kind for three weeks at a
     * time.
     */
    private void history() {
        SplittableRandom random = new SplittableRandom(5);
        long start = System.currentTimeMillis() / DAY * DAY - 200 * DAY;
        List<RawEvent> events = new ArrayList<>();
        for (int user = 0; user < 40; user++) {
            int shift = random.nextInt(21);
            int kind = random.nextInt(KINDS);
            for (int day = 0; day < 198; day += 3) {
                if ((day + shift) / 21 > (day - 3 + shift) / 21) {
                    kind = (kind + 1 + random.nextInt(KINDS - 1)) % KINDS;
                }
                int item = random.nextInt(ITEMS / KINDS) * KINDS + kind;
                Map<String, Object> event = new HashMap<>(
                    Map.of("user", "person-" + user, "type", "click", "item", "item" + item)
                );
                event.put("timestamp", start + day * DAY + random.nextInt((int) DAY));
                events.add(RawEvent.of(event));
            }
        }
        send(events);
    }

    private void send(List<RawEvent> events) {
        for (int i = 0; i < events.size(); i += 500) {
            TrackEventsRequest request = new TrackEventsRequest(
                "shop", events.subList(i, Math.min(i + 500, events.size())), RefreshPolicy.NONE
            );
            client().execute(TransportTrackEventsAction.TYPE, request)
                .actionGet()
                .results()
                .forEach(result -> assertNull(result.failure()));
        }
    }

    private static double number(Map<?, ?> json, String... path) {
        Object value = json;
        for (String key : path) {
            value = ((Map<?, ?>) value).get(key);
        }
        return ((Number) value).doubleValue();
    }

    private static Object at(Map<?, ?> json, String... path) {
        Object value = json;
        for (String key : path) {
            value = ((Map<?, ?>) value).get(key);
        }
        return value;
    }

    /**
     * Records events in which every click on an item of the first half is followed by a click on its partner, an item
     * of another kind.
     */
    private void partners() {
        SplittableRandom random = new SplittableRandom(11);
        long start = System.currentTimeMillis() / DAY * DAY - 200 * DAY;
        List<RawEvent> events = new ArrayList<>();
        for (int user = 0; user < 80; user++) {
            List<Integer> order = IntStream.range(0, ITEMS / 2).boxed().collect(Collectors.toList());
            Collections.shuffle(order, new Random(user));
            for (int day = random.nextInt(32); day < 180; day += 32) {
                int item = order.get(day / 32);
                for (int each : new int[]{ item, ITEMS / 2 + (11 * item + 1) % (ITEMS / 2) }) {
                    Map<String, Object> event = new HashMap<>(
                        Map.of("user", "person-" + user, "type", "click", "item", "item" + each)
                    );
                    event.put("timestamp", start + (each == item ? day : day + 16) * DAY + random.nextInt((int) DAY));
                    events.add(RawEvent.of(event));
                }
            }
        }
        send(events);
    }

    public void testAppliesWhatGoesTogetherWhereItIsBetterAndSearchesRankByIt() throws Exception {
        partners();
        Map<String, Object> applied = evaluate("?apply=true", "{\"methods\":[\"popular\"],\"seed\":7}");
        assertEquals(applied.toString(), true, at(applied, "proposal", "applied"));
        assertTrue(applied.toString(), number(applied, "proposal", "settings", "blend", "related") > 0);
        Map<String, Object> now = send(Method.GET, TRACKER, null).json();
        assertEquals(at(applied, "proposal", "settings", "blend"), now.get("blend"));
        assertEquals(applied.get("id"), at(now, "evaluation", "report"));
        assertTrue(number(now, "evaluation", "after") > number(now, "evaluation", "before"));

        client().execute(TransportCalibrateAction.TYPE, new CalibrateRequest("shop", false)).actionGet();
        SearchResponse found = client().prepareSearch("products")
            .setExplain(true)
            .setQuery(QueryBuilders.wrapperQuery("{\"interest\":{\"tracker\":\"shop\",\"user\":\"person-1\"}}"))
            .get();
        String told = found.getHits().getAt(0).getExplanation().toString();
        assertTrue(told, told.contains("related, engaged with by users who engaged with the user's items"));

        // a tracker put again unchanged keeps its evaluation result; a tracker with other weights does not
        assertEquals(200, send(Method.PUT, TRACKER, json(now)).status());
        assertNotNull(send(Method.GET, TRACKER, null).json().get("evaluation"));
        now.put("blend", Map.of("related", 0.123));
        assertEquals(200, send(Method.PUT, TRACKER, json(now)).status());
        assertNull(send(Method.GET, TRACKER, null).json().get("evaluation"));
    }

    public void testProposesAndAppliesWhatIsBetterAndKeepsTheEvidence() throws Exception {
        history();
        Map<String, Object> before = send(Method.GET, TRACKER, null).json();
        Map<String, Object> first = evaluate("", "{" + QUICK + "}");
        assertEquals(before, send(Method.GET, TRACKER, null).json());
        assertTrue(
            first.toString(),
            number(first, "proposal", "after", "value") > 2 * number(first, "proposal", "before", "value")
        );
        assertEquals(first.toString(), true, at(first, "proposal", "better"));
        assertEquals(false, at(first, "proposal", "applied"));
        assertTrue(List.of("7d", "30d").contains(at(first, "proposal", "settings", "long_term", "half_life")));

        // the same seed gives the same report
        Map<String, Object> again = evaluate("", "{" + QUICK + "}");
        first.remove("id");
        first.remove("created");
        String secondId = (String) again.remove("id");
        again.remove("created");
        assertEquals(first, again);

        Map<String, Object> applied = evaluate("?apply=true", "{" + QUICK + "}");
        assertEquals(applied.toString(), true, at(applied, "proposal", "applied"));
        Map<String, Object> now = send(Method.GET, TRACKER, null).json();
        assertEquals(at(applied, "proposal", "settings", "long_term"), now.get("long_term"));
        assertEquals(at(applied, "proposal", "settings", "topics"), now.get("topics"));
        assertEquals(applied.get("id"), at(now, "evaluation", "report"));
        assertTrue(number(now, "evaluation", "after") > number(now, "evaluation", "before"));

        // a tracker put again unchanged keeps its evaluation result; a changed tracker does not
        assertEquals(200, send(Method.PUT, TRACKER, json(now)).status());
        assertEquals(now, send(Method.GET, TRACKER, null).json());
        // no settings are better than the best, which are now in use
        Map<String, Object> third = evaluate("?apply=true", "{" + QUICK + "}");
        assertEquals(third.toString(), false, at(third, "proposal", "applied"));
        assertEquals(now, send(Method.GET, TRACKER, null).json());
        now.put("alpha", 0.11);
        assertEquals(200, send(Method.PUT, TRACKER, json(now)).status());
        assertNull(send(Method.GET, TRACKER, null).json().get("evaluation"));

        List<?> kept = (List<?>) send(Method.GET, EVALUATE, null).json().get("evaluations");
        assertEquals(4, kept.size());
        assertEquals(third.get("id"), ((Map<?, ?>) kept.get(0)).get("id"));
        Map<String, Object> read = send(Method.GET, EVALUATE + "/" + secondId, null).json();
        read.remove("id");
        read.remove("created");
        assertEquals(again, read);
        for (SearchHit hit : client().search(new SearchRequest(".plugins-interest-evaluations"))
            .actionGet()
            .getHits()) {
            assertFalse(hit.getSourceAsString().contains("person"));
            assertTrue(((String) hit.getSourceAsMap().get("html")).contains("<svg"));
            assertTrue(((String) hit.getSourceAsMap().get("text")).contains("interest_content"));
        }
        assertEquals(200, send(Method.DELETE, TRACKER, null).status());
        assertEquals(
            0,
            client().search(new SearchRequest(".plugins-interest-evaluations"))
                .actionGet()
                .getHits()
                .getTotalHits()
                .value()
        );
    }

    private static String json(Map<String, Object> object) throws Exception {
        try (var builder = org.opensearch.common.xcontent.XContentFactory.jsonBuilder()) {
            return builder.map(object).toString();
        }
    }

    public void testEventsInTheBodyAreReplayedInsteadAndFlagged() throws Exception {
        StringBuilder events = new StringBuilder();
        for (int user = 0; user < 20; user++) {
            for (int n = 0; n < 4; n++) {
                events.append(events.isEmpty() ? "" : ",")
                    .append("{\"user\":\"u")
                    .append(user)
                    .append("\",\"type\":\"click\",\"item\":\"item")
                    .append(user % KINDS + KINDS * n)
                    .append("\",\"timestamp\":\"2024-05-01T10:0")
                    .append(n)
                    .append(":00Z\"}");
            }
        }
        events.append(",{\"user\":\"u1\",\"type\":\"click\",\"item\":\"gone\",\"timestamp\":\"2024-05-01T10:00:00Z\"}");
        Map<String, Object> report = evaluate(
            "", "{\"protocol\":\"leave_one_out\"," + QUICK + ",\"events\":[" + events + "]}"
        );
        assertEquals(20, report.get("users"));
        assertEquals(ITEMS, report.get("items"));
        assertEquals("given", at(report, "protocol", "events"));
        String notes = report.get("notes").toString();
        assertTrue(notes, notes.contains("all events fall on one day: this data cannot show decay over days"));
        assertTrue(
            notes,
            notes.contains("[1] events of items that are not in [products], or not for you to read, were skipped")
        );
        assertTrue(notes, notes.contains("fewer than [30] cannot tell settings apart"));
        assertEquals(false, at(report, "proposal", "better"));
        RestCall.Answer refused = send(Method.POST, EVALUATE + "?apply=true", "{\"events\":[{}]}");
        assertEquals(400, refused.status());
        assertEquals(
            "[interest] [apply] must not be true beside [events]: only what the tracker's own users did may change it",
            refused.reason()
        );
    }

    /**
     * Each user views another kind of items than before; a vector event or an impression without a click indicates it
     * beforehand.
     */
    public void testVectorsAndWhatWasShownInVainAreEvidence() throws Exception {
        StringBuilder plain = new StringBuilder();
        StringBuilder told = new StringBuilder();
        for (int user = 0; user < 40; user++) {
            int kind = user % KINDS;
            int next = (kind + 1) % KINDS;
            String[] vector = new String[8];
            Arrays.setAll(vector, d -> d == next ? "2.2" : "0.2");
            String who = "{\"user\":\"u" + user + "\",\"timestamp\":\"2024-05-0";
            for (int n = 0; n < 3; n++) {
                plain.append(plain.isEmpty() ? "" : ",")
                    .append(who)
                    .append(n + 1)
                    .append("\",\"type\":\"click\",\"item\":\"item");
                plain.append(kind + KINDS * n).append("\"}");
            }
            plain.append(",")
                .append(who)
                .append("5\",\"type\":\"click\",\"item\":\"item")
                .append(next + KINDS * (user % 9))
                .append("\"}");
            told.append(",")
                .append(who)
                .append("4\",\"type\":\"click\",\"vector\":[")
                .append(String.join(",", vector))
                .append("],\"weight\":5}");
            told.append(",")
                .append(who)
                .append("4\",\"type\":\"impression\",\"items\":[\"item")
                .append(kind + KINDS * 4);
            told.append("\",\"nowhere\"]}");
        }
        String how = "{\"protocol\":\"leave_one_out\"," + QUICK + ",\"events\":[";
        Map<String, Object> without = evaluate("", how + plain + "]}");
        Map<String, Object> with = evaluate("", how + plain + told + "]}");
        assertEquals("what is only shown is no event of its own", 200, with.get("events"));
        assertFalse(with.get("notes").toString(), with.get("notes").toString().contains("passed over"));
        String[] ours = { "methods", "interest_content", "ndcg@10", "value" };
        assertTrue(with.toString(), number(with, ours) > number(without, ours) + 0.1);
        assertEquals(at(without, "methods", "popular"), at(with, "methods", "popular"));
    }

    public void testTenThousandCombinationsAndOneTimeForAllAreSaid() throws Exception {
        StringBuilder events = new StringBuilder();
        for (int user = 0; user < 12; user++) {
            for (int n = 0; n < 4; n++) {
                events.append(events.isEmpty() ? "" : ",")
                    .append("{\"user\":\"u")
                    .append(user)
                    .append("\",\"type\":\"click\",\"item\":\"item")
                    .append(user % KINDS + KINDS * n)
                    .append("\",\"timestamp\":1714557600000}");
            }
        }
        List<String> days = new ArrayList<>();
        for (int d = 1; d <= 50; d++) {
            days.add("\"" + d + "d\"");
        }
        String sweep = "{\"shapes\":[\"raw\",\"sum\"],\"topics\":[0],\"alpha\":[0.1,0.2,0.3,0.4,0.5],\"long_term\":"
            + days + ",\"short_term\":" + days.subList(0, 20) + "}";
        String methods = "\"methods\":[\"random\",\"interest_content\"]";
        String body = "{\"protocol\":\"leave_one_out\"," + methods + ",\"sweep\":" + sweep + ",\"events\":[" + events
            + "]}";
        Map<String, Object> report = evaluate("", body);
        String notes = report.get("notes").toString();
        assertTrue(notes, notes.contains("all events carry the same time: this data cannot show decay"));
        assertTrue(notes, notes.contains("of [10000] combinations [200], drawn by the seed, were tried"));
        assertEquals(200, ((Map<?, ?>) at(report, "sweep")).size());
        assertTrue(
            report.toString(),
            number(report, "methods", "swept", "ndcg@10", "value") > number(
                report, "methods", "random", "ndcg@10", "value"
            )
        );
        Map<String, Object> split = evaluate("", "{" + methods + ",\"events\":[" + events + "]}");
        assertTrue(
            split.toString(),
            split.get("notes")
                .toString()
                .contains("too little to measure, so no figures: the protocol [split] leaves [0] users")
        );
    }

    public void testTooLittleIsSaidInsteadOfFigures() throws Exception {
        Map<String, Object> nothing = evaluate("", null);
        assertEquals(Map.of(), nothing.get("methods"));
        assertTrue(nothing.toString(), nothing.get("notes").toString().contains("there is nothing to replay"));
        Map<String, Object> few = evaluate(
            "",
            "{\"events\":[{\"user\":\"a\",\"type\":\"click\",\"item\":\"item1\"},{\"user\":\"b\",\"type\":\"click\",\"item\":\"item2\"}]}"
        );
        assertEquals(Map.of(), few.get("methods"));
        assertTrue(
            few.toString(),
            few.get("notes")
                .toString()
                .contains(
                    "too little to measure, so no figures: the protocol [split] leaves [0] users to ask about of [2]"
                )
        );
    }

    public void testWhatIsWrongIsRefusedByName() throws Exception {
        for (Map.Entry<String, String> wrong : Map.of(
            "{\"protocol\":\"guess\"}",
            "[interest] [protocol] of evaluate request must be one of [split, leave_one_out, rolling], but was [guess]",
            "{\"users\":1}", "[interest] [users] of evaluate request must be a whole number in [2,20000], but was [1]",
            "{\"methods\":[\"magic\"]}", "[interest] [methods] of evaluate request: unknown method [magic]: there are",
            "{\"sweep\":{\"alpha\":[2]}}", "[interest] a sweep's [alpha] must be in [0,1], but was [2.0]",
            "{\"candidates\":\"few\"}",
            "[interest] [candidates] of evaluate request must be [all] or a whole number in [1,1000000], but was [few]",
            "{\"split\":\"soon\"}",
            "[interest] [split] of evaluate request must be ISO 8601 or milliseconds since 1970, but was [soon]",
            "{\"events\":[{\"user\":\"u\"}]}", "[interest] [events[0]] of evaluate request: [type] of event is missing",
            "{\"repeat\":true}", "[interest] unknown key [repeat] in evaluate request: allowed are"
        ).entrySet()) {
            RestCall.Answer answer = send(Method.POST, EVALUATE, wrong.getKey());
            assertEquals(answer.json().toString(), 400, answer.status());
            assertTrue(answer.reason(), answer.reason().startsWith(wrong.getValue()));
        }
        assertEquals(404, send(Method.POST, "/_plugins/_interest/trackers/nobody/_evaluate", null).status());
        assertEquals(404, send(Method.GET, EVALUATE + "/nothing", null).status());
        assertEquals(
            "[interest] [format] of a report must be one of [json, text, html], but was [pdf]",
            send(Method.GET, EVALUATE + "/x?format=pdf", null).reason()
        );
        assertEquals(List.of(), send(Method.GET, EVALUATE, null).json().get("evaluations"));
    }

    public void testMemoryIsRefusedBeforeItIsTaken() throws Exception {
        String limit = "indices.breaker.request.limit";
        client().admin()
            .cluster()
            .prepareUpdateSettings()
            .setTransientSettings(Settings.builder().put(limit, "1mb"))
            .get();
        try {
            RestCall.Answer answer = send(Method.POST, EVALUATE, "{}");
            assertEquals(answer.json().toString(), 429, answer.status());
            assertTrue(answer.reason(), answer.reason().contains("lower [max_items], [users], or [since]"));
        } finally {
            client().admin()
                .cluster()
                .prepareUpdateSettings()
                .setTransientSettings(Settings.builder().putNull(limit))
                .get();
        }
        evaluate("", "{}");
    }

    public void testOneAtATimeAFewWaitAndAWaitingOneCanBeCancelled() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ThreadPool threads = getInstanceFromNode(ThreadPool.class);
        threads.executor(TransportEvaluateAction.POOL).execute(() -> {
            try {
                release.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        List<PlainActionFuture<EvaluateResponse>> waiting = new ArrayList<>();
        Task task = null;
        for (int i = 0; i < 4; i++) {
            PlainActionFuture<EvaluateResponse> future = PlainActionFuture.newFuture();
            waiting.add(future);
            EvaluateRequest shop = new EvaluateRequest("shop", Map.of(), false, false);
            task = getInstanceFromNode(NodeClient.class).executeLocally(TransportEvaluateAction.TYPE, shop, future);
        }
        assertBusy(() -> assertEquals(4, queued(threads)), 60, TimeUnit.SECONDS);
        assertEquals(429, send(Method.POST, EVALUATE, "{}").status());
        assertEquals("evaluates tracker [shop]", task.getDescription());
        String node = getInstanceFromNode(NodeClient.class).getLocalNodeId();
        client().admin()
            .cluster()
            .cancelTasks(new CancelTasksRequest().setTaskId(new TaskId(node, task.getId())))
            .actionGet();
        release.countDown();
        for (PlainActionFuture<EvaluateResponse> future : waiting.subList(0, 3)) {
            assertNotNull(future.actionGet(60, TimeUnit.SECONDS));
        }
        TaskCancelledException cancelled = expectThrows(
            TaskCancelledException.class, () -> waiting.get(3).actionGet(60, TimeUnit.SECONDS)
        );
        assertTrue(
            cancelled.getMessage(),
            cancelled.getMessage().startsWith("[interest] cancelled while it evaluates tracker [shop]")
        );
        assertEquals(3, ((List<?>) send(Method.GET, EVALUATE, null).json().get("evaluations")).size());
    }

    private static int queued(ThreadPool threads) {
        return threads.stats().iterator().hasNext() == false ? 0
            : java.util.stream.StreamSupport.stream(threads.stats().spliterator(), false)
                .filter(pool -> pool.getName().equals(TransportEvaluateAction.POOL))
                .mapToInt(pool -> pool.getQueue())
                .sum();
    }

    public void testTravelsBetweenNodes() throws Exception {
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            new EvaluateRequest("shop", Map.of("k", 5), true, true).writeTo(out);
            EvaluateRequest read = new EvaluateRequest(out.bytes().streamInput());
            assertEquals(Map.of("k", 5), read.body);
            assertTrue(read.apply && read.getShouldStoreResult());
        }
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            EvaluateStatus status = new EvaluateStatus("ranking", 3, 9);
            status.writeTo(out);
            assertEquals(status, new EvaluateStatus(out.bytes().streamInput()));
        }
    }
}
