package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.interest.cluster.resolve.ResultPage;
import org.opensearch.interest.core.digest.Sha256;
import org.opensearch.search.builder.SearchSourceBuilder;

import java.util.Arrays;
import java.util.Base64;

/** Which page of which search a request is for. */
final class SearchPages {
    private SearchPages() {}

    /** The first one: nothing was skipped. */
    static boolean isFirst(SearchRequest request) {
        return request.source().from() <= 0 && request.source().searchAfter() == null;
    }

    /**
     * Pages of one search look in the same places for the same things in the same order; aggregations, highlighting and
     * what is fetched may differ from page to page. A point in time is no part of it: it is extended under new names.
     */
    static ResultPage of(SearchRequest request) {
        SearchSourceBuilder source = request.source();
        String search = Arrays.toString(request.indices()) + '\n' + source.query() + '\n' + source.postFilter() + '\n'
            + source.sorts();
        return new ResultPage(fingerprint(search), isFirst(request));
    }

    /** Of what all pages of a search have in common. */
    static String fingerprint(String search) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(search));
    }
}
