package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.join.DiversifyingChildrenFloatKnnVectorQuery;
import org.apache.lucene.search.join.ScoreMode;
import org.apache.lucene.search.join.ToChildBlockJoinQuery;
import org.apache.lucene.search.join.ToParentBlockJoinQuery;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.vector.Vectors;

import java.io.IOException;
import java.util.List;

/**
 * Finds candidate items with the vector index: the nearest items to each direction of an interest, so that every
 * direction contributes candidates, however strong the others are. Candidates are scored exactly afterwards. Stateless.
 */
public final class Candidates {
    /** Number of vectors examined for each vector wanted; see {@link ProbeQuery}. */
    private static final int OVERSAMPLING = 3;
    private static final int MIN_BREADTH = 300;

    private Candidates() {}

    /** Number of vectors that a probe keeps in its queue to find k. */
    static int breadth(int k) {
        return Math.max(MIN_BREADTH, OVERSAMPLING * k);
    }

    /**
     * Returns true if every segment that has the field holds its vectors as floats in a vector index. A segment with
     * vectors in doc values alone would be missed by a probe; only exact scoring finds its documents.
     */
    public static boolean canBeProbed(IndexReader reader, String field) {
        for (LeafReaderContext leaf : reader.leaves()) {
            FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(field);
            if (info != null
                && (info.getVectorDimension() == 0 || info.getVectorEncoding() != VectorEncoding.FLOAT32)) {
                return false;
            }
        }
        return true;
    }

    /** Number of vectors in the index of a field, which a probe walks over. */
    public static long vectors(IndexReader reader, String field) throws IOException {
        long count = 0;
        for (LeafReaderContext leaf : reader.leaves()) {
            FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(field);
            if (info != null && info.getVectorDimension() > 0 && info.getVectorEncoding() == VectorEncoding.FLOAT32) {
                count += leaf.reader().getFloatVectorValues(field).size();
            }
        }
        return count;
    }

    /**
     * @param k      the number of candidates for each direction and field, ≥ 1. The first of several directions, which
     *               has the largest effect on a score, gets three times as many: its probe has visited them anyway, and
     *               only it finds items between topics.
     * @param filter the items that may be found; null for all
     */
    public static Query nearest(List<VectorField> fields, InterestFunction function, int k, Query filter) {
        return nearest(fields, function, BoostedItems.NONE, k, filter);
    }

    /** Adds the boosted items, as far as they match the filter, to the candidates. */
    public static Query nearest(
        List<VectorField> fields, InterestFunction function, BoostedItems boosted, int k, Query filter
    ) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        if (boosted.isEmpty() == false) {
            any.add(boosted.query(), BooleanClause.Occur.SHOULD);
        }
        List<float[]> probed = function.probed();
        for (float[] direction : probed) {
            boolean first = probed.size() > 1 && direction == probed.get(0);
            if (Vectors.norm(direction) == 0) {
                continue;
            }
            // The length of a direction does not change the order, and an index of unit vectors requires unit length.
            float[] unit = Vectors.unit(direction);
            for (VectorField field : fields) {
                Query probe = field.parents() == null
                    ? new ProbeQuery(field.name(), unit, breadth(k), first ? OVERSAMPLING * k : k, filter)
                    : nearestParents(field, unit, k, filter);
                any.add(probe, BooleanClause.Occur.SHOULD);
            }
        }
        return new ConstantScoreQuery(any.build());
    }

    private static Query nearestParents(VectorField field, float[] direction, int k, Query filter) {
        Query children = filter == null ? null : new ToChildBlockJoinQuery(filter, field.parents());
        Query nearest = new DiversifyingChildrenFloatKnnVectorQuery(
            field.name(), direction, children, breadth(k), field.parents()
        );
        return new ToParentBlockJoinQuery(nearest, field.parents(), ScoreMode.None);
    }
}
