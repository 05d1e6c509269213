/** Arithmetic on float[] and small matrices: the only place that loops over dimensions. Knows nothing but the JDK. */
package org.opensearch.interest.core.vector;
