package org.opensearch.interest.api.model;

import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.nodes.BaseNodesResponse;
import org.opensearch.cluster.ClusterName;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every node's models, and which node was asked. */
public final class ModelsResponse extends BaseNodesResponse<NodeModels> {
    private final String asked;

    /** @param asked id of the node whose models are shown */
    ModelsResponse(ClusterName cluster, List<NodeModels> nodes, List<FailedNodeException> failures, String asked) {
        super(cluster, nodes, failures);
        this.asked = asked;
    }

    ModelsResponse(StreamInput in) throws IOException {
        super(in);
        asked = in.readString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(asked);
    }

    @Override
    protected List<NodeModels> readNodesFrom(StreamInput in) throws IOException {
        return in.readList(NodeModels::new);
    }

    @Override
    protected void writeNodesTo(StreamOutput out, List<NodeModels> nodes) throws IOException {
        out.writeList(nodes);
    }

    /** The models of the node that was asked, those that are not the same everywhere with a {@code conflict}. */
    List<Map<String, Object>> models() {
        Map<String, String> conflicts = conflicts();
        return getNodes().stream()
            .filter(node -> node.getNode().getId().equals(asked))
            .flatMap(node -> node.models().stream())
            .map(model -> {
                String conflict = conflicts.get((String) model.get("model_id"));
                if (conflict == null) {
                    return model;
                }
                Map<String, Object> shown = new LinkedHashMap<>(model);
                shown.put("conflict", conflict);
                return shown;
            })
            .toList();
    }

    /** Model id → which nodes hold which version of its files, for models of more than one. */
    Map<String, String> conflicts() {
        Map<String, Map<String, Set<String>>> nodesByVersion = new TreeMap<>();
        for (NodeModels node : getNodes()) {
            for (Map<String, Object> model : node.models()) {
                if (model.get("version") instanceof String version) {
                    nodesByVersion.computeIfAbsent((String) model.get("model_id"), id -> new TreeMap<>())
                        .computeIfAbsent(version, v -> new TreeSet<>())
                        .add(node.getNode().getName());
                }
            }
        }
        Map<String, String> conflicts = new TreeMap<>();
        nodesByVersion.forEach((modelId, versions) -> {
            if (versions.size() > 1) {
                conflicts.put(
                    modelId,
                    "[interest] the nodes hold different files under one model id, and their vectors do not compare: version "
                        + versions + ". Give every node the same files and POST /_plugins/_interest/models/" + modelId
                        + "/_reload"
                );
            }
        });
        return conflicts;
    }
}
