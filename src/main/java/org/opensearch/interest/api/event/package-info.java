/**
 * Recording of events: reads the bytes of a request and returns one result per event. Handles requests and responses;
 * other packages store the evidence.
 */
package org.opensearch.interest.api.event;
