package org.opensearch.interest.search.script;

import org.opensearch.common.xcontent.LoggingDeprecationHandler;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.MediaType;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.tracking.RankingTarget;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Query or rescorer as a tree of maps, in which the params of scripts can be found and replaced. The detour is needed
 * because core's builders neither expose nor replace their scripts, while every builder can be printed and parsed
 * again.
 */
final class ScriptTree {
    private final Map<String, Object> root;
    private final List<Map<String, Object>> scripts = new ArrayList<>();

    private ScriptTree(Map<String, Object> root) {
        this.root = root;
        collect(root);
    }

    static ScriptTree of(ToXContent builder) throws IOException {
        // SMILE preserves numbers and binary values, and is fast to write and read.
        try (XContentBuilder content = XContentFactory.smileBuilder()) {
            builder.toXContent(content, ToXContent.EMPTY_PARAMS);
            return new ScriptTree(
                XContentHelper.convertToMap(BytesReference.bytes(content), true, (MediaType) XContentType.SMILE).v2()
            );
        }
    }

    /**
     * Returns the targets of the scripts that need a tracker.
     *
     * @throws IllegalArgumentException if the params of an {@code interest} script are invalid
     */
    List<RankingTarget> unresolved() {
        List<RankingTarget> targets = new ArrayList<>();
        for (Map<String, Object> script : scripts) {
            targets.add(ScriptParams.target(params(script)));
        }
        return targets;
    }

    void replace(Map<RankingTarget, ResolvedInterest> answers) {
        for (Map<String, Object> script : scripts) {
            ResolvedInterest answer = answers.get(ScriptParams.target(params(script)));
            script.put("params", new HashMap<>(ScriptParams.resolved(answer)));
        }
    }

    <T> T parse(NamedXContentRegistry registry, Parser<T> parser) throws IOException {
        try (XContentBuilder content = XContentFactory.smileBuilder().map(root);
            XContentParser tree = XContentHelper.createParser(
                registry, LoggingDeprecationHandler.INSTANCE, BytesReference.bytes(content), XContentType.SMILE
            )) {
            return parser.parse(tree);
        }
    }

    interface Parser<T> {
        T parse(XContentParser parser) throws IOException;
    }

    private void collect(Object node) {
        if (node instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if ("script".equals(entry.getKey()) && isUnresolved(entry.getValue())) {
                    scripts.add(asScript(entry.getValue()));
                } else {
                    collect(entry.getValue());
                }
            }
        } else if (node instanceof List<?> list) {
            list.forEach(this::collect);
        }
    }

    private static boolean isUnresolved(Object node) {
        if (node instanceof Map<?, ?> map && InterestScriptEngine.LANG.equals(map.get("lang"))) {
            Map<String, Object> params = params(asScript(node));
            return ScriptParams.isResolved(params) == false && ScriptParams.target(params).needsTracker();
        }
        return false;
    }

    /** Keys of parsed maps are strings. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> asScript(Object node) {
        return (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> params(Map<String, Object> script) {
        return script.get("params") instanceof Map<?, ?> params ? (Map<String, Object>) params : Map.of();
    }
}
