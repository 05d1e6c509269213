package org.opensearch.interest.integration;

import com.carrotsearch.randomizedtesting.annotations.Name;
import com.carrotsearch.randomizedtesting.annotations.ParametersFactory;
import com.carrotsearch.randomizedtesting.annotations.ThreadLeakScope;

import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.opensearch.test.rest.yaml.ClientYamlTestCandidate;
import org.opensearch.test.rest.yaml.OpenSearchClientYamlSuiteTestCase;

import java.io.IOException;

/** Runs what {@code rest-api-spec/test} says about the REST interface. */
@ThreadLeakScope(ThreadLeakScope.Scope.NONE) // the node is a process, and Java waits for its end with a thread of its own
public class RestYamlIT extends OpenSearchClientYamlSuiteTestCase {
    private static OneNode node;

    public RestYamlIT(@Name("yaml") ClientYamlTestCandidate candidate) {
        super(candidate);
    }

    @ParametersFactory
    public static Iterable<Object[]> parameters() throws Exception {
        return createParameters();
    }

    @BeforeClass
    public static void startNode() throws IOException {
        node = OneNode.start();
    }

    @AfterClass
    public static void stopNode() throws IOException {
        if (node != null) {
            node.close();
            node = null;
        }
    }

    @Override
    protected String getTestRestCluster() {
        return node.http().node().getAuthority();
    }
}
