/**
 * The use cases over what is tracked: trackers, events, evidence, and the interest that a search ranks by. Pure: no
 * index, no engine.
 */
package org.opensearch.interest.core.tracking;
