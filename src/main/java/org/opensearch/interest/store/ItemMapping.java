package org.opensearch.interest.store;

import org.opensearch.cluster.metadata.IndexAbstraction;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.MappingMetadata;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.interest.tracking.Tracker;

import java.util.Map;
import java.util.OptionalInt;

/** How many dimensions a tracker's items have, as the mapping of their index says: it is on every node, and costs no request. */
public final class ItemMapping {
    private record MappingOf(String indexUuid, long version, String field) {}

    private final ClusterService clusterService;
    /** Reading a mapping means parsing it, and events come by the thousand. */
    private final Cache<MappingOf, OptionalInt> dimensions = CacheBuilder.<MappingOf, OptionalInt>builder().setMaximumWeight(1_000).build();

    public ItemMapping(ClusterService clusterService) {
        this.clusterService = clusterService;
    }

    /** Empty where there is no such index or field, or where the field does not say. */
    public OptionalInt dimension(Tracker tracker) {
        IndexAbstraction items = clusterService.state().metadata().getIndicesLookup().get(tracker.items().index());
        if (items == null || items.getIndices().isEmpty()) {
            return OptionalInt.empty();
        }
        IndexMetadata index = items.getIndices().get(0);
        MappingOf key = new MappingOf(index.getIndexUUID(), index.getMappingVersion(), tracker.items().vectorField());
        OptionalInt known = dimensions.get(key);
        if (known == null) {
            known = read(index.mapping(), key.field());
            dimensions.put(key, known);
        }
        return known;
    }

    private static OptionalInt read(MappingMetadata mapping, String path) {
        Map<?, ?> object = mapping == null ? Map.of() : mapping.sourceAsMap();
        for (String name : path.split("\\.")) {
            object = object.get("properties") instanceof Map<?, ?> properties && properties.get(name) instanceof Map<?, ?> field ? field : Map.of();
        }
        try {
            return object.get("dimension") == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(object.get("dimension").toString()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
