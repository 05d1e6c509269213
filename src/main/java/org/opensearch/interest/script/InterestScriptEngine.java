package org.opensearch.interest.script;

import org.opensearch.script.ScoreScript;
import org.opensearch.script.ScriptContext;
import org.opensearch.script.ScriptEngine;

import java.util.Map;
import java.util.Set;

/**
 * {@code {"lang":"interest","source":"similarity","params":{…}}}, in score contexts: the number that an {@code interest} query of
 * weight 1 gives.
 */
public final class InterestScriptEngine implements ScriptEngine {
    public static final String LANG = "interest";
    static final String SOURCE = "similarity";

    @Override
    public String getType() {
        return LANG;
    }

    @Override
    public <F> F compile(String name, String code, ScriptContext<F> context, Map<String, String> options) {
        if (ScoreScript.CONTEXT.equals(context) == false) {
            throw new IllegalArgumentException(
                "[interest] scripts can be used in context [" + ScoreScript.CONTEXT.name + "] only, but this is [" + context.name + "]"
            );
        }
        if (SOURCE.equals(code) == false) {
            throw new IllegalArgumentException("[interest] the source of a script must be [" + SOURCE + "], but was [" + code + "]");
        }
        return context.factoryClazz.cast(new InterestScoreFactory());
    }

    @Override
    public Set<ScriptContext<?>> getSupportedContexts() {
        return Set.of(ScoreScript.CONTEXT);
    }
}
