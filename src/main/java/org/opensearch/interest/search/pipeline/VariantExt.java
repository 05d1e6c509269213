package org.opensearch.interest.search.pipeline;

import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.core.experiment.Experiment;
import org.opensearch.search.SearchExtBuilder;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Experiment and variant of a search in its response, {@code "ext":{"interest":{"experiment":"…","variant":"…"}}}, for
 * clients to repeat in events. Responses only: a request cannot contain it. Immutable.
 */
public final class VariantExt extends SearchExtBuilder {
    public static final String NAME = "interest_variant";

    private final String experiment;
    private final String variant;
    private final List<String> teams;

    private VariantExt(String experiment, String variant, List<String> teams) {
        this.experiment = Objects.requireNonNull(experiment, "experiment");
        this.variant = Objects.requireNonNull(variant, "variant");
        this.teams = List.copyOf(teams);
    }

    /** Creates the ext of a page that one variant ranked. */
    static VariantExt of(String experiment, String variant) {
        return new VariantExt(experiment, variant, List.of());
    }

    /** Creates the ext of a page that interleaves two variants. */
    static VariantExt interleaved(String experiment, List<String> teams) {
        return new VariantExt(experiment, Experiment.INTERLEAVED, teams);
    }

    public VariantExt(StreamInput in) throws IOException {
        this(in.readString(), in.readString(), in.readStringList());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(experiment);
        out.writeString(variant);
        out.writeStringCollection(teams);
    }

    boolean isInterleaved() {
        return teams.isEmpty() == false;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject(InterestExt.NAME).field("experiment", experiment).field("variant", variant);
        if (isInterleaved()) {
            builder.field("teams", teams);
        }
        return builder.endObject();
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VariantExt that && experiment.equals(that.experiment) && variant.equals(that.variant)
            && teams.equals(that.teams);
    }

    @Override
    public int hashCode() {
        return Objects.hash(experiment, variant, teams);
    }
}
