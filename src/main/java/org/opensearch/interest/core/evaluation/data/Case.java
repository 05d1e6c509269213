package org.opensearch.interest.core.evaluation.data;

/**
 * One question put to every method: what will this user take up next?
 *
 * @param user       who
 * @param at         when, in milliseconds since 1970
 * @param known      how many of all events, in time order, a method may have learned from
 * @param seen       how many of the user's own events a method may look at
 * @param targets    what the user did take up: items, each once, at least one
 * @param candidates the items to rank, targets included; null for all that the experiment has
 */
public record Case(int user, long at, int known, int seen, int[] targets, int[] candidates) {}
