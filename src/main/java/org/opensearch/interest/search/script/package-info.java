/**
 * The {@code interest} script language, the query's number inside {@code script_score}; may not know how interests are
 * stored.
 */
package org.opensearch.interest.search.script;
