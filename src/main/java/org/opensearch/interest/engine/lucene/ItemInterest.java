package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.BitSet;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.ItemBoost;

import java.io.IOException;
import java.util.List;

/**
 * Interest scores of one segment's items: the mean over the vector fields, weighted by the fields' shares. Reads
 * forward; not thread-safe.
 */
public final class ItemInterest {
    private final FieldInterest[] fields;
    private final float[] shares;
    private final BoostedDocuments boosted;

    private ItemInterest(FieldInterest[] fields, float[] shares, BoostedDocuments boosted) {
        this.fields = fields;
        this.shares = shares;
        this.boosted = boosted;
    }

    /**
     * @throws IllegalArgumentException if the dimension of the segment's vectors differs from the function's directions
     */
    public static ItemInterest of(LeafReader reader, String field, InterestFunction function, BoostedItems items)
        throws IOException {
        FieldInterest[] single = { FieldInterest.of(reader, field, function, null) };
        return new ItemInterest(single, new float[]{ 1f }, BoostedDocuments.of(reader, items));
    }

    static ItemInterest of(
        LeafReaderContext context, List<VectorField> fields, InterestFunction function, BoostedItems boosted
    ) throws IOException {
        FieldInterest[] interests = new FieldInterest[fields.size()];
        float[] shares = new float[interests.length];
        for (int i = 0; i < interests.length; i++) {
            VectorField field = fields.get(i);
            // Null for a segment without any item; none of its documents is scored.
            BitSet items = field.parents() == null ? null : field.parents().getBitSet(context);
            interests[i] = FieldInterest.of(context.reader(), field.name(), function, items);
            shares[i] = field.share();
        }
        return new ItemInterest(interests, shares, BoostedDocuments.of(context.reader(), boosted));
    }

    /**
     * @param doc not before the document of the previous call
     * @return the score in [0,1]; neutral if the document has no vector, or a zero vector, and no boost
     */
    public float score(int doc) throws IOException {
        float boosts = boosted.sum(doc);
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
     * @return the dot products of the score, one array for each field; null in place of an array if the document has no
     *         vector, or a zero vector
     */
    float[][] dots(int doc) throws IOException {
        float[][] dots = new float[fields.length][];
        for (int i = 0; i < fields.length; i++) {
            float[] products = fields[i].dots(doc);
            dots[i] = products == null ? null : products.clone();
        }
        return dots;
    }

    /** @return the item's boosts, {@link ItemBoost#NONE} if it has none */
    ItemBoost boosts(int doc) {
        return boosted.boosts(doc);
    }
}
