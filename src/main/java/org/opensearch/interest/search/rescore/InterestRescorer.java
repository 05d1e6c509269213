package org.opensearch.interest.search.rescore;

import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TopDocs;
import org.opensearch.common.Nullable;
import org.opensearch.interest.engine.lucene.WindowRescorer;
import org.opensearch.search.rescore.RescoreContext;
import org.opensearch.search.rescore.Rescorer;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Adapter from core's {@code Rescorer} to {@link WindowRescorer}. The window applies to each shard, as in all rescorers
 * of OpenSearch.
 */
final class InterestRescorer implements Rescorer {
    @Nullable
    private final WindowRescorer rescorer;

    /** @param rescorer null if nothing is known of the user; the first pass then stays unchanged */
    InterestRescorer(@Nullable WindowRescorer rescorer) {
        this.rescorer = rescorer;
    }

    @Override
    public TopDocs rescore(TopDocs topDocs, IndexSearcher searcher, RescoreContext context) throws IOException {
        if (rescorer == null || topDocs == null || topDocs.scoreDocs.length == 0) {
            context.setRescoredDocs(Set.of());
            return topDocs;
        }
        // An explain request runs later and elsewhere, so it needs to know the rescored documents.
        Set<Integer> rescored = new HashSet<>();
        for (int i = 0; i < Math.min(context.getWindowSize(), topDocs.scoreDocs.length); i++) {
            rescored.add(topDocs.scoreDocs[i].doc);
        }
        context.setRescoredDocs(rescored);
        rescorer.rescore(topDocs.scoreDocs, context.getWindowSize(), searcher);
        return topDocs;
    }

    @Override
    public Explanation explain(int doc, IndexSearcher searcher, RescoreContext context, Explanation first)
        throws IOException {
        return rescorer == null || first == null ? first
            : rescorer.explain(doc, searcher, first, context.isRescored(doc));
    }
}
