package org.opensearch.interest.model;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.inference.ModelInfo;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One JSON object a model; {@code {"models":[…]}}, or the one object that was asked for. */
public final class GetModelsResponse extends ActionResponse implements ToXContentObject {
    private final List<Map<String, Object>> models;
    private final boolean single;

    private GetModelsResponse(List<Map<String, Object>> models, boolean single) {
        this.models = models;
        this.single = single;
    }

    static GetModelsResponse all(List<ModelInfo> models) {
        return new GetModelsResponse(models.stream().map(GetModelsResponse::json).toList(), false);
    }

    static GetModelsResponse one(ModelInfo model) {
        return new GetModelsResponse(List.of(json(model)), true);
    }

    public GetModelsResponse(StreamInput in) throws IOException {
        models = in.readList(StreamInput::readMap);
        single = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeCollection(models, StreamOutput::writeMap);
        out.writeBoolean(single);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return single ? builder.map(models.get(0)) : builder.startObject().field("models", models).endObject();
    }

    private static Map<String, Object> json(ModelInfo model) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model_id", model.modelId());
        model.spec().ifPresent(spec -> {
            json.put("dimension", spec.dimension());
            json.put("max_tokens", spec.maxTokens());
            json.put("pooling", spec.pooling().name().toLowerCase(Locale.ROOT));
            json.put("normalize", spec.normalize());
            json.put("query_prefix", spec.queryPrefix());
            json.put("passage_prefix", spec.passagePrefix());
        });
        json.put("device", "cpu");
        json.put("bundled", model.bundled());
        json.put("loaded", model.loaded());
        model.error().ifPresent(error -> json.put("error", error));
        return json;
    }
}
