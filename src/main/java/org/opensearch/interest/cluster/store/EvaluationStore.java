package org.opensearch.interest.cluster.store;

import org.opensearch.ExceptionsHelper;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.bulk.BulkAction;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.delete.DeleteRequest;
import org.opensearch.action.get.GetAction;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.index.IndexAction;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchAction;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.sort.SortOrder;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores evaluation reports, one document each, the last {@value #KEPT} of every tracker. They hold figures and names
 * of settings, and no user's data.
 */
public final class EvaluationStore {
    /** Reports kept per tracker: more than people compare. A report's page with plots takes 100 KB. */
    public static final int KEPT = 20;
    private static final String MAPPING = """
        {"dynamic":false,"properties":{"tracker":{"type":"keyword"},"created":{"type":"date","format":"epoch_millis"}}}""";
    private static final String TRACKER = "tracker";
    private static final String CREATED = "created";
    private static final String SUMMARY = "summary";
    private static final String JSON = "json";
    private static final String TEXT = "text";
    private static final String HTML = "html";

    private final SystemClient client;
    private final InterestIndex indices;

    /**
     * One evaluation report in three forms.
     *
     * @param id      unique
     * @param created in milliseconds since 1970
     * @param summary a JSON object, shown in lists
     * @param json    the report
     * @param text    for terminals
     * @param html    a page that loads no other resources
     */
    public record Kept(String id, long created, String summary, String json, String text, String html) {}

    public EvaluationStore(SystemClient client, InterestIndex indices) {
        this.client = client;
        this.indices = indices;
    }

    /** Stores a report and deletes those before the last {@value #KEPT}. */
    public void put(Tracker tracker, Kept report, ActionListener<Void> listener) {
        indices.ensure(InterestIndex.EVALUATIONS, MAPPING, ActionListener.wrap(ready -> {
            Map<String, Object> source = new HashMap<>();
            source.put(TRACKER, tracker.uid());
            source.put(CREATED, report.created());
            source.put(SUMMARY, report.summary());
            source.put(JSON, report.json());
            source.put(TEXT, report.text());
            source.put(HTML, report.html());
            IndexRequest index = new IndexRequest(InterestIndex.EVALUATIONS).id(report.id())
                .source(source)
                .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
            client.execute(
                IndexAction.INSTANCE, index,
                ActionListener.wrap(indexed -> drop(tracker.uid(), KEPT, listener), listener::onFailure)
            );
        }, listener::onFailure));
    }

    /** Returns the tracker's reports, latest first, with only id, time and summary. */
    public void list(Tracker tracker, ActionListener<List<Kept>> listener) {
        if (indices.exists(InterestIndex.EVALUATIONS) == false) {
            listener.onResponse(List.of());
            return;
        }
        SearchSourceBuilder source = of(tracker.uid(), 0, KEPT).fetchSource(new String[]{ CREATED, SUMMARY }, null);
        client.execute(SearchAction.INSTANCE, search(source), ActionListener.map(listener, found -> {
            return Arrays.stream(found.getHits().getHits())
                .map(hit -> report(hit.getId(), hit.getSourceAsMap()))
                .toList();
        }));
    }

    /** Returns a report; fails with 404 if the tracker has no such report. */
    public void get(Tracker tracker, String id, ActionListener<Kept> listener) {
        if (indices.exists(InterestIndex.EVALUATIONS) == false) {
            listener.onFailure(unknown(tracker, id));
            return;
        }
        client.execute(GetAction.INSTANCE, new GetRequest(InterestIndex.EVALUATIONS, id), ActionListener.wrap(found -> {
            if (found.isExists() && tracker.uid().equals(found.getSourceAsMap().get(TRACKER))) {
                listener.onResponse(report(id, found.getSourceAsMap()));
            } else {
                listener.onFailure(unknown(tracker, id));
            }
        }, e -> listener
            .onFailure(ExceptionsHelper.unwrapCause(e) instanceof IndexNotFoundException ? unknown(tracker, id) : e)
        ));
    }

    /** Deletes all reports of a tracker, by its uid; succeeds also if there is none. */
    void delete(String uid, ActionListener<Void> listener) {
        if (indices.exists(InterestIndex.EVALUATIONS) == false) {
            listener.onResponse(null);
            return;
        }
        drop(uid, 0, listener);
    }

    /** Deletes all reports but the latest {@code keep}. Two concurrent evaluations may leave one more for a while. */
    private void drop(String uid, int keep, ActionListener<Void> listener) {
        client.execute(
            SearchAction.INSTANCE, search(of(uid, keep, 10 * KEPT).fetchSource(false)), ActionListener.wrap(found -> {
                SearchHit[] surplus = found.getHits().getHits();
                if (surplus.length == 0) {
                    listener.onResponse(null);
                    return;
                }
                BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
                Arrays.stream(surplus)
                    .forEach(hit -> bulk.add(new DeleteRequest(InterestIndex.EVALUATIONS, hit.getId())));
                client.execute(BulkAction.INSTANCE, bulk, ActionListener.map(listener, deleted -> null));
            }, listener::onFailure)
        );
    }

    private static SearchSourceBuilder of(String uid, int from, int size) {
        return new SearchSourceBuilder().query(QueryBuilders.termQuery(TRACKER, uid))
            .sort(CREATED, SortOrder.DESC)
            .from(from)
            .size(size);
    }

    private static SearchRequest search(SearchSourceBuilder source) {
        return new SearchRequest(InterestIndex.EVALUATIONS).source(source);
    }

    private static Kept report(String id, Map<String, Object> source) {
        return new Kept(
            id, ((Number) source.get(CREATED)).longValue(), (String) source.get(SUMMARY), (String) source.get(JSON),
            (String) source.get(TEXT), (String) source.get(HTML)
        );
    }

    private static ResourceNotFoundException unknown(Tracker tracker, String id) {
        return new ResourceNotFoundException(
            "[interest] no evaluation [{}] of tracker [{}]; GET /_plugins/_interest/trackers/{}/_evaluate lists the last [{}]",
            id, tracker.name(), tracker.name(), KEPT
        );
    }
}
