/** SHA-256, plain and keyed. Depends on the JDK alone. */
package org.opensearch.interest.core.digest;
