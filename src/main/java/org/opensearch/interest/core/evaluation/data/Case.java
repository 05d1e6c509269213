package org.opensearch.interest.core.evaluation.data;

/**
 * Evaluation case: which items does this user engage with next? Every method scores it.
 *
 * @param user       number of the user
 * @param at         the time of the case, in milliseconds since 1970
 * @param known      number of events, of all events in time order, that a method may have learned from
 * @param seen       number of the user's own events that a method may use
 * @param targets    items that the user did engage with: each once, at least one
 * @param candidates the items to rank, targets included; null for all items of the {@link EvaluationCases}
 */
public record Case(int user, long at, int known, int seen, int[] targets, int[] candidates) {}
