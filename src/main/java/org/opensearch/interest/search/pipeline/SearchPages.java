package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.interest.cluster.resolve.ResultPage;
import org.opensearch.interest.core.digest.Sha256;
import org.opensearch.search.builder.SearchSourceBuilder;

import java.util.Arrays;
import java.util.Base64;

/** Identification of the search and the page that a request asks for. */
final class SearchPages {
    private SearchPages() {}

    /** True for the first page, which skips no hits. */
    static boolean isFirst(SearchRequest request) {
        return request.source().from() <= 0 && request.source().searchAfter() == null;
    }

    /**
     * Returns the search and page of a request. All pages of one search have the same indices, query, filter and sort;
     * aggregations, highlighting and fetched fields may differ between pages. The point in time is left out, because
     * its id changes when it is extended.
     */
    static ResultPage of(SearchRequest request) {
        SearchSourceBuilder source = request.source();
        String search = Arrays.toString(request.indices()) + '\n' + source.query() + '\n' + source.postFilter() + '\n'
            + source.sorts();
        return new ResultPage(fingerprint(search), isFirst(request));
    }

    /** Returns a hash of the properties that all pages of a search have in common. */
    static String fingerprint(String search) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(search));
    }
}
