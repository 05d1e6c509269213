package org.opensearch.interest.integration;

import com.carrotsearch.randomizedtesting.annotations.Name;
import com.carrotsearch.randomizedtesting.annotations.ParametersFactory;
import com.carrotsearch.randomizedtesting.annotations.ThreadLeakScope;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.opensearch.client.Request;
import org.opensearch.client.RequestOptions;
import org.opensearch.client.WarningsHandler;
import org.opensearch.test.rest.yaml.ClientYamlTestCandidate;
import org.opensearch.test.rest.yaml.OpenSearchClientYamlSuiteTestCase;

import java.io.IOException;

/** Runs the tests of the REST interface in {@code rest-api-spec/test}. */
@ThreadLeakScope(ThreadLeakScope.Scope.NONE) // the node is a process, and Java waits for its end in a separate thread
public class RestYamlIT extends OpenSearchClientYamlSuiteTestCase {
    private static SingleNode node;

    public RestYamlIT(@Name("yaml") ClientYamlTestCandidate candidate) {
        super(candidate);
    }

    @ParametersFactory
    public static Iterable<Object[]> parameters() throws Exception {
        return createParameters();
    }

    @BeforeClass
    public static void startNode() throws IOException {
        node = SingleNode.start();
    }

    @AfterClass
    public static void stopNode() throws IOException {
        if (node != null) {
            node.close();
            node = null;
        }
    }

    /**
     * Deletes the indices before the framework does, which treats the warnings of two system indices at once as a
     * failure.
     */
    @After
    public void deleteOurIndices() throws IOException {
        Request delete = new Request("DELETE", "/.plugins-interest-*");
        delete.addParameter("expand_wildcards", "open,closed,hidden");
        RequestOptions.Builder tolerant = RequestOptions.DEFAULT.toBuilder();
        tolerant.setWarningsHandler(WarningsHandler.PERMISSIVE);
        delete.setOptions(tolerant);
        adminClient().performRequest(delete);
    }

    @Override
    protected String getTestRestCluster() {
        return node.http().node().getAuthority();
    }
}
