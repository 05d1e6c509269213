/** Counts and durations measured while a node works, cheap enough to be always on. Depends on the JDK alone. */
package org.opensearch.interest.core.measure;
