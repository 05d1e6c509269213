package org.opensearch.interest.node;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Client of one node's REST interface. Thread-safe. */
public final class Http implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private final URI node;
    private final HttpClient client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .build();

    public Http(URI node) {
        this.node = node;
    }

    /** Response of any status. */
    public record Answer(String request, int status, String text) {
        public JsonElement json() {
            try {
                return text.isEmpty() ? JsonNull.INSTANCE : JsonParser.parseString(text);
            } catch (JsonSyntaxException e) {
                throw new AssertionError(request + " answered no JSON: " + this, e);
            }
        }

        public JsonObject object() {
            return json().getAsJsonObject();
        }

        /** Returns this response if its status is 2xx; fails otherwise. */
        public Answer ok() {
            if (status < 200 || status > 299) {
                throw new AssertionError(request + " answered " + status + ": " + text);
            }
            return this;
        }

        /** Returns the error's reason; empty if this is not an error in OpenSearch's format. */
        public String reason() {
            JsonElement error = json().isJsonObject() ? object().get("error") : null;
            return error != null && error.isJsonObject() ? error.getAsJsonObject().get("reason").getAsString() : "";
        }
    }

    public URI node() {
        return node;
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    public Answer postLines(String path, String lines) {
        return send("POST", path, lines, "application/x-ndjson");
    }

    public Answer send(String method, String path, String json) {
        return send(method, path, json, "application/json");
    }

    public Answer send(String method, String path, String body, String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node + path)).timeout(ANSWER);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        }
        try {
            HttpResponse<String> response = client
                .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(method + " " + path, response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + node + path + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + method + " " + path, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
