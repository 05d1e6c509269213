package org.opensearch.interest.api.recommend;

import org.opensearch.common.Nullable;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.DeprecationHandler;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.Diversity;
import org.opensearch.interest.core.tracking.ComponentWeightsJson;

import java.io.IOException;
import java.util.Map;

/**
 * Validated options of a recommend request.
 *
 * @param size        in [0,100]
 * @param from        ≥ 0, with size at most {@link #MAX_WINDOW}
 * @param filter      query that items must match; null for all items
 * @param excludeSeen whether items that the user has events on are left out; if not, repeat damping lowers their scores
 *                    for a while
 * @param blend       component weights; null for the tracker's own
 * @param explain     whether each hit has an explanation
 */
record RecommendOptions(
    int size,
    int from,
    @Nullable QueryBuilder filter,
    boolean excludeSeen,
    Diversity diversity,
    @Nullable ComponentWeights blend,
    boolean explain
) {
    /**
     * Largest value of from + size. Diversification compares every pair of a window, so its cost grows with the square
     * of the window.
     */
    static final int MAX_WINDOW = 500;
    /** Number of the best items that are diversified, whatever the page. */
    private static final int WINDOW = 100;
    private static final int MAX_SIZE = 100;
    private static final double DEFAULT_DIVERSITY = 0.3;

    /** Reads the options from the body; rejects unknown keys. */
    static RecommendOptions read(Map<String, Object> body, NamedXContentRegistry registry) {
        JsonObjectReader json = new JsonObjectReader("recommend request", body);
        int size = (int) json.integer("size", 0, MAX_SIZE, 10);
        RecommendOptions options = new RecommendOptions(
            size, (int) json.integer("from", 0, MAX_WINDOW - size, 0), filter(json, registry),
            json.bool("exclude_seen", true), new Diversity(json.number("diversity", 0, 1, DEFAULT_DIVERSITY)),
            json.has("blend") ? ComponentWeightsJson.read(json.object("blend")) : null, json.bool("explain", false)
        );
        json.done();
        return options;
    }

    private static QueryBuilder filter(JsonObjectReader json, NamedXContentRegistry registry) {
        if (json.has("filter") == false) {
            return null;
        }
        if (json.value("filter") instanceof Map<?, ?> == false) {
            throw json.invalid("filter", "a query");
        }
        try (XContentBuilder written = XContentFactory.jsonBuilder().value(json.value("filter"))) {
            BytesReference bytes = BytesReference.bytes(written);
            try (XContentParser parser = XContentType.JSON.xContent()
                .createParser(registry, DeprecationHandler.IGNORE_DEPRECATIONS, bytes.streamInput())) {
                return AbstractQueryBuilder.parseInnerQueryBuilder(parser);
            }
        } catch (ParsingException e) {
            throw new IllegalArgumentException(
                "[interest] [filter] of recommend request must be a query, but: " + e.getMessage(), e
            );
        } catch (IOException e) {
            throw new IllegalArgumentException("[interest] [filter] of recommend request cannot be read", e);
        }
    }

    int window() {
        return Math.max(WINDOW, from + size);
    }

    /** Returns a key that all pages of one recommendation share. */
    String series() {
        return "recommend\n" + filter + '\n' + excludeSeen + '\n' + blend;
    }
}
