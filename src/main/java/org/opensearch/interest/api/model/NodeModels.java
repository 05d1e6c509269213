package org.opensearch.interest.api.model;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.support.nodes.BaseNodeResponse;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.engine.inference.ModelErrors;
import org.opensearch.interest.engine.inference.ModelInfo;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Models of one node, each as its JSON object. */
final class NodeModels extends BaseNodeResponse {
    private final List<Map<String, Object>> models;

    private NodeModels(DiscoveryNode node, List<Map<String, Object>> models) {
        super(node);
        this.models = models;
    }

    static NodeModels of(DiscoveryNode node, List<ModelInfo> models) {
        return new NodeModels(node, models.stream().map(NodeModels::json).toList());
    }

    /** Returns the error and the HTTP status of a reload that failed. */
    static NodeModels failed(DiscoveryNode node, String modelId, ModelException reason) {
        int status = ExceptionsHelper.status(ModelErrors.asAnswer(reason)).getStatus();
        return new NodeModels(
            node, List.of(Map.of("model_id", modelId, "error", reason.getMessage(), "status", status))
        );
    }

    NodeModels(StreamInput in) throws IOException {
        super(in);
        models = in.readList(StreamInput::readMap);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeCollection(models, StreamOutput::writeMap);
    }

    List<Map<String, Object>> models() {
        return models;
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
        model.version().ifPresent(version -> json.put("version", version));
        model.device().ifPresent(device -> json.put("device", device));
        json.put("bundled", model.bundled());
        json.put("loaded", model.loaded());
        model.error().ifPresent(error -> json.put("error", error));
        return json;
    }
}
