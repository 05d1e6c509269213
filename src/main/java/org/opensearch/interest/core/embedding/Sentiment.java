package org.opensearch.interest.core.embedding;

import org.opensearch.interest.core.vector.Vectors;

import java.util.List;
import java.util.stream.Stream;

/**
 * Sign of a comment, by the embedding model: its position on the line from a few complaints to a few praises. A simple
 * substitute for a classifier, for reviews in the model's own language. It does not recognise irony and mixed feelings,
 * so it answers "against" only for clear complaints; any other comment counts as interest.
 */
public final class Sentiment {
    private static final List<String> PRAISE = List.of(
        "I love it, excellent quality, highly recommended", "Very happy with this, works perfectly",
        "Great, exactly what I wanted"
    );
    private static final List<String> COMPLAINT = List.of(
        "I hate it, terrible quality, do not buy", "Very disappointed, it broke and does not work",
        "Awful, a waste of money, sent it back"
    );
    /** With the bundled model, plain statements lie at −.01 on average, and complaints below −.10. */
    private static final double CLEARLY_AGAINST = -0.1;

    private final float[] fromComplaintToPraise;

    /** @param anchors the unit vectors of {@link #anchors}, in their order */
    public Sentiment(List<float[]> anchors) {
        float[] line = new float[anchors.get(0).length];
        for (int i = 0; i < anchors.size(); i++) {
            boolean praise = i < PRAISE.size();
            line = Vectors.plusScaled(line, praise ? 1.0 / PRAISE.size() : -1.0 / COMPLAINT.size(), anchors.get(i));
        }
        fromComplaintToPraise = line;
    }

    /** The texts whose vectors the line is drawn through, to be embedded as queries. */
    public static List<String> anchors() {
        return Stream.concat(PRAISE.stream(), COMPLAINT.stream()).toList();
    }

    /** @param comment the unit vector of a comment, by the same model */
    public boolean isAgainst(float[] comment) {
        return Vectors.dot(fromComplaintToPraise, comment) < CLEARLY_AGAINST;
    }
}
