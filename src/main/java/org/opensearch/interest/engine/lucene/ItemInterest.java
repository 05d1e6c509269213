package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.BitSet;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.ItemBoost;

import java.io.IOException;
import java.util.List;

/**
 * How much one segment's items interest: the mean over their fields, by the fields' shares. Reads forward; not
 * thread-safe.
 */
public final class ItemInterest {
    private final FieldInterest[] fields;
    private final float[] shares;
    private final BoostedDocuments known;

    private ItemInterest(FieldInterest[] fields, float[] shares, BoostedDocuments known) {
        this.fields = fields;
        this.shares = shares;
        this.known = known;
    }

    /** Fails where the segment's vectors have another number of dimensions than the function's directions. */
    public static ItemInterest of(LeafReader reader, String field, InterestFunction function, BoostedItems items)
        throws IOException {
        FieldInterest[] only = { FieldInterest.of(reader, field, function, null) };
        return new ItemInterest(only, new float[]{ 1f }, BoostedDocuments.of(reader, items));
    }

    static ItemInterest of(
        LeafReaderContext context, List<VectorField> fields, InterestFunction function, BoostedItems known
    ) throws IOException {
        FieldInterest[] interests = new FieldInterest[fields.size()];
        float[] shares = new float[interests.length];
        for (int i = 0; i < interests.length; i++) {
            VectorField field = fields.get(i);
            // of a segment without any item, nobody will ask
            BitSet items = field.parents() == null ? null : field.parents().getBitSet(context);
            interests[i] = FieldInterest.of(context.reader(), field.name(), function, items);
            shares[i] = field.share();
        }
        return new ItemInterest(interests, shares, BoostedDocuments.of(context.reader(), known));
    }

    /**
     * @param doc not before the document of the call before
     * @return in [0,1]; neutral where the document has no vector, or one without a direction, and nothing else speaks
     *         for it
     */
    public float score(int doc) throws IOException {
        float boosts = known.sum(doc);
        if (fields.length == 1) {
            return fields[0].score(doc, boosts);
        }
        double sum = 0;
        for (int i = 0; i < fields.length; i++) {
            sum += (double) shares[i] * fields[i].score(doc, boosts);
        }
        return (float) Math.clamp(sum, 0.0, 1.0);
    }

    /**
     * @return what is behind the score, field by field: null where the document has no vector, or one without a
     *         direction
     */
    float[][] dots(int doc) throws IOException {
        float[][] dots = new float[fields.length][];
        for (int i = 0; i < fields.length; i++) {
            float[] products = fields[i].dots(doc);
            dots[i] = products == null ? null : products.clone();
        }
        return dots;
    }

    /** @return what else is behind the score */
    ItemBoost boosts(int doc) {
        return known.boosts(doc);
    }
}
