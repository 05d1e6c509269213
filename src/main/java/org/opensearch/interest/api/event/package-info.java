/**
 * Taking in what users do: from the bytes of a request to one answer an event. Knows requests and answers; how evidence
 * is kept, it does not.
 */
package org.opensearch.interest.api.event;
