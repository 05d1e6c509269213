package org.opensearch.interest.search.pipeline;

import org.apache.lucene.search.Query;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.MatchQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.search.builder.SearchSourceBuilder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A query with the name and the restrictions of neural search's hybrid query, which must not be wrapped. */
public class HybridTests extends SearchPipelineTestCase {
    /** The plugin with such a query. */
    public static class HybridPlugin extends TestInterestPlugin {
        @Override
        public List<QuerySpec<?>> getQueries() {
            List<QuerySpec<?>> queries = new ArrayList<>(super.getQueries());
            queries.add(new QuerySpec<>(HybridQueryBuilder.NAME, HybridQueryBuilder::new, parser -> {
                throw new UnsupportedOperationException("built in Java here");
            }));
            return queries;
        }
    }

    /** Query that the shards reject anywhere but at the top level. */
    public static final class HybridQueryBuilder extends AbstractQueryBuilder<HybridQueryBuilder> {
        static final String NAME = "hybrid";
        private final QueryBuilder one;

        HybridQueryBuilder(QueryBuilder one) {
            this.one = one;
        }

        HybridQueryBuilder(StreamInput in) throws IOException {
            super(in);
            one = in.readNamedWriteable(QueryBuilder.class);
        }

        @Override
        protected void doWriteTo(StreamOutput out) throws IOException {
            out.writeNamedWriteable(one);
        }

        @Override
        protected void doXContent(XContentBuilder builder, Params params) throws IOException {
            builder.startObject(NAME).field("queries", List.of(one)).endObject();
        }

        @Override
        protected Query doToQuery(QueryShardContext context) throws IOException {
            if (StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().contains("InterestQueryBuilder")))) {
                throw new IllegalStateException(
                    "a hybrid query must be a top level query and cannot be wrapped into other queries"
                );
            }
            return one.toQuery(context);
        }

        @Override
        protected boolean doEquals(HybridQueryBuilder other) {
            return one.equals(other.one);
        }

        @Override
        protected int doHashCode() {
            return one.hashCode();
        }

        @Override
        public String getWriteableName() {
            return NAME;
        }
    }

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(HybridPlugin.class);
    }

    public void testItsHitsAreBlendedWhereTheyCameTogether() {
        List<Map<String, Object>> all = List
            .of(Map.of("weight", 0.8), Map.of("weight", 0.8, "window", 30), Map.of("weight", 0.8, "blend", "rrf"));
        for (Map<String, Object> options : all) {
            SearchSourceBuilder source = new SearchSourceBuilder()
                .query(new HybridQueryBuilder(new MatchQueryBuilder("title", "thing")))
                .size(5)
                .ext(List.of(new InterestExt("ann", null, "shop", null, null, null)));
            Map<String, Object> processor = new HashMap<>(Map.of("interest_personalize", new HashMap<>(options)));
            source
                .searchPipelineSource(new HashMap<>(Map.of("request_processors", new ArrayList<>(List.of(processor)))));
            SearchResponse response = client().search(new SearchRequest("items").source(source)).actionGet();
            assertEquals(0, response.getFailedShards());
            assertEquals(List.of("bread", "bread", "bread", "bread", "bread"), kinds(response));
        }
        assertEquals(3, counts().personalized());
    }
}
