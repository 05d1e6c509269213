/** SHA-256, plain and keyed: the one place that asks the platform for it. Knows the JDK alone. */
package org.opensearch.interest.core.digest;
