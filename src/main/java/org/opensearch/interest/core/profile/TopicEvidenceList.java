package org.opensearch.interest.core.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The few events with the most weight in a topic: ids and texts, no vectors. If there is one too many, the one of least
 * weight is dropped, but never the last one with an item, because the item is shown as the topic's example. Immutable.
 *
 * @param list at most {@link #KEPT}, in no order
 */
public record TopicEvidenceList(List<TopicEvidence> list) {
    public static final int KEPT = 3;
    private static final TopicEvidenceList NONE = new TopicEvidenceList(List.of());

    public TopicEvidenceList {
        list = List.copyOf(list);
    }

    static TopicEvidenceList none() {
        return NONE;
    }

    /** @param halfLife the topic's half-life */
    TopicEvidenceList plus(TopicEvidence reason, long halfLife) {
        List<TopicEvidence> all = new ArrayList<>(list);
        Optional<TopicEvidence> known = all.stream().filter(reason::isSame).findFirst();
        known.ifPresent(all::remove);
        all.add(known.map(same -> same.plus(reason, halfLife)).orElse(reason));
        if (all.size() > KEPT) {
            all.remove(lightest(all, halfLife));
        }
        return new TopicEvidenceList(all);
    }

    TopicEvidenceList plus(TopicEvidenceList others, long halfLife) {
        TopicEvidenceList joined = this;
        for (TopicEvidence other : others.list) {
            joined = joined.plus(other, halfLife);
        }
        return joined;
    }

    /** The same events in a topic that decays by another half-life from a time on. */
    TopicEvidenceList withHalfLife(long halfLife, long newHalfLife, long from) {
        return newHalfLife == halfLife ? this
            : new TopicEvidenceList(list.stream().map(each -> each.withHalfLife(halfLife, newHalfLife, from)).toList());
    }

    /** Removes one event, if it is in the list. */
    TopicEvidenceList minus(TopicEvidence reason, long halfLife) {
        List<TopicEvidence> rest = new ArrayList<>();
        for (TopicEvidence one : list) {
            if (one.isSame(reason) == false) {
                rest.add(one);
            } else if (one.events() > 1) {
                rest.add(one.minus(reason, halfLife));
            }
        }
        return new TopicEvidenceList(rest);
    }

    private static TopicEvidence lightest(List<TopicEvidence> all, long halfLife) {
        long at = all.stream().mapToLong(TopicEvidence::time).max().orElseThrow();
        boolean oneItem = all.stream().filter(reason -> reason.item() != null).count() == 1;
        return all.stream()
            .filter(reason -> oneItem == false || reason.item() == null)
            .min(Comparator.comparingDouble(reason -> reason.weight(at, halfLife)))
            .orElseThrow();
    }

    /** The entries, the one with the most weight at a time first. */
    public List<TopicEvidence> heaviest(long at, long halfLife) {
        return list.stream().sorted(Comparator.comparingDouble(reason -> -reason.weight(at, halfLife))).toList();
    }
}
