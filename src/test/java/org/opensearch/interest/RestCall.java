package org.opensearch.interest;

import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.indices.breaker.NoneCircuitBreakerService;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.rest.AbstractRestChannel;
import org.opensearch.rest.RestController;
import org.opensearch.rest.RestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestResponse;
import org.opensearch.rest.RestUtils;
import org.opensearch.test.rest.FakeRestRequest;
import org.opensearch.transport.client.node.NodeClient;
import org.opensearch.usage.UsageService;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A REST request through a dispatcher with handlers of ours before a test node's client, without a socket. */
public final class RestCall {
    private final RestController controller;
    private final ThreadContext context;

    public RestCall(NodeClient client, RestHandler... handlers) {
        context = client.threadPool().getThreadContext();
        controller = new RestController(Set.of(), null, client, new NoneCircuitBreakerService(), new UsageService());
        for (RestHandler handler : handlers) {
            controller.registerHandler(handler);
        }
    }

    public Answer get(String path) throws Exception {
        return send(RestRequest.Method.GET, path, null);
    }

    public Answer post(String path, String json) throws Exception {
        return send(RestRequest.Method.POST, path, json);
    }

    @SuppressWarnings("try") // the context is stashed until it is closed, and never read
    public Answer send(RestRequest.Method method, String path, String json) throws Exception {
        Map<String, String> parameters = new HashMap<>();
        int query = path.indexOf('?');
        if (query >= 0) {
            RestUtils.decodeQueryString(path, query + 1, parameters);
        }
        FakeRestRequest.Builder builder = new FakeRestRequest.Builder(NamedXContentRegistry.EMPTY).withMethod(method)
            .withPath(query < 0 ? path : path.substring(0, query))
            .withParams(parameters);
        if (json != null) {
            builder.withContent(new BytesArray(json), MediaTypeRegistry.JSON);
        }
        RestRequest request = builder.build();
        CompletableFuture<RestResponse> response = new CompletableFuture<>();
        CompletableFuture<List<String>> warnings = new CompletableFuture<>();
        try (ThreadContext.StoredContext ignored = context.stashContext()) {
            controller.dispatchRequest(request, new AbstractRestChannel(request, true) {
                @Override
                public void sendResponse(RestResponse answer) {
                    warnings.complete(context.getResponseHeaders().getOrDefault("Warning", List.of()));
                    response.complete(answer);
                }
            }, context);
        }
        RestResponse answer = response.get(60, TimeUnit.SECONDS);
        Map<String, Object> content = XContentHelper.convertToMap(answer.content(), true, MediaTypeRegistry.JSON).v2();
        return new Answer(answer.status().getStatus(), content, answer.getHeaders(), warnings.join());
    }

    /** A status, a JSON object, the headers that came with them, and those that warn. */
    public record Answer(
        int status,
        Map<String, Object> json,
        Map<String, List<String>> headers,
        List<String> warnings
    ) {
        /** The reason of an error, as a person reads it first. */
        public String reason() {
            return (String) ((Map<?, ?>) json.get("error")).get("reason");
        }
    }
}
