package org.opensearch.interest.lucene;

import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.opensearch.interest.ranking.InterestFunction;
import org.opensearch.interest.vector.Vectors;

/**
 * The items worth scoring, found by the vector index: the nearest to each direction of an interest, so that every interest brings
 * its own. What is found is scored exactly afterwards.
 */
public final class Candidates {
    private Candidates() {}

    /**
     * Whether every segment that knows the field has its vectors in a vector index. Where one has not (vectors kept as doc values
     * alone), probing would miss its documents, and only exact scoring finds them.
     */
    public static boolean canBeProbed(IndexReader reader, String field) {
        for (LeafReaderContext leaf : reader.leaves()) {
            FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(field);
            if (info != null && (info.getVectorDimension() == 0 || info.getVectorEncoding() != VectorEncoding.FLOAT32)) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param k      how many a direction, ≥ 1
     * @param filter which documents may be found; null for all
     */
    public static Query nearest(String field, InterestFunction function, int k, Query filter) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (float[] direction : function.sought()) {
            if (Vectors.norm(direction) == 0) {
                continue;
            }
            // its length changes no order, and an index of unit vectors wants unit length
            any.add(new KnnFloatVectorQuery(field, Vectors.unit(direction), k, filter), BooleanClause.Occur.SHOULD);
        }
        return new ConstantScoreQuery(any.build());
    }
}
