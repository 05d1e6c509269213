package org.opensearch.interest.api.recommend;

import org.opensearch.action.ActionType;
import org.opensearch.action.search.SearchResponse;

/** Items that suit a user, as an answer of a search of the items' index. */
public final class RecommendAction extends ActionType<SearchResponse> {
    public static final String NAME = "indices:data/read/interest/recommend";
    public static final RecommendAction INSTANCE = new RecommendAction();

    private RecommendAction() {
        super(NAME, SearchResponse::new);
    }
}
