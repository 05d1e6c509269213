package org.opensearch.interest.api.stats;

import org.opensearch.action.support.nodes.BaseNodeResponse;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.core.embedding.InferenceCounts;
import org.opensearch.interest.core.measure.Latencies;
import org.opensearch.interest.core.tracking.EventCounts;
import org.opensearch.interest.core.tracking.HistoryCounts;
import org.opensearch.interest.core.tracking.PipelineCounts;
import org.opensearch.interest.core.tracking.SearchCounts;
import org.opensearch.interest.engine.inference.NodeEmbeddingCache;

import java.io.IOException;

/** Counts of one node since it started, written as the fields of an object that the response opens and closes. */
public final class NodeStats extends BaseNodeResponse implements ToXContentFragment {
    private final InferenceCounts.Reading inference;
    private final int queue;
    private final NodeEmbeddingCache.Reading cache;
    private final String device;
    private final EventCounts.Reading events;
    private final SearchCounts.Reading search;
    private final HistoryCounts.Reading history;
    private final PipelineCounts.Reading pipelines;

    /**
     * @param queue  number of texts that now wait for a model
     * @param device device on which the node's models run
     */
    NodeStats(
        DiscoveryNode node, InferenceCounts.Reading inference, int queue, NodeEmbeddingCache.Reading cache,
        String device, EventCounts.Reading events, SearchCounts.Reading search, HistoryCounts.Reading history,
        PipelineCounts.Reading pipelines
    ) {
        super(node);
        this.inference = inference;
        this.queue = queue;
        this.cache = cache;
        this.device = device;
        this.events = events;
        this.search = search;
        this.history = history;
        this.pipelines = pipelines;
    }

    NodeStats(StreamInput in) throws IOException {
        super(in);
        inference = new InferenceCounts.Reading(
            in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong(),
            in.readVLong(), latencies(in)
        );
        queue = in.readVInt();
        cache = new NodeEmbeddingCache.Reading(
            in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong()
        );
        device = in.readString();
        events = new EventCounts.Reading(in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong(), latencies(in));
        search = new SearchCounts.Reading(
            in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong(), latencies(in)
        );
        history = new HistoryCounts.Reading(in.readVLong(), in.readVLong(), in.readVLong());
        pipelines = new PipelineCounts.Reading(
            in.readVLong(), in.readMap(StreamInput::readString, StreamInput::readVLong), in.readVLong(), in.readVLong(),
            in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong()
        );
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        write(
            out, inference.latency(), inference.requests(), inference.texts(), inference.batches(), inference.shared(),
            inference.tokens(), inference.rejected(), inference.failed()
        );
        out.writeVInt(queue);
        for (long count : new long[]{ cache.hits(), cache.misses(), cache.evictions(), cache.refused(), cache.count(),
            cache.bytes() }) {
            out.writeVLong(count);
        }
        out.writeString(device);
        write(out, events.latency(), events.applied(), events.duplicate(), events.ignored(), events.failed());
        write(
            out, search.latency(), search.queries(), search.personal(), search.plain(), search.degraded(),
            search.contentAlone()
        );
        out.writeVLong(history.kept());
        out.writeVLong(history.failed());
        out.writeVLong(history.expired());
        out.writeVLong(pipelines.personalized());
        out.writeMap(pipelines.notPersonalized(), StreamOutput::writeString, StreamOutput::writeVLong);
        out.writeVLong(pipelines.diversified());
        out.writeVLong(pipelines.notDiversified());
        out.writeVLong(pipelines.captured());
        out.writeVLong(pipelines.notCaptured());
        out.writeVLong(pipelines.explained());
        out.writeVLong(pipelines.notExplained());
    }

    public InferenceCounts.Reading inference() {
        return inference;
    }

    public NodeEmbeddingCache.Reading cache() {
        return cache;
    }

    public EventCounts.Reading events() {
        return events;
    }

    public SearchCounts.Reading search() {
        return search;
    }

    public PipelineCounts.Reading pipelines() {
        return pipelines;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.field("name", getNode().getName());
        builder.startObject("inference")
            .field("requests", inference.requests())
            .field("texts", inference.texts())
            .field("batches", inference.batches())
            .field("shared", inference.shared())
            .field("tokens", inference.tokens())
            .field("rejected", inference.rejected())
            .field("failed", inference.failed())
            .field("queue", queue)
            .field("device", device);
        builder.startObject("cache")
            .field("hits", cache.hits())
            .field("misses", cache.misses())
            .field("evictions", cache.evictions())
            .field("refused", cache.refused())
            .field("count", cache.count())
            .field("bytes", cache.bytes())
            .endObject();
        writeLatency(builder, inference.latency()).endObject();
        builder.startObject("events")
            .field("applied", events.applied())
            .field("duplicate", events.duplicate())
            .field("ignored", events.ignored())
            .field("failed", events.failed());
        writeLatency(builder, events.latency()).endObject();
        builder.startObject("history")
            .field("kept", history.kept())
            .field("failed", history.failed())
            .field("expired", history.expired())
            .endObject();
        builder.startObject("search")
            .field("queries", search.queries())
            .field("personal", search.personal())
            .field("plain", search.plain())
            .field("degraded", search.degraded())
            .field("content_alone", search.contentAlone());
        writeLatency(builder, search.latency()).endObject();
        return builder.startObject("pipelines")
            .field("personalized", pipelines.personalized())
            .field("not_personalized", pipelines.notPersonalized())
            .field("diversified", pipelines.diversified())
            .field("not_diversified", pipelines.notDiversified())
            .field("captured", pipelines.captured())
            .field("not_captured", pipelines.notCaptured())
            .field("explained", pipelines.explained())
            .field("not_explained", pipelines.notExplained())
            .endObject();
    }

    /** Writes latencies; omits the percentiles if nothing was measured, because zeros would look fast. */
    private static XContentBuilder writeLatency(XContentBuilder builder, Latencies latencies) throws IOException {
        builder.startObject("latency").field("count", latencies.count());
        if (latencies.count() > 0) {
            builder.field("p50_ms", latencies.p50()).field("p95_ms", latencies.p95()).field("p99_ms", latencies.p99());
        }
        return builder.endObject();
    }

    private static void write(StreamOutput out, Latencies latencies, long... counts) throws IOException {
        for (long count : counts) {
            out.writeVLong(count);
        }
        out.writeVLong(latencies.count());
        out.writeDouble(latencies.p50());
        out.writeDouble(latencies.p95());
        out.writeDouble(latencies.p99());
    }

    private static Latencies latencies(StreamInput in) throws IOException {
        return new Latencies(in.readVLong(), in.readDouble(), in.readDouble(), in.readDouble());
    }
}
