/**
 * A strict reader of JSON objects: a key that the caller does not read is an error. Depends on the JDK alone and not on
 * the meaning of the objects.
 */
package org.opensearch.interest.core.json;
