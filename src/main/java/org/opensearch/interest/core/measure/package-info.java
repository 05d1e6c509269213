/** How often, how long: what is counted while a node works, cheap enough to be counted always. Knows the JDK alone. */
package org.opensearch.interest.core.measure;
