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
 * Reports of evaluations, a document each, the last few of every tracker. They hold figures and names of settings, and
 * nobody's name.
 */
public final class EvaluationStore {
    /** More than anybody compares; a page with plots takes a hundred kilobytes. */
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
     * One evaluation in the three forms that people read it in.
     *
     * @param id      unique
     * @param created in milliseconds since 1970
     * @param summary a JSON object, what lists show
     * @param json    the report
     * @param text    for terminals
     * @param html    a page that loads nothing
     */
    public record Kept(String id, long created, String summary, String json, String text, String html) {}

    public EvaluationStore(SystemClient client, InterestIndex indices) {
        this.client = client;
        this.indices = indices;
    }

    /** Keeps a report and drops those before the last {@value #KEPT}. */
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

    /** The latest first, with nothing but id, time and summary. */
    public void list(Tracker tracker, ActionListener<List<Kept>> listener) {
        if (indices.exists(InterestIndex.EVALUATIONS) == false) {
            listener.onResponse(List.of());
            return;
        }
        SearchSourceBuilder source = of(tracker.uid(), 0, KEPT).fetchSource(new String[]{ CREATED, SUMMARY }, null);
        client.execute(SearchAction.INSTANCE, search(source), ActionListener.map(listener, found -> {
            return Arrays.stream(found.getHits().getHits())
                .map(hit -> kept(hit.getId(), hit.getSourceAsMap()))
                .toList();
        }));
    }

    /** Fails with 404 where the tracker has no such report. */
    public void get(Tracker tracker, String id, ActionListener<Kept> listener) {
        if (indices.exists(InterestIndex.EVALUATIONS) == false) {
            listener.onFailure(unknown(tracker, id));
            return;
        }
        client.execute(GetAction.INSTANCE, new GetRequest(InterestIndex.EVALUATIONS, id), ActionListener.wrap(found -> {
            if (found.isExists() && tracker.uid().equals(found.getSourceAsMap().get(TRACKER))) {
                listener.onResponse(kept(id, found.getSourceAsMap()));
            } else {
                listener.onFailure(unknown(tracker, id));
            }
        }, e -> listener
            .onFailure(ExceptionsHelper.unwrapCause(e) instanceof IndexNotFoundException ? unknown(tracker, id) : e)
        ));
    }

    /** All of a tracker's, by its uid. Answers as well where there is none. */
    void delete(String uid, ActionListener<Void> listener) {
        if (indices.exists(InterestIndex.EVALUATIONS) == false) {
            listener.onResponse(null);
            return;
        }
        drop(uid, 0, listener);
    }

    /** Those after the latest few. Two evaluations at once may leave one more for a while. */
    private void drop(String uid, int keep, ActionListener<Void> listener) {
        client.execute(
            SearchAction.INSTANCE, search(of(uid, keep, 10 * KEPT).fetchSource(false)), ActionListener.wrap(found -> {
                SearchHit[] over = found.getHits().getHits();
                if (over.length == 0) {
                    listener.onResponse(null);
                    return;
                }
                BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
                Arrays.stream(over).forEach(hit -> bulk.add(new DeleteRequest(InterestIndex.EVALUATIONS, hit.getId())));
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

    private static Kept kept(String id, Map<String, Object> source) {
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
