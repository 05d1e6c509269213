package org.opensearch.interest.cluster.history;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.search.SearchHit;
import org.opensearch.search.aggregations.bucket.composite.CompositeAggregation;
import org.opensearch.search.aggregations.bucket.composite.CompositeAggregationBuilder;
import org.opensearch.search.aggregations.bucket.composite.TermsValuesSourceBuilder;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.sort.SortOrder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Reads the events in the history. An event is in it once its request is answered; a reader that does not refresh may
 * miss events of the last second. Thread-safe; never blocks.
 */
public final class EventHistory {
    /** Maximum number of events in one answer: OpenSearch's own limit on a page. */
    public static final int PAGE = 10_000;

    /**
     * An event and its user.
     *
     * @param user the hash of a user id: it distinguishes users without identifying them
     */
    public record UserEvent(String user, HistoryEvent event) {}

    /** Consumer of the pages of a scan. */
    public interface Reader {
        /**
         * @param page events in the scan's order, not empty
         * @return true to continue; false ends the scan as if there were no more events
         * @throws Exception to fail the scan
         */
        boolean read(List<UserEvent> page) throws Exception;

        /** Receives each search before it is sent, to make it a child of a task. */
        default void own(SearchRequest search) {}
    }

    /** For searches that belong to no task. */
    private static final Consumer<SearchRequest> UNOWNED = search -> {};

    private final SystemClient client;
    private final EventSearch search;
    private final HistoryIndices indices;

    public EventHistory(SystemClient client, InterestIndex indices) {
        this.client = client;
        this.search = new EventSearch(client);
        this.indices = new HistoryIndices(indices);
    }

    /** Counts the tracker's events that a search finds. */
    public void count(Tracker tracker, ActionListener<Long> listener) {
        SearchSourceBuilder source = new SearchSourceBuilder().size(0).trackTotalHits(true);
        search
            .whole(indices.of(tracker), source, UNOWNED, 0L, found -> found.getHits().getTotalHits().value(), listener);
    }

    /** Makes every answered event visible to the reads that follow. */
    public void refresh(Tracker tracker, ActionListener<Void> listener) {
        search.refresh(indices.of(tracker), ActionListener.map(listener, failed -> null));
    }

    /**
     * Returns the latest events of a user, in the order of {@link HistoryEvent#CANONICAL}.
     *
     * @param from milliseconds since 1970, inclusive
     * @param to   inclusive
     * @param max  in [1, {@link #PAGE}]
     */
    public void ofUser(
        Tracker tracker, UserId user, long from, long to, int max, ActionListener<List<HistoryEvent>> listener
    ) {
        ofUser(tracker, ProfileId.of(tracker, user), from, to, max, listener);
    }

    /**
     * Like the method above, by the profile's id.
     *
     * @param user a profile's id
     */
    public void ofUser(
        Tracker tracker, String user, long from, long to, int max, ActionListener<List<HistoryEvent>> listener
    ) {
        if (max < 1 || max > PAGE) {
            throw new IllegalArgumentException(
                "the number of events must be in [1," + PAGE + "], but was [" + max + "]"
            );
        }
        BoolQueryBuilder query = QueryBuilders.boolQuery()
            .filter(QueryBuilders.termQuery(EventDocument.USER, user))
            .filter(between(from, to));
        SearchSourceBuilder source = new SearchSourceBuilder().query(query).size(max).trackTotalHits(false);
        source.sort(EventDocument.TIMESTAMP, SortOrder.DESC).sort(EventDocument.KEY, SortOrder.DESC);
        search.whole(indices.between(tracker, from, to), source, UNOWNED, List.of(), found -> {
            List<HistoryEvent> events = new ArrayList<>(
                Arrays.stream(found.getHits().getHits()).map(EventHistory::event).toList()
            );
            Collections.reverse(events);
            return events;
        }, listener);
    }

    /**
     * Reads all events of a time range, of one user or of all users, in the order of time, key and user. Reads the
     * state at its beginning (a point in time).
     *
     * @param from     milliseconds since 1970, inclusive
     * @param to       inclusive
     *
     * @param user     a profile's id; null for all users
     * @param page     events per page, in [1, {@link #PAGE}]
     * @param listener is called when all events were read or the reader stopped
     */
    public void scan(
        Tracker tracker, String user, long from, long to, int page, Reader reader, ActionListener<Void> listener
    ) {
        pages(tracker, user == null ? List.of() : List.of(user), from, to, page, reader::own, (events, next) -> {
            ActionListener.completeWith(next, () -> reader.read(events));
        }, listener);
    }

    /**
     * Reads events about items, user by user, each user's events by time. Users come in the order of their hashes,
     * which is a random order: the users read before the reader stops are an unbiased sample. Texts and vectors are not
     * loaded.
     *
     * @param from     milliseconds since 1970, inclusive
     * @param to       inclusive
     * @param page     events per page, in [1, {@link #PAGE}]
     * @param executor runs the reader, because an answer may arrive on a network thread
     * @param listener is called when all events were read or the reader stopped
     */
    public void scanByUser(
        Tracker tracker, long from, long to, int page, Executor executor, Reader reader, ActionListener<Void> listener
    ) {
        new UserEventScan(this, tracker, from, to, page, executor, reader, listener).begin();
    }

    /** Reads the events of some users about items, user by user, without texts and vectors. */
    void aboutItems(
        Tracker tracker, Collection<String> users, long from, long to, int page, Consumer<SearchRequest> owner,
        PagedScan.Page reader, ActionListener<Void> listener
    ) {
        BoolQueryBuilder aboutItems = QueryBuilders.boolQuery()
            .should(QueryBuilders.existsQuery(EventDocument.ITEM))
            .should(QueryBuilders.termQuery(EventDocument.TYPE, HistoryEvent.IMPRESSION));
        QueryBuilder query = QueryBuilders.boolQuery()
            .filter(between(from, to))
            .filter(QueryBuilders.termsQuery(EventDocument.USER, users))
            .filter(aboutItems);
        SearchSourceBuilder source = source(query, page, EventDocument.USER, EventDocument.TIMESTAMP, EventDocument.KEY)
            .fetchSource(null, new String[]{ EventDocument.TEXT, EventDocument.VECTOR });
        pages(tracker, from, to, source, owner, reader, listener);
    }

    /** Consumer of the pages of a scan that may finish a page later, on another thread. */
    public interface AsyncReader {
        /** @param next receives, once, true to continue or false to end the scan */
        void read(List<UserEvent> page, ActionListener<Boolean> next);
    }

    /**
     * Reads all events of a time range, in the order of time, key and user; the next page is read after the reader has
     * finished the one before.
     *
     * @param users profiles' ids; empty for all users
     */
    public void pages(
        Tracker tracker, Collection<String> users, long from, long to, int page, Consumer<SearchRequest> owner,
        AsyncReader reader, ActionListener<Void> listener
    ) {
        BoolQueryBuilder query = QueryBuilders.boolQuery().filter(between(from, to));
        if (users.isEmpty() == false) {
            query.filter(QueryBuilders.termsQuery(EventDocument.USER, users));
        }
        SearchSourceBuilder source = source(
            query, page, EventDocument.TIMESTAMP, EventDocument.KEY, EventDocument.USER
        );
        pages(tracker, from, to, source, owner, (hits, next) -> {
            reader.read(Arrays.stream(hits).map(EventHistory::userEvent).toList(), next);
        }, listener);
    }

    private void pages(
        Tracker tracker, long from, long to, SearchSourceBuilder source, Consumer<SearchRequest> owner,
        PagedScan.Page page, ActionListener<Void> listener
    ) {
        PagedScan.read(client, indices.between(tracker, from, to), source, owner, page, listener);
    }

    /**
     * Returns a page of the users who have events, in the order of their hashes.
     *
     * @param after the last user of the previous page; null for the first page
     * @param size  in [1, {@link #PAGE}]
     */
    public void users(
        Tracker tracker, String after, int size, Consumer<SearchRequest> owner, ActionListener<List<String>> listener
    ) {
        CompositeAggregationBuilder byUser = new CompositeAggregationBuilder(
            EventDocument.USER, List.of(new TermsValuesSourceBuilder(EventDocument.USER).field(EventDocument.USER))
        ).size(size);
        if (after != null) {
            byUser.aggregateAfter(Map.of(EventDocument.USER, after));
        }
        SearchSourceBuilder source = new SearchSourceBuilder().size(0).trackTotalHits(false).aggregation(byUser);
        search.whole(indices.of(tracker), source, owner, List.of(), found -> {
            CompositeAggregation users = found.getAggregations().get(EventDocument.USER);
            return users.getBuckets().stream().map(bucket -> (String) bucket.getKey().get(EventDocument.USER)).toList();
        }, listener);
    }

    /** @param order fields that together distinguish any two events */
    private static SearchSourceBuilder source(QueryBuilder query, int page, String... order) {
        SearchSourceBuilder source = new SearchSourceBuilder().query(query).size(page).trackTotalHits(false);
        for (String field : order) {
            source.sort(field, SortOrder.ASC);
        }
        return source;
    }

    private static QueryBuilder between(long from, long to) {
        return QueryBuilders.rangeQuery(EventDocument.TIMESTAMP).gte(from).lte(to);
    }

    private static HistoryEvent event(SearchHit hit) {
        return EventDocument.read(hit.getSourceAsMap());
    }

    static UserEvent userEvent(SearchHit hit) {
        Map<String, Object> source = hit.getSourceAsMap();
        return new UserEvent((String) source.get(EventDocument.USER), EventDocument.read(source));
    }
}
