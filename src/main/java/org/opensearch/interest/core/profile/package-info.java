/**
 * What is believed about one user, and how belief fades. Reads no clock, knows no index and no search: the JDK and the
 * ground floor only.
 */
package org.opensearch.interest.core.profile;
