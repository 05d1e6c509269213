/**
 * The profile of one user and its decay over time. Reads no clock and depends on no index and no search: only on the
 * JDK and the packages core.vector, core.geometry and core.digest.
 */
package org.opensearch.interest.core.profile;
