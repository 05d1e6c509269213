package org.opensearch.interest.search.query;

import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;
import org.opensearch.common.lucene.search.Queries;
import org.opensearch.core.index.Index;
import org.opensearch.index.mapper.IdFieldMapper;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.mapper.ObjectMapper;
import org.opensearch.index.mapper.Uid;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.engine.lucene.BoostedItems;
import org.opensearch.interest.engine.lucene.VectorField;
import org.opensearch.interest.search.mapper.InterestVectorFieldType;

import java.util.Set;
import java.util.TreeMap;

/** Item vector field according to a shard's mapping. */
public final class ItemField {
    private static final Set<String> TYPES = Set.of("interest_vector", "knn_vector");

    private ItemField() {}

    /**
     * Returns the field's name in Lucene, which differs from the name of an alias. An unmapped field keeps its name,
     * because a search over several indices must not fail if one of them has no items.
     *
     * @param type the mapped type of the name; null if it is unmapped
     * @throws QueryShardException if the type is not a vector type, or its dimension differs from the function's
     */
    public static String require(Index index, String name, MappedFieldType type, InterestFunction function) {
        if (type == null) {
            return name;
        }
        if (TYPES.contains(type.typeName()) == false) {
            throw refused(
                index,
                "[interest] field [" + name + "] must be of type [interest_vector] or [knn_vector], but is of type ["
                    + type.typeName() + "]"
            );
        }
        if (type.unwrap() instanceof InterestVectorFieldType vectors && vectors.dimension() != function.dimension()) {
            throw refused(
                index,
                "[interest] field [" + name + "] holds vectors of [" + vectors.dimension()
                    + "] dimensions, but the interest has [" + function.dimension() + "]: both must come from one model"
            );
        }
        return type.name();
    }

    /**
     * Returns the field as Lucene has it on this shard. If its vectors are in nested documents, and the current query
     * is outside that nested object, an item gets the score of its best nested document.
     *
     * @param share the weight of the field among all fields
     */
    static VectorField require(QueryShardContext context, String name, float share, InterestFunction function) {
        MappedFieldType type = context.fieldMapper(name);
        String field = require(context.index(), name, type, function);
        ObjectMapper nested = type == null ? null : nestedParent(context, field);
        if (nested == null || nested == context.nestedScope().getObjectMapper()) {
            return new VectorField(field, share, null);
        }
        return new VectorField(field, share, context.bitsetFilter(itemsAbove(context)));
    }

    /** Returns the items of a function's {@link InterestFunction#boosts}, by the id terms of OpenSearch. */
    public static BoostedItems known(InterestFunction function) {
        if (function.boosts().items().isEmpty()) {
            return BoostedItems.NONE;
        }
        TreeMap<BytesRef, ItemBoost> byId = new TreeMap<>();
        function.boosts().items().forEach((id, boosts) -> byId.put(Uid.encodeId(id), boosts));
        return new BoostedItems(IdFieldMapper.NAME, byId);
    }

    /**
     * Returns the documents at the level of the current query: those of the surrounding nested object, or the top-level
     * documents of the index.
     */
    static Query itemsAbove(QueryShardContext context) {
        ObjectMapper scope = context.nestedScope().getObjectMapper();
        return scope == null ? Queries.newNonNestedFilter() : scope.nestedTypeFilter();
    }

    private static ObjectMapper nestedParent(QueryShardContext context, String field) {
        int dot = field.lastIndexOf('.');
        while (dot > 0) {
            ObjectMapper object = context.getObjectMapper(field.substring(0, dot));
            if (object != null && object.nested().isNested()) {
                return object;
            }
            dot = field.lastIndexOf('.', dot - 1);
        }
        return null;
    }

    private static QueryShardException refused(Index index, String reason) {
        return new QueryShardException(index, "{}", null, reason);
    }
}
