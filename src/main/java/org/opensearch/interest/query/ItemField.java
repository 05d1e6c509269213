package org.opensearch.interest.query;

import org.opensearch.core.index.Index;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.interest.mapper.InterestVectorFieldType;
import org.opensearch.interest.ranking.InterestFunction;

import java.util.Set;

/** What a shard's mapping says of the field of the item vectors. */
public final class ItemField {
    private static final Set<String> TYPES = Set.of("interest_vector", "knn_vector");

    private ItemField() {}

    /**
     * The field's name in Lucene, which an alias does not have. An unmapped field is none of this shard's documents, and keeps its
     * name: a search over several indices must not fail because one of them has no items.
     *
     * @param type what the name is mapped to; null where it is unmapped
     */
    public static String require(Index index, String name, MappedFieldType type, InterestFunction function) {
        if (type == null) {
            return name;
        }
        if (TYPES.contains(type.typeName()) == false) {
            throw refused(
                index,
                "[interest] field [" + name + "] must be of type [interest_vector] or [knn_vector], but is of type [" + type.typeName() + "]"
            );
        }
        if (type.unwrap() instanceof InterestVectorFieldType vectors && vectors.dimension() != function.dimension()) {
            throw refused(
                index,
                "[interest] field [" + name + "] holds vectors of [" + vectors.dimension() + "] dimensions, but the interest has ["
                    + function.dimension() + "]: both must come from one model"
            );
        }
        return type.name();
    }

    private static QueryShardException refused(Index index, String reason) {
        return new QueryShardException(index, "{}", null, reason);
    }
}
