package org.opensearch.interest.cluster.items;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.get.MultiGetAction;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.xcontent.support.XContentMapValues;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.search.fetch.subphase.FetchSourceContext;
import org.opensearch.transport.client.Client;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks up items' vectors by id, as of the latest write: an item may be indexed and clicked within the same second.
 * Reads with the caller's rights and not with the plugin's, so that a tracker shows no item that the caller may not
 * read.
 */
public final class ItemLookup {
    /**
     * @param unit    the unit vector; null if there is none
     * @param title   the title; empty if there is none
     * @param failure why there is no vector; null if there is one
     */
    public record Found(float[] unit, String title, Exception failure) {
        private static Found failed(Exception failure) {
            return new Found(null, "", failure);
        }
    }

    private final Client client;
    private final ItemVersions versions;

    public ItemLookup(Client client, ClusterService clusterService) {
        this.client = client;
        this.versions = new ItemVersions(clusterService);
    }

    /** Returns one entry per distinct id. */
    public void get(Tracker tracker, Collection<String> ids, ActionListener<Map<String, Found>> listener) {
        if (ids.isEmpty()) {
            listener.onResponse(Map.of());
            return;
        }
        Tracker.Items items = tracker.items();
        read(items, new LinkedHashSet<>(ids), true, ActionListener.wrap(found -> {
            Set<String> changed = new LinkedHashSet<>(ids);
            changed.removeAll(found.keySet());
            if (changed.isEmpty()) {
                listener.onResponse(found);
                return;
            }
            read(items, changed, false, ActionListener.map(listener, again -> {
                found.putAll(again);
                return found;
            }));
        }, listener::onFailure));
    }

    /**
     * Reads only the version of cached items, and vector and title of all others.
     *
     * @param useCache false to read every item completely
     * @param listener receives the items; those that changed since they were cached are missing
     */
    private void read(
        Tracker.Items items, Set<String> ids, boolean useCache, ActionListener<Map<String, Found>> listener
    ) {
        FetchSourceContext vectorAndTitle = new FetchSourceContext(true, fields(items), null);
        MultiGetRequest request = new MultiGetRequest();
        Set<String> versionOnly = new HashSet<>();
        for (String id : ids) {
            boolean known = useCache && versions.knows(items, id);
            if (known) {
                versionOnly.add(id);
            }
            FetchSourceContext source = known ? FetchSourceContext.DO_NOT_FETCH_SOURCE : vectorAndTitle;
            request.add(new MultiGetRequest.Item(items.index(), id).fetchSourceContext(source));
        }
        client.execute(MultiGetAction.INSTANCE, request, ActionListener.map(listener, response -> {
            Map<String, Found> found = new HashMap<>();
            Iterator<String> requested = ids.iterator();
            for (MultiGetItemResponse item : response.getResponses()) {
                String id = requested.next();
                boolean exists = item.isFailed() == false && item.getResponse().isExists();
                Found read = exists && versionOnly.contains(id) ? versions.of(items, item.getResponse())
                    : read(items, id, item);
                if (read != null) {
                    found.put(id, read);
                }
                if (exists && versionOnly.contains(id) == false) {
                    versions.remember(items, item.getResponse(), read);
                }
            }
            return found;
        }));
    }

    /**
     * Returns the titles of the items that have one, by id. Returns none if the read fails, because titles are only
     * displayed.
     */
    public void titles(Tracker tracker, Collection<String> ids, ActionListener<Map<String, String>> listener) {
        Tracker.Items items = tracker.items();
        if (ids.isEmpty() || items.titleField() == null) {
            listener.onResponse(Map.of());
            return;
        }
        FetchSourceContext titleOnly = new FetchSourceContext(true, new String[]{ items.titleField() }, null);
        MultiGetRequest request = new MultiGetRequest();
        new LinkedHashSet<>(ids)
            .forEach(id -> request.add(new MultiGetRequest.Item(items.index(), id).fetchSourceContext(titleOnly)));
        client.execute(MultiGetAction.INSTANCE, request, ActionListener.wrap(response -> {
            Map<String, String> titles = new HashMap<>();
            for (MultiGetItemResponse item : response.getResponses()) {
                String title = item.isFailed() || item.getResponse().isExists() == false ? ""
                    : title(items, item.getResponse());
                if (title.isEmpty() == false) {
                    titles.put(item.getId(), title);
                }
            }
            listener.onResponse(titles);
        }, e -> listener.onResponse(Map.of())));
    }

    private static Found read(Tracker.Items items, String id, MultiGetItemResponse response) {
        if (response.isFailed()) {
            return Found.failed(response.getFailure().getFailure());
        }
        GetResponse document = response.getResponse();
        if (document.isExists() == false) {
            return Found
                .failed(new ResourceNotFoundException("[interest] no [item] [{}] in index [{}]", id, items.index()));
        }
        Object value = document.isSourceEmpty() ? null
            : XContentMapValues.extractValue(items.vectorField(), document.getSourceAsMap());
        if (value instanceof List<?> numbers && numbers.isEmpty() == false
            && numbers.stream().allMatch(Number.class::isInstance)) {
            float[] vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = ((Number) numbers.get(i)).floatValue();
            }
            if (Vectors.norm(vector) > 0 && Double.isFinite(Vectors.norm(vector))) {
                return new Found(Vectors.unit(vector), title(items, document), null);
            }
        }
        return Found.failed(
            new IllegalArgumentException(
                "[interest] [item] [" + id + "] of index [" + items.index() + "] has no vector in ["
                    + items.vectorField()
                    + "] of its source: index it with one, for instance through the interest_embedding processor"
            )
        );
    }

    private static String[] fields(Tracker.Items items) {
        return items.titleField() == null ? new String[]{ items.vectorField() }
            : new String[]{ items.vectorField(), items.titleField() };
    }

    private static String title(Tracker.Items items, GetResponse document) {
        Object title = items.titleField() == null || document.isSourceEmpty() ? null
            : XContentMapValues.extractValue(items.titleField(), document.getSourceAsMap());
        return title instanceof String string ? string : "";
    }
}
