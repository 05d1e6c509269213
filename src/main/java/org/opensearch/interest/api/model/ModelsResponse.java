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

/** Models of every node, and the node that received the request. */
public final class ModelsResponse extends BaseNodesResponse<NodeModels> {
    private final String receiver;

    /** @param receiver id of the node that received the request; its models are shown */
    ModelsResponse(ClusterName cluster, List<NodeModels> nodes, List<FailedNodeException> failures, String receiver) {
        super(cluster, nodes, failures);
        this.receiver = receiver;
    }

    ModelsResponse(StreamInput in) throws IOException {
        super(in);
        receiver = in.readString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(receiver);
    }

    @Override
    protected List<NodeModels> readNodesFrom(StreamInput in) throws IOException {
        return in.readList(NodeModels::new);
    }

    @Override
    protected void writeNodesTo(StreamOutput out, List<NodeModels> nodes) throws IOException {
        out.writeList(nodes);
    }

    /**
     * Returns the models of the node that received the request. A model whose files differ between nodes has a
     * {@code conflict}.
     */
    List<Map<String, Object>> models() {
        Map<String, String> conflicts = conflicts();
        return getNodes().stream()
            .filter(node -> node.getNode().getId().equals(receiver))
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

    /**
     * Returns an error text by model id, for models with more than one version of their files; it lists the nodes by
     * version.
     */
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
