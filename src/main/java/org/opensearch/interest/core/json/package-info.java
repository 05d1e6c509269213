/**
 * Reads JSON objects strictly: every key is asked for, and what nobody asked for is an error. Knows the JDK alone, and
 * nothing of what the objects mean.
 */
package org.opensearch.interest.core.json;
