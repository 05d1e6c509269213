/**
 * Rescorer {@code interest} of the query phase. It resolves users as the query does and does not depend on the storage
 * of interests.
 */
package org.opensearch.interest.search.rescore;
