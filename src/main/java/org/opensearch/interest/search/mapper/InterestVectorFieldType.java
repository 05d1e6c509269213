package org.opensearch.interest.search.mapper;

import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.opensearch.index.mapper.ArraySourceValueFetcher;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.mapper.TextSearchInfo;
import org.opensearch.index.mapper.ValueFetcher;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.search.lookup.SearchLookup;

import java.util.Map;

/**
 * Search operations on an {@code interest_vector} field: the {@code exists} query, the value from the source, and the
 * {@code interest} query.
 */
public final class InterestVectorFieldType extends MappedFieldType {
    private final int dimension;
    private final VectorSimilarity similarity;

    InterestVectorFieldType(String name, int dimension, VectorSimilarity similarity, Map<String, String> meta) {
        super(name, false, false, false, TextSearchInfo.NONE, meta);
        this.dimension = dimension;
        this.similarity = similarity;
    }

    public int dimension() {
        return dimension;
    }

    VectorSimilarity similarity() {
        return similarity;
    }

    @Override
    public String typeName() {
        return InterestVectorFieldMapper.CONTENT_TYPE;
    }

    @Override
    public ValueFetcher valueFetcher(QueryShardContext context, SearchLookup lookup, String format) {
        if (format != null) {
            throw new IllegalArgumentException(
                "[interest] field [" + name() + "] of type [" + typeName() + "] has no formats, but [format] was ["
                    + format + "]"
            );
        }
        return new ArraySourceValueFetcher(name(), context) {
            @Override
            protected Object parseSourceValue(Object value) {
                return value;
            }
        };
    }

    @Override
    public Query existsQuery(QueryShardContext context) {
        return new FieldExistsQuery(name());
    }

    @Override
    public Query termQuery(Object value, QueryShardContext context) {
        throw new QueryShardException(
            context,
            "[interest] field [" + name() + "] of type [" + typeName()
                + "] can be searched by [interest] and [exists] queries only"
        );
    }
}
