/** Arithmetic on float[] and small matrices: the only package that loops over dimensions. Depends on the JDK alone. */
package org.opensearch.interest.core.vector;
