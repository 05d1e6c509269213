package org.opensearch.interest.cluster.items;

import org.opensearch.ExceptionsHelper;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.interest.core.vector.Vectors;

import java.util.Collection;
import java.util.Map;

/** Mean vector of several items: the evidence of an impression whose items were skipped. */
public final class ItemMean {
    /** Unit vectors with a shorter sum cancel each other out. */
    private static final double NO_DIRECTION = 1e-3;

    private ItemMean() {}

    /**
     * Returns the mean of the items that have a vector, as a unit vector; null if none has one, or if they cancel each
     * other out. Items that are gone since they were shown are left out; an index that cannot be read fails the call.
     *
     * @param found by id, one entry per id
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

    /** Returns true if an item or its vector no longer exists; an item that cannot be read now is not gone. */
    public static boolean isGone(Exception failure) {
        Throwable cause = ExceptionsHelper.unwrapCause(failure);
        boolean noSuchItem = cause instanceof ResourceNotFoundException
            && cause instanceof IndexNotFoundException == false;
        return noSuchItem || cause instanceof IllegalArgumentException;
    }
}
