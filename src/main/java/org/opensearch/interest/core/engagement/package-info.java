/**
 * Co-engagement and popularity of items, both decayed, learned from all users, and the item boosts they give one user.
 * Knows neither user ids nor item contents.
 */
package org.opensearch.interest.core.engagement;
