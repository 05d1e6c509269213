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
 * The items worth scoring, found by the vector index: the nearest to each direction of an interest, so that every
 * interest brings its own, however strong the others are. What is found is scored exactly afterwards. Stateless.
 */
public final class Candidates {
    /** How many times as many as wanted are looked at; see {@link ProbeQuery}. */
    private static final int OVERSAMPLING = 3;
    private static final int LEAST = 300;

    private Candidates() {}

    /** How many vectors a probe keeps in sight to find k. */
    static int breadth(int k) {
        return Math.max(LEAST, OVERSAMPLING * k);
    }

    /**
     * Whether every segment that knows the field has its vectors, as floats, in a vector index. Where one has not
     * (vectors kept as doc values alone), probing would miss its documents, and only exact scoring finds them.
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

    /** Over how many documents a probe of the field walks. */
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
     * @param k      how many a direction and field, ≥ 1; three times as many for the first of several, which has the
     *               most say in a score: its probe has seen them anyway, and what lies between topics is found by it
     *               alone
     * @param filter which items may be found; null for all
     */
    public static Query nearest(List<VectorField> fields, InterestFunction function, int k, Query filter) {
        return nearest(fields, function, BoostedItems.NONE, k, filter);
    }

    /** The same, and all that more speaks for than their vectors: those the filter does not hold back. */
    public static Query nearest(
        List<VectorField> fields, InterestFunction function, BoostedItems known, int k, Query filter
    ) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        if (known.isEmpty() == false) {
            any.add(known.query(), BooleanClause.Occur.SHOULD);
        }
        List<float[]> probed = function.probed();
        for (float[] direction : probed) {
            boolean mostSay = probed.size() > 1 && direction == probed.get(0);
            if (Vectors.norm(direction) == 0) {
                continue;
            }
            // its length changes no order, and an index of unit vectors wants unit length
            float[] unit = Vectors.unit(direction);
            for (VectorField field : fields) {
                Query probe = field.parents() == null
                    ? new ProbeQuery(field.name(), unit, breadth(k), mostSay ? OVERSAMPLING * k : k, filter)
                    : nearestByPart(field, unit, k, filter);
                any.add(probe, BooleanClause.Occur.SHOULD);
            }
        }
        return new ConstantScoreQuery(any.build());
    }

    private static Query nearestByPart(VectorField field, float[] direction, int k, Query filter) {
        Query boosts = filter == null ? null : new ToChildBlockJoinQuery(filter, field.parents());
        Query nearest = new DiversifyingChildrenFloatKnnVectorQuery(
            field.name(), direction, boosts, breadth(k), field.parents()
        );
        return new ToParentBlockJoinQuery(nearest, field.parents(), ScoreMode.None);
    }
}
