package org.opensearch.interest.core.experiment;

import org.opensearch.interest.core.digest.Sha256;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An A/B test: which variants there are, and who gets which. A user's variant follows from the experiment's name, the
 * variants' names and shares, and the user, and from nothing else: it is the same on every node and at every time, and
 * that of another experiment says nothing about it. Immutable.
 *
 * @param name       of the experiment; another name draws anew
 * @param variants   2 to 8, sorted by name; their shares add up to 1
 * @param control    the name of the variant that the others are compared with
 * @param interleave whether everybody gets both of two variants in one list, instead of one of them
 */
public record Experiment(String name, List<Variant> variants, String control, boolean interleave) {
    public static final int MOST_VARIANTS = 8;
    /** Name of the combination of two variants on one page; reserved. */
    public static final String INTERLEAVED = "interleaved";
    /** Tolerance of the sum of shares, which are written in decimals. */
    private static final double ROUNDING = 1e-6;

    public Experiment {
        Objects.requireNonNull(name, "name");
        variants = variants.stream().sorted(Comparator.comparing(Variant::name)).toList();
        if (variants.size() < 2 || variants.size() > MOST_VARIANTS) {
            throw new IllegalArgumentException(
                "an experiment needs 2 to " + MOST_VARIANTS + " variants, but has [" + variants.size() + "]"
            );
        }
        List<String> names = variants.stream().map(Variant::name).toList();
        if (names.stream().distinct().count() < names.size() || names.contains(INTERLEAVED)) {
            throw new IllegalArgumentException(
                "variants need names of their own other than [" + INTERLEAVED + "], but are " + names
            );
        }
        double shares = variants.stream().mapToDouble(Variant::share).sum();
        if (Math.abs(shares - 1) > ROUNDING) {
            throw new IllegalArgumentException(
                "the shares of variants " + names + " must add up to 1, but add up to [" + shares + "]"
            );
        }
        if (names.contains(control) == false) {
            throw new IllegalArgumentException(
                "the control must be one of the variants " + names + ", but was [" + control + "]"
            );
        }
        if (interleave && variants.size() != 2) {
            throw new IllegalArgumentException(
                "[2] variants can be interleaved, but there are [" + variants.size() + "]"
            );
        }
    }

    /** The variant of that name. */
    public Optional<Variant> variant(String named) {
        return variants.stream().filter(variant -> variant.name().equals(named)).findFirst();
    }

    /** The control, and then the others by name. */
    public List<String> controlFirst() {
        List<String> names = new ArrayList<>(List.of(control));
        variants.stream().map(Variant::name).filter(other -> other.equals(control) == false).forEach(names::add);
        return names;
    }

    /**
     * Weighted rendezvous hashing: each variant draws an exponential time at the pace of its share, and the first one
     * wins (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006). A share that grows only takes
     * users from the others; no user moves between variants whose shares keep their ratio.
     *
     * @param user the same string for the same user at all times
     */
    public Variant of(String user) {
        Variant first = null;
        double earliest = Double.POSITIVE_INFINITY;
        for (Variant variant : variants) {
            double time = -Math.log(uniform(name, variant.name(), user)) / variant.share();
            if (time < earliest) {
                earliest = time;
                first = variant;
            }
        }
        return first;
    }

    /** In (0,1), by a hash of all three. */
    private static double uniform(String experiment, String variant, String user) {
        // names hold no control characters, so no two triples read the same
        long bits = ByteBuffer.wrap(Sha256.of(experiment + '\0' + variant + '\0' + user)).getLong();
        return ((bits >>> 11) + 0.5) * 0x1p-53;
    }
}
