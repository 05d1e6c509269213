/**
 * Comparing two ways of ranking on the people who use them: who gets which variant, two rankings in one list, and what
 * clicks say about it. Arithmetic alone: knows no profile, no index and no search.
 */
package org.opensearch.interest.core.experiment;
