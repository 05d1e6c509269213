package org.opensearch.interest.api.model;

import org.opensearch.Version;
import org.opensearch.cluster.ClusterName;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.interest.engine.inference.ModelInfo;
import org.opensearch.test.OpenSearchTestCase;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

public class ConflictTests extends OpenSearchTestCase {
    private static NodeModels node(String name, String... versions) {
        DiscoveryNode node = new DiscoveryNode(
            name, name, buildNewFakeTransportAddress(), Map.of(), Set.of(), Version.CURRENT
        );
        List<ModelInfo> models = IntStream.range(0, versions.length)
            .mapToObj(
                i -> new ModelInfo(
                    "m" + i, Optional.empty(), false, versions[i] != null, Optional.ofNullable(versions[i]),
                    Optional.empty(), Optional.empty()
                )
            )
            .toList();
        return NodeModels.of(node, models);
    }

    public void testNodesWithOtherFilesUnderOneNameAreNamed() throws Exception {
        ModelsResponse response = new ModelsResponse(
            ClusterName.DEFAULT,
            List.of(node("a", "11", "22"), node("b", "11", "33"), node("c", null, "22"), node("d")), List.of(), "a"
        );
        ModelsResponse read = copyWriteable(response, writableRegistry(), ModelsResponse::new);
        String conflict = "[interest] the nodes hold different files under one model id, and their vectors do not compare: "
            + "version {22=[a, c], 33=[b]}. Give every node the same files and POST /_plugins/_interest/models/m1/_reload";
        assertEquals(Map.of("m1", conflict), read.conflicts());
        assertEquals(2, read.models().size());
        assertFalse(read.models().get(0).containsKey("conflict"));
        assertEquals(conflict, read.models().get(1).get("conflict"));
        assertEquals("22", read.models().get(1).get("version"));
    }
}
