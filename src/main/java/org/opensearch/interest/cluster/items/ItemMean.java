package org.opensearch.interest.cluster.items;

import org.opensearch.ExceptionsHelper;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.interest.core.vector.Vectors;

import java.util.Collection;
import java.util.Map;

/** What several items have in common: the evidence of a list that was shown and passed over. */
public final class ItemMean {
    /** Unit vectors whose sum is shorter cancel out. */
    private static final double NO_DIRECTION = 1e-3;

    private ItemMean() {}

    /**
     * The mean of those items that have a vector, of unit length; null where none has, or where they cancel out. Items
     * that are gone since they were shown are nobody's fault; an index that cannot be asked is.
     *
     * @param found by id, one entry an id
     * @throws Exception why an item could not be read
     */
    public static float[] of(Collection<String> ids, Map<String, ItemLookup.Found> found) throws Exception {
        float[] sum = null;
        for (String id : ids) {
            ItemLookup.Found item = found.get(id);
            if (item.failure() != null && isGone(item.failure()) == false) {
                throw item.failure();
            }
            float[] unit = item.unit();
            if (unit != null && (sum == null || sum.length == unit.length)) {
                sum = sum == null ? unit : Vectors.plusScaled(sum, 1, unit);
            }
        }
        return sum == null || Vectors.norm(sum) < NO_DIRECTION ? null : Vectors.unit(sum);
    }

    /** Whether an item, or its vector, is no longer there; an item that cannot be read now is not gone. */
    public static boolean isGone(Exception failure) {
        Throwable cause = ExceptionsHelper.unwrapCause(failure);
        boolean noSuchItem = cause instanceof ResourceNotFoundException
            && cause instanceof IndexNotFoundException == false;
        return noSuchItem || cause instanceof IllegalArgumentException;
    }
}
