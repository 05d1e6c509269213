package org.opensearch.interest.cluster.items;

import org.opensearch.cluster.metadata.IndexAbstraction;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.MappingMetadata;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the type and dimension of a tracker's item vectors from the index mapping, which every node holds, so that no
 * request is needed. Caches parsed mappings.
 */
public final class ItemMapping {
    private static final Set<String> VECTORS = Set.of("interest_vector", "knn_vector");

    private record MappingOf(String indexUuid, long version, String field) {}

    /** @param type null if there is no such field */
    private record Field(String type, OptionalInt dimension) {}

    private final ClusterService clusterService;
    /** Caches parsed mappings, since each of thousands of events needs one. */
    private final Cache<MappingOf, Field> fields = CacheBuilder.<MappingOf, Field>builder()
        .setMaximumWeight(1_000)
        .build();

    public ItemMapping(ClusterService clusterService) {
        this.clusterService = clusterService;
    }

    /** Returns the dimension; empty if there is no such index or field, or the mapping states no dimension. */
    public OptionalInt dimension(Tracker.Items items) {
        return field(items).dimension();
    }

    /**
     * Fails if the field exists but is no vector field. A missing field is accepted, because it may be created later.
     */
    public void requireVectors(Tracker.Items items) {
        String type = field(items).type();
        if (type != null && VECTORS.contains(type) == false) {
            throw new IllegalArgumentException(
                "[interest] [items.vector_field] must name a field of type [interest_vector] or [knn_vector], but ["
                    + items.vectorField() + "] of index [" + items.index() + "] is of type [" + type + "]"
            );
        }
    }

    /** Fails if the name refers to several indices: items are read by id, and an id is unique only within one index. */
    public void requireOneIndex(Tracker.Items items) {
        IndexAbstraction target = target(items);
        if (target != null && target.getType() == IndexAbstraction.Type.DATA_STREAM) {
            throw new IllegalArgumentException(
                "[interest] [items.index] must be one index, or stand for one, since items are read by their ids, but ["
                    + items.index() + "] is a data stream, whose documents cannot be"
            );
        }
        if (target != null && target.getIndices().size() > 1) {
            List<String> indices = target.getIndices()
                .stream()
                .map(index -> index.getIndex().getName())
                .sorted()
                .toList();
            throw new IllegalArgumentException(
                "[interest] [items.index] must be one index, or stand for one, since items are read by their ids, but ["
                    + items.index() + "] stands for " + indices
            );
        }
    }

    private IndexAbstraction target(Tracker.Items items) {
        return clusterService.state().metadata().getIndicesLookup().get(items.index());
    }

    private Field field(Tracker.Items items) {
        IndexAbstraction target = target(items);
        if (target == null || target.getIndices().isEmpty()) {
            return new Field(null, OptionalInt.empty());
        }
        IndexMetadata index = target.getIndices().get(0);
        MappingOf key = new MappingOf(index.getIndexUUID(), index.getMappingVersion(), items.vectorField());
        Field known = fields.get(key);
        if (known == null) {
            known = read(index.mapping(), key.field());
            fields.put(key, known);
        }
        return known;
    }

    private static Field read(MappingMetadata mapping, String path) {
        Map<?, ?> object = mapping == null ? Map.of() : mapping.sourceAsMap();
        for (String name : path.split("\\.", 0)) {
            object = object.get("properties") instanceof Map<?, ?> properties
                && properties.get(name) instanceof Map<?, ?> field ? field : Map.of();
        }
        String type = object.get("type") instanceof String named ? named : null;
        try {
            Object dimension = object.get("dimension");
            return new Field(
                type, dimension == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(dimension.toString()))
            );
        } catch (NumberFormatException e) {
            return new Field(type, OptionalInt.empty());
        }
    }
}
