/**
 * Script language {@code interest}, which makes the score of the query available in {@code script_score}. Does not
 * depend on the storage of interests.
 */
package org.opensearch.interest.search.script;
